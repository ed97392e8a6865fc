"""The file of job postings to fill in."""

from datetime import date, timedelta

from handlers.staff.files.workbook import Page
from handlers.staff.postings.columns import COLUMNS


def pages(today: date) -> list[Page]:
    example = _example(today)
    advice = "2행은 예시이니 지우고 적어 주세요. 그대로 등록해도 마감일이 지나 주민에게 보이지 않습니다."
    return [Page("채용공고", COLUMNS, [example], advice)]


def _example(today: date) -> dict[str, object]:
    """A posting that shows how each column is written; it is over, so that nobody sees it who didn't delete it."""
    days: dict[str, object] = {"close": today - timedelta(days=1), "registered_on": today - timedelta(days=8)}
    return {**{column.field: column.example for column in COLUMNS.all}, **days}
