"""Results of surveys as a file: which kinds there are."""

from collections.abc import Callable
from pathlib import Path

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.reports.surveys import books, charts, pages
from handlers.staff.surveys.tally.results import Result
from handlers.staff.surveys.tally.years import Year

Found = Result | Year
MAKERS: dict[str, Callable[[Found, Desk], bytes]] = {
    ".xlsx": books.book,
    ".html": pages.page,
    ".png": charts.chart,
}


def maker(path: Path) -> Callable[[Found, Desk], bytes]:
    """What makes a file that is named so; refused at once when there is nothing that does."""
    make = MAKERS.get(path.suffix.lower())
    if make is None:
        raise Declined(f"{path}: {'·'.join(MAKERS)} 파일만 만들 수 있습니다. 파일 이름을 고쳐 주세요.")
    return make
