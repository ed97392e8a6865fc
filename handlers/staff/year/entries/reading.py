"""A row of a sheet, or of a form, as an entry of a year; what it says nothing of stays as it is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import NoneType
from typing import Any, get_args

from handlers.staff.desk import lookup
from handlers.staff.files.cells import compact
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import Row
from handlers.staff.year.entries.sorts import Sort
from storage.database import Transaction
from storage.year import entries
from storage.year.entries import Entry, Indicator

Values = Mapping[str, Any]  # by field, as columns read them


@dataclass(frozen=True)
class Names:
    """What officers may refer to: indicators by name; courses are looked for one by one.

    `brought` are the names of those that are only now brought, by a number that stands for the one to come.
    """

    indicators: Mapping[str, int]
    brought: Mapping[int, str] = field(default_factory=dict)


def names(tx: Transaction) -> Names:
    return Names({compact(each.name): each.id for each in entries.all_of(tx, Indicator)})


def key(sort: Sort, values: Values, known: Names) -> tuple[Any, ...]:
    """What names the entry of these values: spaces and case make no other one of it."""
    return tuple(
        known.indicators.get(compact(values[name])) if name == "indicator" else _compact(values[name])
        for name in sort.natural
    )


def key_of(sort: Sort, one: Entry) -> tuple[Any, ...]:
    return tuple(_compact(getattr(one, sort.refers.get(name, name))) for name in sort.natural)


def _compact(value: Any) -> Any:
    return compact(value) if isinstance(value, str) else value


def entry(
    tx: Transaction, sort: Sort, row: Row, values: Values, before: Entry | None, known: Names
) -> tuple[Entry | None, list[Problem]]:
    """None with a problem where it refers to what there is none of."""
    told = {name: value for name, value in values.items() if name != "id" and _is_told(sort, row, name, before)}
    problems = []
    for column, number in sort.refers.items():
        if column not in told:
            continue
        said = told.pop(column)
        told[number] = _number(tx, column, said, known) if said else None
        if said and told[number] is None:
            problems.append(sort.columns.wrong(row, column, _MISSING[column]))
    kept = {name: _kept(sort, name, value) for name, value in told.items()}
    if problems:
        return None, problems
    return (replace(before, **kept) if before else sort.entry(id=0, **kept)), []


_MISSING = {
    "course": "이런 과정번호가 없습니다. 과정 목록에 있는 번호를 그대로 적어 주세요.",
    "indicator": "이런 지표가 없습니다. 확인지표를 먼저 적거나 이름을 고쳐 주세요.",
}


def _is_told(sort: Sort, row: Row, name: str, before: Entry | None) -> bool:
    return before is None or sort.columns.has(row, name)


def _number(tx: Transaction, column: str, said: str, known: Names) -> int | None:
    return lookup.course_id(tx, said) if column == "course" else known.indicators.get(compact(said))


def _kept(sort: Sort, name: str, value: Any) -> Any:
    """An empty cell of what may be unknown is None, and not an empty text."""
    if value == "" and any(each.name == name and NoneType in get_args(each.type) for each in fields(sort.entry)):
        return None
    if value == "" and name == "chosen":
        return {}
    return value
