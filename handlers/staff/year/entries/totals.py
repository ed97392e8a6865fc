"""Lines with sums in a sheet of money: whether each is what the lines above it come to."""

from collections.abc import Iterator, Sequence

from handlers.language.days import dates
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import Row
from handlers.staff.year.entries.planning import Line, Plan
from handlers.staff.year.entries.sorts import Sort
from storage.year.entries import BudgetEntry

FIELDS = ("year", "kind", "source")  # by which a sum may tell of what it is


def questions(plan: Plan, rows: Sequence[Row]) -> Iterator[Problem]:
    """A sum that nothing above it comes to: of all lines above, of those since the last sum, of one kind or of both."""
    totals = [row for row in rows if row.is_total]
    for at, row in enumerate(totals):
        written = _read(plan.sort, row, "amount")
        if not isinstance(written, int):
            continue
        above = [line for line in plan.lines if _is_above(line.row, row) and _is_of(plan.sort, line, row)]
        since = [line for line in above if not any(_is_above(line.row, each) for each in totals[:at])]
        if written not in {amount for part in (above, since) for amount in _sums(part)}:
            why = f"위에 적은 줄을 더하면 {_said(above)}입니다. 빠진 줄이 있거나 일부러 뺀 해가 있는지 확인해 주세요."
            yield plan.sort.columns.wrong(row, "amount", why)


def _is_above(one: Row, other: Row) -> bool:
    return (one.sheet, one.top) == (other.sheet, other.top) and one.number < other.number


def _is_of(sort: Sort, line: Line, total: Row) -> bool:
    """Whether the sum is of such a line, as far as it tells."""
    told = {name: _read(sort, total, name) for name in FIELDS}
    return all(value is None or getattr(line.entry, name) == value for name, value in told.items())


def _read(sort: Sort, row: Row, name: str) -> object:
    """None where the cell is empty, or says that it is a sum."""
    value = sort.columns.written(row).get(name)
    try:
        return sort.column(name).kind.parse(value)
    except ValueError:
        return None


def _sums(lines: Sequence[Line]) -> Iterator[int]:
    yield _sum(lines)
    for kind in ("secured", "spent"):
        yield _sum([line for line in lines if _budget(line).kind == kind])


def _said(lines: Sequence[Line]) -> str:
    kinds = {_budget(line).kind for line in lines}
    if len(kinds) < 2:
        return dates.money(_sum(lines), "ko")
    _, secured, spent = _sums(lines)
    return f"확보 {dates.money(secured, 'ko')}, 집행 {dates.money(spent, 'ko')}"


def _sum(lines: Sequence[Line]) -> int:
    return sum(_budget(line).amount for line in lines)


def _budget(line: Line) -> BudgetEntry:
    assert isinstance(line.entry, BudgetEntry)
    return line.entry
