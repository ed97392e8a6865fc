"""The lines of a table: which tell of something, and what the others are, such as sums and notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from handlers.staff.files.cells import column_letters, compact
from handlers.staff.files.columns import shown
from handlers.staff.files.headers import COUNTING, is_skipped, plain
from handlers.staff.files.reading.grids import Line, Remark, written
from handlers.staff.files.rows import POSTING, PROSE, SUMMED, Row, UnreadableFile, Value, is_blank

FEWEST = 4  # columns of a table in which a line with one cell is a note
_TOTAL = re.compile(r"(?:총|누|소)?합?계(?:[(:].*)?|(?:평균|요약|합산)(?:[(:].*)?|총\d+(?:개|과정|강좌|건|명).*")
_NOTE = re.compile(r"[※*▶☞○●■◎◆-]|주\)|\(?주\d|참고|비고|문의|붙임|작성")
_CHANGES = re.compile(r"폐강|취소|보류|연기|변경|삭제|중지|미개설|미운영|휴강")
_SENTENCE = re.compile(r".*\s.*(?:[.:다요음함임]|:.+)")


@dataclass
class Table:
    """`top` is the row of the last line of the header, counted from 1; `marked` is the column that names each line."""

    sheet: str
    top: int
    header: list[str]
    kind: str
    marked: int
    lines: list[tuple[int, Line]] = field(default_factory=list)
    remark: str = ""  # where its header was found, when it isn't plain to see

    @property
    def names(self) -> set[str]:
        return {plain(name) for name in self.header if name and not is_skipped(name)}


def at_place(names: Sequence[str], column: int) -> str:
    return names[column] if column < len(names) else ""


def rows_of(table: Table) -> tuple[list[Row], list[str]]:
    _refuse_twins(table)
    kept, remarks = _sorted_out(table)
    remarks += _with_codes(table, kept)
    skipped = _skipped(table, kept)
    if skipped:
        named = ", ".join(f"{column_letters(at + 1)}열 ‘{table.header[at]}’" for at in sorted(skipped))
        remarks.append(f"연번이나 비고 같은 열은 읽지 않았습니다: {named}")
    if meant := list(_beside(kept, skipped)):
        remarks.append(str(Remark("비고에 적은 말대로 하지는 않습니다", meant)))
    own = [row for number, line in kept if (row := _row(table, number, line, skipped))]
    return [*own, *_totals(table, skipped)], remarks


def _totals(table: Table, skipped: set[int]) -> Iterator[Row]:
    """Lines with sums, where their kind of table is asked whether they are right."""
    for number, line in table.lines:
        if table.kind in SUMMED and _is_what(table, line) == _TOTALS and (row := _row(table, number, line, skipped)):
            yield replace(row, is_total=True)


def _beside(kept: Sequence[tuple[int, Line]], skipped: set[int]) -> Iterator[tuple[str, str]]:
    """What stands beside a line as a remark, but changes what the line says."""
    for number, line in kept:
        for at in (at for at in sorted(skipped) if at < len(line) and _CHANGES.search(compact(line[at]))):
            yield f"{column_letters(at + 1)}{number}", shown(line[at])


def _row(table: Table, number: int, line: Line, skipped: set[int]) -> Row | None:
    width = max(len(table.header), len(line))
    named = [
        (at_place(table.header, at), column_letters(at + 1), line[at] if at < len(line) else None)
        for at in range(width)
        if at not in skipped and (at_place(table.header, at) or (at < len(line) and not is_blank(line[at])))
    ]
    cells = {name: value for name, _, value in named}
    letters = {name: letter for name, letter, _ in named}
    return (
        Row(table.sheet, number, cells, letters, table.kind, table.top) if any(map(_is_there, cells.values())) else None
    )


def _is_there(value: Value) -> bool:
    return not is_blank(value)


def _refuse_twins(table: Table) -> None:
    names = [plain(name) for name in table.header]
    twins = (name for name in table.header if plain(name) in table.names and names.count(plain(name)) > 1)
    twin = next(twins, None)
    if twin:
        raise UnreadableFile(f"{table.sheet}: ‘{twin}’ 열이 두 번 있습니다. 하나만 남겨 주세요.")


def _skipped(table: Table, kept: Sequence[tuple[int, Line]]) -> set[int]:
    """Columns of which nothing is read."""
    named = {at for at, name in enumerate(table.header) if is_skipped(name)}
    if table.kind == POSTING:
        return named
    return named | {
        at for at, name in enumerate(table.header) if plain(name) == "번호" and _counts([line for _, line in kept], at)
    }


def _with_codes(table: Table, kept: Sequence[tuple[int, Line]]) -> Iterator[str]:
    """Where no column has the numbers, one that is named as counting but doesn't has them: 연번 A-1, A-2."""
    if any(name.endswith(("번호", "코드")) for name in table.names):
        return
    for at in (at for at, name in enumerate(table.header) if plain(name) in COUNTING):
        values = written([line[at] for _, line in kept if at < len(line)])
        if any(not re.fullmatch(r"\d{1,4}", str(value).strip()) for value in values):
            yield f"‘{table.header[at]}’ 열을 ‘{table.kind}번호’로 읽었습니다."
            table.header[at] = f"{table.kind}번호"
            return


