"""The tables of the sheets of a file: where their headers are, and what to tell of those that are none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.staff.files.columns import shown
from handlers.staff.files.headers import plain, unit_told
from handlers.staff.files.reading.grids import Grid, Line, written
from handlers.staff.files.reading.lines import Table, at_place, rows_of
from handlers.staff.files.rows import COURSE, MARKS, WEAK_MARKS, Row, UnreadableFile, is_blank

FEW = 4  # texts that a header has at least which begins with a weak mark
NEAR = 5  # so many lines below a title with a mark in it the header may stand
_GENERAL = {"시작", "종료", "마감", "끝", "부터", "까지", "시간", "날짜", "일", "일시", "인원"}


def read(name: str, grids: Mapping[str, Grid]) -> list[Row]:
    """The rows of all tables, of which the first has the remarks."""
    found = {sheet: list(_tables(sheet, grid)) for sheet, grid in grids.items()}
    every = [table for tables in found.values() for table in tables]
    remarks: list[str] = []
    rows: list[Row] = []
    for sheet, tables in found.items():
        full = [table for table in tables if not _is_slight(table, every)]
        _refuse_unit(sheet, grids[sheet], full)
        told = [*_of_sheet(grids[sheet], tables), *_of_tables(tables, full)]
        for table in full:
            its_rows, its_remarks = rows_of(table)
            rows += its_rows
            told += its_remarks
        remarks += [f"{sheet}: {remark}" for remark in told]
    if not rows:
        raise UnreadableFile("\n".join([f"{name}: {_NO_ROWS if every else _NO_HEADER}", *remarks]))
    return [replace(rows[0], remarks=tuple(remarks)), *rows[1:]]


_NO_HEADER = (
    "제목 줄을 찾지 못했습니다. ‘과정명’, ‘공고명’, ‘설문명’, ‘문항’, ‘질문’ 가운데 하나가 있는 제목 줄을 넣어 주세요. "
    "상담 시간, 취득 자격, 한 해 기록은 ‘상담사명’, ‘취득일’, ‘재원’처럼 양식에 있는 제목을 그대로 적어 주세요."
)
_NO_ROWS = "적은 것이 한 줄도 없습니다. 제목 줄 아래에 한 줄에 하나씩 적어 주세요."


def is_header(line: Line) -> bool:
    return _mark(line) is not None


def _mark(line: Line) -> int | None:
    """The place of the header that tells of what the table is."""
    texts = _places(line)
    marks = [*MARKS, *WEAK_MARKS] if len(texts.keys() - {""}) >= FEW else MARKS
    return next((texts[mark] for mark in marks if mark in texts), None)


def _places(line: Line) -> dict[str, int]:
    return {plain(value): at for at, value in reversed([*enumerate(line)]) if isinstance(value, str)}


def _naming(header: Line) -> int:
    """The place of what names each line: a course, also where another header tells of what the table is."""
    texts = _places(header)
    named = (texts[mark] for mark, kind in MARKS.items() if kind == COURSE and mark in texts)
    return next(named, _mark(header) or 0)


def _of_sheet(grid: Grid, tables: Sequence[Table]) -> Iterator[str]:
    yield from map(str, grid.remarks_below(tables[0].top if tables else len(grid.lines)))
    yield from (table.remark for table in tables if table.remark)
    if not tables and any(map(written, grid.lines)):
        yield "‘과정명’ 같은 제목 줄이 없는 시트라 읽지 않았습니다."


def _refuse_unit(sheet: str, grid: Grid, tables: Sequence[Table]) -> None:
    """A unit that stands beside a table and not in its header, as "(단위: 천원)" does at its upper right."""
    if not any(_MONEY.search(plain(name)) for table in tables for name in table.header):
        return
    beside = ((f" {row}행", line) for row, line in enumerate(grid.lines, 1) if not is_header(line))
    named: Line = [sheet]
    for where, line in (("", named), *beside):
        for value in line:
            if isinstance(value, str) and (unit := unit_told(value)):
                why = f"금액은 원으로 읽습니다. 값을 {unit} 단위에서 원 단위로 고치고 ‘{unit}’을 지워 주세요."
                raise UnreadableFile(f"{sheet}{where}: ‘{shown(value)}’ → {why}")


_MONEY = re.compile("(?:비용?|[시정강]료|교재대|금액|fee|amount|cost)$")  # how headers of money end


def _is_slight(table: Table, others: Sequence[Table]) -> bool:
    """Beside a full table of the same kind it has so few columns that it is a list for other ends."""
    most = max(len(each.names) for each in others if each.kind == table.kind)
    return most > 5 and 3 * len(table.names) <= most


def _of_tables(tables: Sequence[Table], full: Sequence[Table]) -> Iterator[str]:
    if len(full) > 1:
        yield f"표 {len(full)}개를 읽었습니다. 제목 줄: {', '.join(f'{table.top}행' for table in full)}"
    for table in (table for table in tables if table not in full):
        where = f"{table.top}행부터는 " if full else ""
        listed = ", ".join(f"‘{name}’" for name in table.header if plain(name) in table.names)
        yield f"{where}열이 {listed}뿐이라 {table.kind} 목록이 아닌 것으로 보고 읽지 않았습니다."


# --- headers ---


def _tables(sheet: str, grid: Grid) -> Iterator[Table]:
    """Each goes on to the next header."""
    lines = grid.lines
    tops = [at for at, line in enumerate(lines) if is_header(line)]
    while tops:
        top = _best(lines, tops)
        above, below = _above(lines, top), _below(lines, top)
        header = _joined(lines[top], below) if below else _joined(above, lines[top]) if above else _names(lines[top])
        remark = f"{top if above else top + 1}행과 {top + 1 if above else top + 2}행을 한 제목으로 읽었습니다."
        table = Table(sheet, top + 1 + bool(below), header, _kind(lines[top]), _naming(lines[top]))
        table.remark = remark if above or below else "" if top == tops[0] else f"{top + 1}행을 제목 줄로 읽었습니다."
        tops = [at for at in tops if at >= table.top]
        end = tops[0] if tops else len(lines)
        table.lines = [(at + 1, lines[at]) for at in range(table.top, end) if written(lines[at])]
        yield table


def _kind(header: Line) -> str:
    return (MARKS | WEAK_MARKS)[plain(str(header[_mark(header) or 0]))]


def _best(lines: Sequence[Line], tops: Sequence[int]) -> int:
    """The first, or one shortly below of which the first is the title or the upper line."""
    best = tops[0]
    for top in tops[1:]:
        is_upper = top == best + 1 or 2 * _texts(lines[best]) <= _texts(lines[top])
        is_fuller = top == best + 1 or _texts(lines[top]) > _texts(lines[best])
        if top - tops[0] <= NEAR and is_upper and is_fuller:
            best = top
    return best


def _texts(line: Line) -> int:
    return len({value for value in line if isinstance(value, str) and value.strip()})


def _names(line: Line) -> list[str]:
    return [" ".join(str(value).split()) if isinstance(value, str | int | float) else "" for value in line]


def _above(lines: Sequence[Line], top: int) -> Line:
    """The upper line of a header: it says the same beside, or what two equal headers are of."""
    if top == 0 or len(written(lines[top - 1])) < 2:
        return []
    names, above = _names(lines[top]), _names(lines[top - 1])
    told = [plain(name) for name in names if name]
    is_one = any(name and name == over for name, over in zip(names, above, strict=False))
    return lines[top - 1] if is_one or len(set(told)) < len(told) else []


def _below(lines: Sequence[Line], top: int) -> Line:
    """The lower line of a header: words below columns that have no header, or share one with their neighbours."""
    line = lines[top + 1] if top + 1 < len(lines) else []
    header = _names(lines[top])
    marked = _mark(lines[top]) or 0
    at = [column for column, value in enumerate(line) if not is_blank(value)]
    is_words = all(isinstance(line[column], str) and not re.search(r"\d", str(line[column])) for column in at)
    if len(at) < 2 or not is_words or (marked < len(line) and not is_blank(line[marked])):
        return []
    bare = [column for column in at if not at_place(header, column)]
    shared = [column for column in at if at_place(header, column) and not at_place(header, column + 1)]
    return line if bare and len(bare) + len(shared) == len(at) else []


def _joined(upper: Line, lower: Line) -> list[str]:
    """One header for each column of two lines; the upper one is told where the lower alone says too little."""
    above, below = _names(upper), _names(lower)
    counts = [plain(name) for name in below]
    names, last = [], ""
    for column in range(max(len(above), len(below))):
        over, under = at_place(above, column), at_place(below, column)
        last = over or (last if under else "")
        is_enough = counts.count(plain(under)) == 1 and plain(under) not in _GENERAL
        says_more = under and last and not is_enough and plain(last) != plain(under)
        names.append(f"{last} {under}" if says_more else under or over)
    return names
