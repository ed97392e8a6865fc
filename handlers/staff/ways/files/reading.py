"""Reading a sender's results: which rows there are, wherever their columns stand, and what each says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.staff.desk.declined import Declined
from handlers.staff.files.cells import without_fraction
from handlers.staff.files.columns import shown
from handlers.staff.files.headers import plain
from handlers.staff.files.reading.grids import Grid, written
from handlers.staff.files.reading.grids import Line as Cells
from handlers.staff.files.reading.lines import has_total
from handlers.staff.files.rows import Broken, Value
from handlers.staff.ways.files import words
from handlers.staff.ways.files.words import COLUMNS, Verdict

Files = Sequence[tuple[str, Mapping[str, Grid]]]


@dataclass(frozen=True)
class Line:
    """`number` is that of the row as we sent it, None where it has none; `mobile` may be partly hidden by stars."""

    place: str
    number: int | None
    mobile: str
    verdict: Verdict
    said: str  # what stands there of the result


@dataclass
class Reading:
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(files: Files) -> Reading:
    found = Reading()
    for name, grids in files:
        headed = [(title, grid, top) for title, grid in grids.items() if (top := _top(grid)) is not None]
        if not headed:
            raise Declined(f"{name}: ‘번호’나 ‘수신번호’ 열과 ‘결과’ 열이 있는 제목 줄을 찾지 못했습니다.")
        for title, grid, top in headed:
            where = name if title == name else f"{name} {title}"
            found.notes += [f"{where}: {remark.without_values()}" for remark in grid.remarks_below(top + 1)]
            found.lines += _lines(where, grid.lines, top)
    return found


def _top(grid: Grid) -> int | None:
    return next((at for at, line in enumerate(grid.lines) if _is_header(_columns(line))), None)


def _is_header(columns: Mapping[str, Sequence[int]]) -> bool:
    return bool(columns.keys() & {"number", "mobile"}) and bool(columns.keys() & {"result", "code"})


def _columns(line: Cells) -> dict[str, list[int]]:
    """By what they are for, all that are called so."""
    names = [plain(value) if isinstance(value, str) else "" for value in line]
    known = {name: [at for at, each in enumerate(names) if each in called] for name, called in COLUMNS.items()}
    return {name: places for name, places in known.items() if places}


def _lines(where: str, lines: Sequence[Cells], top: int) -> Iterator[Line]:
    columns = _columns(lines[top])
    for at, line in enumerate(lines[top + 1 :], top + 2):
        if written(line) and not has_total(line):
            cells = {name: [_at(line, place) for place in places] for name, places in columns.items()}
            yield _line(f"{where} {at}행", cells)


def _at(line: Cells, column: int) -> Value:
    return line[column] if column < len(line) else None


def _line(place: str, cells: Mapping[str, Sequence[Value]]) -> Line:
    number, mobile, code, why = (text_of(cells.get(name, [None])[0]) for name in ("number", "mobile", "code", "reason"))
    results = [text_of(each) for each in cells.get("result", ())]
    whole = int(number) if number.isascii() and number.isdigit() and len(number) < 16 else None
    said = " ".join(filter(None, (*results, code, why)))
    return Line(place, whole, mobile, words.read(results, code, why), shown(said))


def text_of(value: Value) -> str:
    """Without the signs that keep a cell of a .csv from acting; a formula without a value says nothing."""
    if value is None or isinstance(value, Broken):
        return ""
    return without_fraction(str(value).strip().removeprefix("'").strip())
