"""The file of counselors and their hours to fill in."""

from datetime import date, time

from handlers.staff.counseling.columns import COUNSELORS, EXAMPLE, EXCEPTIONS, HOURS
from handlers.staff.files.workbook import Page


def pages(_: date) -> list[Page]:
    """One counselor with their week, who isn't taken in as long as the number is that of an example; no exceptions."""
    counselor = {column.field: column.example for column in COUNSELORS.all}
    example = {column.field: column.example for column in HOURS.all}
    week = example | {"start_time": time(10), "end_time": time(12)}
    advice = f"2행은 예시라 등록하지 않습니다. 지우거나, 번호의 ‘{EXAMPLE}’를 바꾸고 고쳐 쓰세요."
    return [
        Page("상담사", COUNSELORS, [counselor], advice),
        Page("상담시간", HOURS, [week], f"{advice} 시간을 적은 상담사의 시간은 모두 새로 정해집니다."),
        Page("상담예외", EXCEPTIONS, [], "공휴일에는 저절로 쉽니다."),
    ]