def _counts(lines: Sequence[Line], at: int) -> bool:
    """Whether a column does nothing but count the lines."""
    values = [str(line[at]) if at < len(line) else "" for line in lines]
    return values == [str(number) for number in range(1, len(lines) + 1)]


def _sorted_out(table: Table) -> tuple[list[tuple[int, Line]], list[str]]:
    """The lines that are its own, and what the others are."""
    left: dict[str, list[tuple[int, Line]]] = {_TOTALS: [], _NOTES: [], _OTHERS: []}
    kept: list[tuple[int, Line]] = []
    for block in _blocks(table.lines):
        own: list[tuple[int, Line]] = []
        for number, line in block:
            what = _is_what(table, line)
            (left[what] if what else own).append((number, line))
        (left[_OTHERS] if kept and _is_other_table(own, kept) else kept).extend(own)
    return kept, [str(Remark(what, _beginnings(lines))) for what, lines in left.items() if lines]


_TOTALS = "합계 행은 읽지 않았습니다"
_NOTES = "설명을 적은 행은 읽지 않았습니다"
_OTHERS = "다른 표로 보이는 행은 읽지 않았습니다"


def _beginnings(lines: Sequence[tuple[int, Line]]) -> list[tuple[str, str]]:
    return [(f"{number}행", ", ".join(map(shown, written(line)[:3]))) for number, line in lines]


def _blocks(lines: Sequence[tuple[int, Line]]) -> Iterator[list[tuple[int, Line]]]:
    """Lines that stand together without an empty one between."""
    block: list[tuple[int, Line]] = []
    for number, line in lines:
        if block and number > block[-1][0] + 1:
            yield block
            block = []
        block.append((number, line))
    if block:
        yield block


def _is_what(table: Table, line: Line) -> str:
    """What a line is that tells of nothing in the table; "" where it does."""
    title = compact(line[table.marked]) if table.marked < len(line) and not is_blank(line[table.marked]) else ""
    is_first = _TOTAL.fullmatch(compact(written(line)[0]))
    is_named = table.kind not in PROSE and _TOTAL.fullmatch(title)
    if has_total(line) and (not title or is_named or is_first):
        return _TOTALS
    return _NOTES if _is_note(table, line, title) else ""


def has_total(line: Line) -> bool:
    """Whether a cell says that the line has sums, or means."""
    return any(_TOTAL.fullmatch(compact(value)) for value in line if isinstance(value, str))


def _is_note(table: Table, line: Line, title: str) -> bool:
    cells = written(line)
    first = cells[0]
    if not isinstance(first, str) or len(table.names) < FEWEST:
        return False
    if len(cells) <= 2 and (_NOTE.match(first.strip()) or _SENTENCE.fullmatch(" ".join(first.split()))):
        return len(cells) == 1 or not title
    return len(cells) == 1 and not title and not re.fullmatch(r"[\w.-]*\d", first.strip())


def _is_other_table(block: Sequence[tuple[int, Line]], kept: Sequence[tuple[int, Line]]) -> bool:
    """Below a gap, with much less in every line than in those above."""
    most = max(len(written(line)) for _, line in kept)
    return most > 5 and all(3 * len(written(line)) <= most for _, line in block)
