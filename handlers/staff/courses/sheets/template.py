"""The course file to fill in."""

from datetime import date, datetime, time, timedelta

from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files.workbook import Page


def pages(today: date) -> list[Page]:
    """The example is a hidden course that begins in about a month."""
    tuesday = today + timedelta(days=28 + (1 - today.weekday()) % 7)
    times = {
        "term": f"{tuesday.year}년 {'상' if tuesday.month < 7 else '하'}반기",
        "apply_start": datetime.combine(today + timedelta(days=7), time(9)),
        "apply_end": datetime.combine(today + timedelta(days=20), time(18)),
        "offline_until": datetime.combine(today + timedelta(days=14), time(9)),
        "start_date": tuesday,
        "end_date": tuesday + timedelta(days=51),
        "start_time": time(19),
        "end_time": time(21),
    }
    example = {column.field: column.example for column in COLUMNS.all} | times
    advice = "2행은 예시이니 지우고 적어 주세요. 그대로 등록해도 ‘비공개’라 주민에게 보이지 않습니다."
    return [Page("과정", COLUMNS, [example], advice)]
