"""Results of surveys as a file: which kinds there are, and what stands in the way of writing one."""

from collections.abc import Callable
from pathlib import Path

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.reports.surveys import books, charts, pages
from handlers.staff.surveys.results import Result
from handlers.staff.surveys.years import Year

Found = Result | Year
MAKERS: dict[str, Callable[[Found, Desk], bytes]] = {
    ".xlsx": books.book,
    ".html": pages.page,
    ".png": charts.chart,
}


def writer(path: Path) -> Callable[[Path, Found, Desk], None]:
    """What writes a file that is named so; refused at once when there is nothing that does."""
    make = MAKERS.get(path.suffix.lower())
    if make is None:
        raise Declined(f"{path}: {'·'.join(MAKERS)} 파일만 만들 수 있습니다. 예: -o 결과.xlsx")
    return lambda to, found, desk: _write(to, make(found, desk))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        why = "파일을 쓸 수 없습니다. 다른 프로그램에서 열려 있으면 닫고, 폴더가 있는지 확인해 주세요."
        raise Declined(f"{path}: {why} ({error.strerror})") from error
