"""Entering what a year's figures are made of by hand, changing it, and taking it out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import IntegrityError

from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import NOBODY, Table, Told
from handlers.staff.files.rows import Row, Value
from handlers.staff.year.entries import checking, reading, sorts, writing
from handlers.staff.year.entries.sorts import Sort
from handlers.staff.year.entries.writing import unmarked
from storage.audit import scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction, hold
from storage.year import entries
from storage.year.entries import Entry

HELD = "entries of years"
Texts = Mapping[str, str]  # by field, or by header


def enter(tx: Transaction, desk: Desk, sort: str, values: Texts, as_written: bool = False) -> Told:
    """Add one, of these texts; `as_written` takes what is there already, or looks odd, once more."""
    chosen = sorts.find(sort)
    one = _read(tx, desk, chosen, values, None)
    if not as_written:
        _refuse_odd(tx, chosen, one)
    _save(tx, chosen, one)
    number = entries.newest(tx, chosen.entry)
    (line,) = writing.cells(tx, chosen, [replace(one, id=number)])
    said = checking.described(chosen, writing.texts(chosen, line))
    done = desk.done("적었습니다", "적습니다")
    return Told(f"{chosen.title}: {done}.", (said,), reach=NOBODY)


def change(tx: Transaction, desk: Desk, sort: str, number: int, values: Texts, as_written: bool = False) -> Told:
    """Only these texts change; an empty one takes out what was there."""
    chosen = sorts.find(sort)
    before = _found(tx, chosen, number)
    one = _read(tx, desk, chosen, values, before)
    if one == before:
        raise Declined(f"{_called(chosen, number)}: 이미 그렇게 적혀 있습니다.")
    if not as_written:
        _refuse_odd(tx, chosen, one)
    was, now = (writing.texts(chosen, line) for line in writing.cells(tx, chosen, [before, one]))
    _save(tx, chosen, one)
    table = Table(checking.changes(chosen, was, now), title=checking.described(chosen, was))
    done = desk.done("고쳤습니다", "고칩니다")
    return Told(f"{_called(chosen, number)}: {done}.", tables=(table,), reach=NOBODY)


def drop(tx: Transaction, desk: Desk, sort: str, number: int) -> Told:
    chosen = sorts.find(sort)
    one = _found(tx, chosen, number)
    (line,) = writing.cells(tx, chosen, [one])
    said = checking.described(chosen, writing.texts(chosen, line))
    try:
        with tx.begin_nested():
            entries.drop(tx, chosen.entry, [number])
    except IntegrityError as error:
        raise Declined(f"{_called(chosen, number)}: 딸린 목표가 있습니다. 목표를 먼저 지워 주세요.") from error
    done = desk.done("지웠습니다", "지웁니다")
    return Told(f"{_called(chosen, number)}: {done}.", (said,), reach=NOBODY)


def texts(tx: Transaction, sort: str, number: int) -> dict[str, str]:
    """What one says, by field, as a form begins with it."""
    chosen = sorts.find(sort)
    (line,) = writing.cells(tx, chosen, [_found(tx, chosen, number)])
    return writing.texts(chosen, line)


def _read(tx: Transaction, desk: Desk, sort: Sort, values: Texts, before: Entry | None) -> Entry:
    """Raises Declined with what is to be put right."""
    row = Row("", 1, _cells(tx, sort, values, before), {}, sort.kind)
    read, problems = sort.columns.read(row)
    one, missing = reading.entry(tx, sort, row, read, before, reading.names(tx)) if read else (None, [])
    wrong = [sort.columns.wrong(row, field, why) for field, why in checking.wrong(desk, one)] if one else []
    if found := [*problems, *missing, *wrong]:
        raise Declined("고칠 곳이 있어 적지 않았습니다.", items=map(str, found))
    assert one is not None
    return one


def _cells(tx: Transaction, sort: Sort, values: Texts, before: Entry | None) -> dict[str, Value]:
    """Under the headers that officers know; of one that is known, all that isn't changed."""
    named = {sort.column(name): text for name, text in values.items()}
    said = {column.header: unmarked(text) for column, text in named.items() if column.field != "id"}
    if before is None:
        return said
    (line,) = writing.cells(tx, sort, [before])
    known = writing.texts(sort, line)
    return {column.header: known[column.field] for column in sort.columns.all if column.field != "id"} | said


def _refuse_odd(tx: Transaction, sort: Sort, one: Entry) -> None:
    """Once officers say that they mean it as it is written, it isn't asked about any more."""
    others = [each for each in entries.all_of(tx, sort.entry) if each.id != one.id]
    twin = None if sort.natural else checking.same(one, others)
    named = {column.field: column.header for column in sort.columns.all}
    asked = [f"‘{named[field]}’: {why}" for field, why in checking.odd(one) if field in named]
    asked += [f"등록번호 {twin.id}에 똑같이 적혀 있습니다."] if twin else []
    if asked:
        why = "맞는지 여쭙니다. 적은 그대로가 맞으면 ‘적은 그대로’라고 밝혀 다시 해 주세요."
        raise Declined(f"{sort.title}: {why}", items=asked)


def _save(tx: Transaction, sort: Sort, one: Entry) -> None:
    try:
        with tx.begin_nested():
            entries.save(tx, [one])
    except IntegrityError as error:
        headers = "·".join(sort.column(name).header for name in sort.natural)
        raise Declined(f"{sort.title}: 같은 {headers}(으)로 적은 것이 이미 있습니다. 그것을 고쳐 주세요.") from error


def _found(tx: Transaction, sort: Sort, number: int) -> Entry:
    one = entries.find(tx, sort.entry, number)
    if one is None:
        raise Declined(f"{_called(sort, number)}: 이런 번호로 적은 것이 없습니다.")
    return one


def _called(sort: Sort, number: int) -> str:
    return f"{sort.title} {number}"


def _of_new(tx: Transaction, _: Desk, sort: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    hold(tx, HELD)
    entry = sorts.find(sort).entry
    return scopes.of_entries(entry, newest=entries.newest(tx, entry)), []


def _of_one(tx: Transaction, _: Desk, sort: str, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    hold(tx, HELD)
    return scopes.of_entries(sorts.find(sort).entry, [number]), []


ENTER = acts.add(Act("enter-year", "한 해 기록 적기", enter, _of_new, repeats=True))
CHANGE = acts.add(Act("change-year", "한 해 기록 고치기", change, _of_one, repeats=True))
DROP = acts.add(Act("drop-year", "한 해 기록 지우기", drop, _of_one))
