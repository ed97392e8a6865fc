"""Sealing anew with the newest key what older ones have sealed, some rows at a time beside whoever writes."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    DateTime,
    LargeBinary,
    Table,
    bindparam,
    func,
    literal,
    or_,
    select,
    text,
    type_coerce,
    update,
)

from storage.database import Transaction
from storage.keys import sealing
from storage.keys.sealing import MARK, OLD_MARK, Seal, Sealed, Unsealable
from storage.tables import metadata

MANY = 200  # rows in one unit of work

_MOMENT = DateTime(timezone=True)
_NOW = select(func.clock_timestamp(type_=_MOMENT))
_OPEN_SINCE = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start <= :moment"
).bindparams(bindparam("moment", type_=_MOMENT))
_FROM_ELSEWHERE = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND backend_type = 'client backend' AND client_addr IS DISTINCT FROM inet_client_addr()"
)


def tables() -> list[Table]:
    """All in which something is sealed."""
    return [table for table in metadata.sorted_tables if _sealed(table)]


def stale(tx: Transaction, table: Table, after: int) -> list[int]:
    """Keys of rows above `after` in which something isn't sealed with the newest key."""
    head, key = MARK + sealing.of(tx).ring.newest.id, _key(table)
    columns = [type_coerce(column, LargeBinary) for column in _sealed(table)]
    is_older = (func.substr(column, 1, len(head)) != literal(head, LargeBinary) for column in columns)
    return list(tx.execute(select(key).where(key > after, or_(*is_older)).order_by(key).limit(MANY)).scalars())


class Resealed(NamedTuple):
    """How many rows are sealed anew, and how many somebody is changing just now: they wait for another time."""

    rows: int
    left: int


def reseal(tx: Transaction, table: Table, keys: Collection[int]) -> Resealed:
    """What can't be opened isn't ours and stays as it is."""
    seal, key = sealing.of(tx), _key(table)
    raw = (type_coerce(column, LargeBinary).label(column.name) for column in _sealed(table))
    these = select(key.label("at"), *raw).where(key.in_(keys)).with_for_update(key_share=True, skip_locked=True)
    rows = [(row, _anew(seal, table, row)) for row in tx.execute(these).mappings()]
    changed = [{"at": row["at"], **new} for row, new in rows if any(row.get(name) != new[name] for name in new)]
    if changed:
        tx.execute(_rewriting(table, changed[0]), changed)
    return Resealed(len(changed), len(keys) - len(rows))


def now(tx: Transaction) -> datetime | None:
    """By the clock of PostgreSQL; SQLite has one writer at a time."""
    return tx.execute(_NOW).scalar_one() if tx.dialect.name == "postgresql" else None


def is_over(tx: Transaction, moment: datetime | None) -> bool:
    """Whether no unit of work goes on that began before a moment."""
    return moment is None or not tx.execute(_OPEN_SINCE, {"moment": moment}).scalar_one()


def is_used_elsewhere(tx: Transaction) -> bool:
    """Whether anybody has connected from another machine than this one."""
    return tx.dialect.name == "postgresql" and bool(tx.execute(_FROM_ELSEWHERE).scalar_one())


def _sealed(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if isinstance(column.type, Sealed)]


def _key(table: Table) -> Column[int]:
    (key,) = table.primary_key.columns
    return key


def _anew(seal: Seal, table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {column.name: _closed(seal, column, row[column.name]) for column in _sealed(table)}
    for column in table.c:
        if of := column.info.get("tag_of"):
            new[column.name] = seal.tag(of, seal.open_bytes(new[of]).decode()) if new[of] else None
    return new


def _closed(seal: Seal, column: Column[Any], value: bytes | None) -> bytes | None:
    """What can't be opened stays as it is."""
    if value is None or value.startswith(MARK + seal.ring.newest.id):
        return value
    kind: Any = column.type
    try:
        is_sealed = value[:1] in (MARK, OLD_MARK)
        return seal.close_again(value) if is_sealed else seal.close(json.loads(value), kind.step)
    except (Unsealable, ValueError):
        return value


def _rewriting(table: Table, new: Mapping[str, Any]) -> Any:
    """Nobody has to read a row anew for its seal."""
    raw = {column.name: LargeBinary for column in _sealed(table)}
    given = {name: bindparam(name, type_=raw.get(name)) for name in new if name != "at"}
    same = {column.name: column for column in table.c if column.onupdate is not None}
    return update(table).where(_key(table) == bindparam("at")).values({**given, **same})
