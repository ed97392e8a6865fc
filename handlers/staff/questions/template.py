"""The file of questions and answers to fill in."""

from datetime import date

from handlers.staff.files.workbook import Page
from handlers.staff.questions.columns import COLUMNS


def pages(today: date) -> list[Page]:
    """One question, which isn't shown, so that nobody is answered who didn't delete it."""
    example: dict[str, object] = {column.field: column.example for column in COLUMNS.all}
    advice = "2행은 예시이니 지우고 적어 주세요. 그대로 등록해도 주민에게 보이지 않습니다."
    beside = "없는 질문은 주민에게 담당자를 안내합니다."
    return [Page("자주 묻는 질문", COLUMNS, [example | {"as_of": today, "shown": False}], f"{advice} {beside}")]
