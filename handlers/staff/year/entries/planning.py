"""What a file of a year's entries comes to, sort by sort: what is new in it, what changes, and what is in the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from handlers.staff.desk.desk import Desk
from handlers.staff.files.cells import compact
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import Row
from handlers.staff.year.entries import checking, reading
from handlers.staff.year.entries.reading import Names
from handlers.staff.year.entries.sorts import Sort
from handlers.staff.year.entries.writing import unmarked
from storage.database import Transaction
from storage.year import entries
from storage.year.entries import Entry, Target


@dataclass(frozen=True)
class Line:
    """A row of a file as an entry; `before` is what is known of it."""

    row: Row
    entry: Entry
    before: Entry | None


@dataclass
class Plan:
    sort: Sort
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)
    examples: int = 0  # lines of the form that nobody wrote

    @property
    def new(self) -> list[Line]:
        return [each for each in self.lines if each.before is None]

    @property
    def changed(self) -> list[Line]:
        return [each for each in self.lines if each.before is not None and each.entry != each.before]


def plan(tx: Transaction, desk: Desk, sort: Sort, rows: Sequence[Row], names: Names) -> Plan:
    """`names` are those that the same file brings, as well."""
    found = Plan(sort, problems=sort.columns.header_problems(rows))
    known: list[Entry] = entries.all_of(tx, sort.entry)
    by_id = {each.id: each for each in known}
    by_key = {reading.key_of(sort, each): each for each in known} if sort.natural else {}
    for row in (_unmarked(row) for row in rows if not row.is_total):
        values, wrong = sort.columns.read(row)
        found.problems += wrong
        if values is None:
            continue
        if values == _example(sort):
            found.examples += 1
        elif values.get("id") and values["id"] not in by_id:
            found.problems.append(sort.columns.wrong(row, "id", UNKNOWN))
        else:
            before = by_key.get(reading.key(sort, values, names)) if sort.natural else by_id.get(values["id"])
            _take(tx, desk, found, row, values, before, names)
    found.problems += _twins(found)
    found.questions += [*_odd(found), *_alike(found, known)]
    return found


UNKNOWN = "이런 등록번호가 없습니다. 새로 적는 줄이면 비워 주세요."


def names_of(tx: Transaction, rows: Sequence[Row], indicators: Sort) -> Names:
    """Those that are known, and those that are only now brought, with a number that stands for one to come."""
    read = [indicators.columns.read(row)[0] for row in rows if row.kind == indicators.kind]
    brought = {-number: values["name"] for number, values in enumerate(read, 1) if values}
    known = reading.names(tx).indicators
    return Names({**{compact(name): number for number, name in brought.items()}, **known}, brought)


def save(tx: Transaction, plans: Sequence[Plan], names: Names) -> None:
    """What is referred to comes first, so that what refers to it gets its number."""
    for each in plans:
        wanted = [line.entry for line in (*each.new, *each.changed)]
        entries.save(tx, [_settled(tx, names, one) for one in wanted])


def _settled(tx: Transaction, names: Names, one: Entry) -> Entry:
    if not isinstance(one, Target) or one.indicator_id > 0:
        return one
    return replace(one, indicator_id=reading.names(tx).indicators[compact(names.brought[one.indicator_id])])


def _unmarked(row: Row) -> Row:
    """Without the mark that keeps a spreadsheet from taking a text for a formula."""
    return replace(row, cells={name: unmarked(value) for name, value in row.cells.items()})


def _take(
    tx: Transaction,
    desk: Desk,
    found: Plan,
    row: Row,
    values: Mapping[str, Any],
    before: Entry | None,
    names: Names,
) -> None:
    one, missing = reading.entry(tx, found.sort, row, values, before, names)
    found.problems += missing
    if one is None:
        return
    found.problems += [found.sort.columns.wrong(row, name, why) for name, why in checking.wrong(desk, one)]
    found.lines.append(Line(row, one, before))


@cache
def _example(sort: Sort) -> dict[str, Any] | None:
    """What the line of the form reads as."""
    cells = {column.header: column.example for column in sort.columns.all}
    return sort.columns.read(Row("", 1, cells, {}, sort.kind))[0]


def _twins(found: Plan) -> Iterator[Problem]:
    """One entry twice in the file."""
    met: dict[Any, Row] = {}
    for line in found.lines:
        key = reading.key_of(found.sort, line.entry) if found.sort.natural else line.entry.id or None
        if key is not None and key in met:
            first = found.sort.natural[0] if found.sort.natural else "id"
            yield found.sort.columns.wrong(line.row, first, f"{_place(met[key])}과 같은 것입니다. 하나만 남겨 주세요.")
        met.setdefault(key, line.row)


def _odd(found: Plan) -> Iterator[Problem]:
    for line in found.lines:
        if line.entry != line.before:
            yield from (found.sort.columns.wrong(line.row, name, why) for name, why in checking.odd(line.entry))


def _alike(found: Plan, known: Sequence[Entry]) -> Iterator[Problem]:
    """What has no number, and says the very same as another of the file or as one that is known."""
    seen = {_said(each): f"등록번호 {each.id}" for each in known}
    for line in (line for line in found.new if not found.sort.natural):
        said = _said(line.entry)
        if said in seen:
            why = f"{seen[said]}에 똑같이 적혀 있습니다. 같은 것이면 이 줄을 지워 주세요."
            yield found.sort.columns.wrong(line.row, found.sort.columns.all[1].field, why)
        seen.setdefault(said, _place(line.row))


def _said(one: Entry) -> str:
    return repr(replace(one, id=0))


def _place(row: Row) -> str:
    return f"{row.sheet} {row.number}{'행' if row.letters else '번째'}"
