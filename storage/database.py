"""What a database does for us, where a unit of work runs, and what differs between SQLite and PostgreSQL."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, FromClause, Table, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from storage.keys.sealing import Seal

Transaction = Connection
T = TypeVar("T")

RETRYABLE = {"40001", "40P01"}  # serialization failure, deadlock


class Database(Protocol):
    """Runs plain functions of a transaction; `write` returns once the effect is durable."""

    async def read(self, work: Callable[[Transaction], T]) -> T: ...

    async def write(self, work: Callable[[Transaction], T]) -> T: ...

    async def close(self) -> None: ...

    def serve(self) -> None:
        """Become a process that takes messages; DatabaseError when that is one too many."""
        ...

    async def lead(self, name: str) -> "Leadership | None":
        """Leadership of a task, which one process at a time has; None while another one does."""
        ...

    @property
    def seal(self) -> Seal:
        """What is sealed in it is sealed with this."""
        ...

    @property
    def file(self) -> Path | None:
        """Its file; None when it is elsewhere."""
        ...

    @property
    def is_shared(self) -> bool:
        """Whether other processes may be taking messages from the same database."""
        ...


class Leadership(Protocol):
    """Held until its context ends, or the process or its connection dies."""

    async def is_held(self) -> bool: ...

    async def __aenter__(self) -> "Leadership": ...

    async def __aexit__(self, *error: object) -> None: ...


class DatabaseError(Exception):
    """The database can't be opened as configured; the message says what to do."""


class OutdatedError(DatabaseError):
    """The tables aren't those of this version: the database has to be upgraded first."""


def insert(tx: Transaction, table: Table) -> Any:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update` in the dialect of `tx`."""
    return insert_in(tx.dialect.name, table)


def insert_in(dialect: str, table: Table) -> Any:
    """The same, for statements that are prepared once for each dialect."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


def there_is(source: FromClause, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether `source` has a row like that; every other table in the conditions is of a query around it.

    SQLAlchemy's own `exists()` leaves to the innermost query around it which tables that are.
    """
    return select(literal_column("1")).select_from(source).where(*conditions).correlate_except(source).exists()


def hold(tx: Transaction, name: str) -> None:
    """Let nobody else hold this name until the transaction ends; on SQLite a writer is alone anyway."""
    if tx.dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def share(tx: Transaction, name: str) -> None:
    """Let nobody `hold` this name until the transaction ends, though others may share it."""
    if tx.dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock_shared(func.hashtextextended(name, 0))))


def scrub(tx: Transaction) -> None:
    """See to it that what this transaction destroys can't be read in the files any more, once it is over."""
    tx.info["scrub"] = True


def rewrite(tx: Transaction) -> None:
    """The same for what was destroyed before, and lies about in parts of the file that nothing uses: all is copied.

    It outlives a process that dies in between. PostgreSQL is left to its own `VACUUM`.
    """
    scrub(tx)
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql("PRAGMA user_version = 1")
        tx.info["rewrite"] = True


def is_retryable(error: BaseException) -> bool:
    """Whether the same unit of work may succeed when it is run again from its start."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in RETRYABLE
