"""What all tables are made of: one MetaData, moments, and keys."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Integer, MetaData, Table, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from storage.tables.rules import of_nobody


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC: SQLite drops offsets, so naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:  # noqa: ARG002
        """PostgreSQL's driver gives aware moments already; SQLite's gives what was written."""
        return _read_moment if dialect.name == "sqlite" else None


@lru_cache(4096)  # those of courses are read again and again
def _read_moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written).replace(tzinfo=UTC)


class Listed(TypeDecorator[tuple[Any, ...]]):
    """Numbers, days or words, kept as one text with commas between: "1,3"."""

    impl = Text
    cache_ok = True

    def __init__(self, of: type[int] | type[date] | type[str]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else self.write(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...] | None:  # noqa: ARG002
        return None if value is None else self.read(value)

    def write(self, value: tuple[Any, ...]) -> str:
        return ",".join(map(str, value))

    def read(self, text: str) -> tuple[Any, ...]:
        one = date.fromisoformat if self.of is date else self.of
        return tuple(map(one, text.split(","))) if text else ()


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only in INTEGER columns


def id_column() -> Column[int]:
    return Column("id", Key, primary_key=True)


def column_of(table: str) -> Column[int]:
    column = f"{table[:-1]}_id"
    return Column(column, ForeignKey(f"{table}.id"), nullable=False)


class ChangeNumber(FunctionElement[int]):
    """Tells rows that changed from those that were read before: see `storage.people.finding.searching`."""

    type = BigInteger()
    inherit_cache = True


@compiles(ChangeNumber, "sqlite")
def _counted(*_: Any, **__: Any) -> str:
    """Above all that are there, and above those of rows that are gone: it is the time in milliseconds, or one more."""
    now = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
    return f"(SELECT max({now}, coalesce(max(changed), 0) + 1) FROM residents)"  # noqa: S608


@compiles(ChangeNumber, "postgresql")
def _numbered(*_: Any, **__: Any) -> str:
    """The number of the transaction: whoever reads can tell which of them weren't over yet."""
    return "pg_current_xact_id()::text::bigint"


# Proves that a database is opened with the keys that it needs: with both while one takes the place of the other.
seals = Table(
    "seals",
    metadata,
    id_column(),
    Column("proof", Text, nullable=False),
    info=of_nobody("it proves the key"),
)

# One row: that this database takes what is written, and when the clock of who serves from it was believed last.
pulse = Table(
    "pulse",
    metadata,
    id_column(),
    Column("probes", BigInteger, nullable=False),
    Column("vouches", Integer, nullable=False),  # how often an operator said that the clock is right
    Column("believed_at", UtcDateTime),
    Column("newest_row", UtcDateTime),  # the newest that was there then, also when a wrong clock wrote it
    info=of_nobody("signs of life of the service"),
)
