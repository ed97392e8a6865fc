"""Rows before and after an act, in a form that can be kept and undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, Select, Table, Time, and_, select
from sqlalchemy.exc import IntegrityError

from storage.audit.scopes import Columns, Scope
from storage.database import Transaction
from storage.tables import (
    Listed,
    UtcDateTime,
    metadata,
)

# Of people only this is kept: what they are called and how they are reached stands in no journal.
KEPT = {
    "residents": (
        "id",
        "language",
        "is_simple",
        "simple_declined_at",
        "created_at",
        "erased_at",
        "merged_into",
        "merged_at",
        "lent",
    ),
    "addresses": ("id", "resident_id", "channel", "unreachable", "created_at", "is_main"),
}

# What officers write about somebody: kept is that there is something, and undoing leaves what was there empty.
FREE_TEXTS = {
    ("enrollments", "end_reason"),
    ("enrollments", "no_show_waived"),
    ("appointments", "note"),
    ("consents", "paper"),
    ("certificates", "revoke_reason"),
}
SOMETHING = "*"


Values = dict[str, Any]  # columns as JSON holds them
Snapshot = dict[tuple[str, tuple[Any, ...]], Values]  # by table and key


@dataclass(frozen=True)
class Change:
    """A row that was changed: of `before` and `after` only the columns that differ, and None where there was no row."""

    table: str
    key: tuple[Any, ...]
    before: Values | None
    after: Values | None


def snapshot(tx: Transaction, scope: Scope) -> Snapshot:
    found: Snapshot = {}
    for table, named in scope.items():
        part = named if isinstance(named, Columns) else Columns(named, tuple(table.c.keys()))
        keys = [column.name for column in table.primary_key]
        columns = [table.c[name] for name in dict.fromkeys([*keys, *part.names])]
        query: Select[Any] = select(*columns).where(part.these)
        for row in tx.execute(query):
            values = _values(table, row)
            found[table.name, _key(table, row)] = {name: values[name] for name in part.names}
    return found


def people(snapshots: Sequence[Snapshot], changed: Sequence[Change]) -> set[int]:
    """Those whose rows were changed."""
    rows = (each.get((change.table, change.key), {}) for each in snapshots for change in changed)
    themselves = {change.key[0] for change in changed if change.table == "residents"}
    return themselves | {row["resident_id"] for row in rows if row.get("resident_id")}


def between(before: Snapshot, after: Snapshot) -> list[Change]:
    return [
        change
        for table, key in dict.fromkeys([*before, *after])
        if (change := _change(table, key, before.get((table, key)), after.get((table, key))))
    ]


def to_json(changes: Sequence[Change]) -> list[Any]:
    return [[each.table, list(each.key), each.before, each.after] for each in changes]


def from_json(written: Sequence[Any]) -> list[Change]:
    return [Change(table, tuple(key), before, after) for table, key, before, after in written]


def changed_since(tx: Transaction, changes: Sequence[Change]) -> list[Change]:
    """Those whose rows are no longer as the change left them."""
    return [each for each in changes if not _is_as(_now(tx, each), each.after)]


def undo(tx: Transaction, changes: Sequence[Change]) -> None:
    """Put rows back as they were, parents before children; IntegrityError when something has come to depend on them.

    A revision only grows: calendars ignore what is older than what they know.
    """
    tables = {table.name: place for place, table in enumerate(metadata.sorted_tables)}
    ordered = sorted(changes, key=lambda each: tables[each.table])
    for each in reversed(ordered):
        if each.before is None or _is_put_back_whole(each):
            table = metadata.tables[each.table]
            tx.execute(table.delete().where(_this(table, each.key)))
    _restore_all(tx, [each for each in ordered if each.before is not None])


def value_of(table: str, name: str, value: Any) -> Any:
    """What a column of a change holds, as its row has it."""
    return _from_json(metadata.tables[table], name, value)


def _change(table: str, key: tuple[Any, ...], before: Values | None, after: Values | None) -> Change | None:
    if before == after:
        return None
    if before is None or after is None or _is_put_back_whole(Change(table, key, before, after)):
        return Change(table, key, before, after)
    differing = [name for name in after if before[name] != after[name]]
    return Change(table, key, {name: before[name] for name in differing}, {name: after[name] for name in differing})


def _restore_all(tx: Transaction, changes: Sequence[Change]) -> None:
    """Where a row stands in another's way until that is back as well, it comes after it."""
    waiting: list[Change] = []
    for each in changes:
        try:
            with tx.begin_nested():
                _restore(tx, each)
        except IntegrityError:
            if len(changes) == 1:
                raise
            waiting.append(each)
    if waiting:
        _restore_all(tx, waiting if len(waiting) < len(changes) else waiting[:1])


def _restore(tx: Transaction, change: Change) -> None:
    table = metadata.tables[change.table]
    assert change.before is not None
    values = {name: _from_json(table, name, value) for name, value in change.before.items()}
    if change.after is not None and "revision" in values:
        values["revision"] = change.after["revision"] + 1
    if change.after is None or _is_put_back_whole(change):
        tx.execute(table.insert().values(values))
    else:
        tx.execute(table.update().where(_this(table, change.key)).values(values))


def _is_put_back_whole(change: Change) -> bool:
    """Where all of it is known and no other row points to it: numbers of classes may have changed places."""
    table = metadata.tables[change.table]
    known = {*(change.before or {}), *(change.after or {})}
    if table.name in KEPT or not {column.name for column in table.primary_key} <= known:
        return False
    keys = (key for other in metadata.sorted_tables for key in other.foreign_keys)
    return not any(key.column.table is table for key in keys)


def _now(tx: Transaction, change: Change) -> Values | None:
    table = metadata.tables[change.table]
    row = tx.execute(select(table).where(_this(table, change.key))).one_or_none()
    return _values(table, row) if row else None


def _is_as(now: Values | None, values: Values | None) -> bool:
    if now is None or values is None:
        return now is None and values is None
    return all(now[name] == value for name, value in values.items())


def _values(table: Table, row: Row[Any]) -> Values:
    kept = KEPT.get(table.name, row._mapping)
    return {name: _to_json(table, name, value) for name, value in row._mapping.items() if name in kept}


def _key(table: Table, row: Row[Any]) -> tuple[Any, ...]:
    return tuple(row._mapping[column.name] for column in table.primary_key)


def _this(table: Table, key: Sequence[Any]) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))


def _to_json(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if (table.name, name) in FREE_TEXTS:
        return SOMETHING if value else value
    if isinstance(kind, Listed) and value is not None:
        return kind.write(value)
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _from_json(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if (table.name, name) in FREE_TEXTS:
        return ""
    if not isinstance(value, str):
        return value
    if isinstance(kind, Listed):
        return kind.read(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return time.fromisoformat(value) if isinstance(kind, Time) else value
