"""SQLite: one writing thread that commits in groups, and a few readers."""

import asyncio
import fcntl
import logging
import os
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from threading import local
from typing import IO, Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from storage.database import DatabaseError, Transaction
from storage.engine import ailments
from storage.keys import sealing
from storage.keys.sealing import Seal

log = logging.getLogger(__name__)

T = TypeVar("T")
Units = list[Callable[[Transaction], Any]]

# What is deleted is overwritten too: drafts, and answers that were shuffled.
WRITING = ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")
READERS = 2
READ_GROUP = 8  # reads that share one crossing at most
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700
STATEMENTS = 2000  # that are kept as they were compiled
GROUP = 128  # units that share one commit at most: bounds how long the first of them waits


class Thread(aiosqlite.Connection):
    """A thread that owns one SQLite connection; SQLAlchemy works inside it, so a unit of work crosses once."""

    transaction: Connection

    def __init__(self, path: Path, seal: Seal, begin: str, *pragmas: str) -> None:
        super().__init__(partial(self._open, path, seal, begin, pragmas), iter_chunk_size=64)

    async def begin(self) -> None:
        """Raises what keeps it from opening, once it is over: it must not outlive the loop that it answers to."""
        try:
            await self
        except (OSError, sqlite3.Error):
            await asyncio.to_thread(self._thread.join)
            raise

    async def run(self, work: Callable[[Connection], T]) -> T:
        return await self._execute(lambda: work(self.transaction))  # type: ignore[no-any-return, no-untyped-call]

    def _open(self, path: Path, seal: Seal, begin: str, pragmas: tuple[str, ...]) -> sqlite3.Connection:
        # sqlite3 begins a transaction only at the first change; we say BEGIN ourselves.
        raw = sqlite3.connect(path, isolation_level=None, timeout=10)
        for pragma in ("busy_timeout = 10000", "foreign_keys = ON", *pragmas):
            raw.execute(f"PRAGMA {pragma}")
        _opening.raw = raw
        self.transaction = _engine(seal).connect()
        self.transaction.info["begin"] = begin
        return raw


_opening = local()  # what the thread connects with


@lru_cache(maxsize=8)
def _engine(seal: Seal) -> Engine:
    """One for all threads, as each statement is compiled once an engine."""
    engine = create_engine(
        "sqlite://", creator=lambda: _opening.raw, poolclass=NullPool, hide_parameters=True, query_cache_size=STATEMENTS
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(connection.info["begin"]))
    dialect: Any = engine.dialect
    sealing.use(dialect, seal)
    # SQLAlchemy compiles these anew each time, a tenth of what a message costs.
    dialect.do_savepoint = lambda tx, name: _raw(tx).execute(f"SAVEPOINT {name}")
    dialect.do_rollback_to_savepoint = lambda tx, name: _go_back(_raw(tx), name)
    dialect.do_release_savepoint = lambda tx, name: _raw(tx).execute(f"RELEASE {name}")
    return engine


def _raw(tx: Connection) -> Any:
    return tx.connection.driver_connection


def _go_back(raw: Any, savepoint: str) -> None:
    """On a disk that is full SQLite may have given up the whole transaction; then that is told, and nothing else."""
    if raw.in_transaction:
        raw.execute(f"ROLLBACK TO {savepoint}")


class Line:
    """Units of work that wait for one of some threads; those that wait together cross together."""

    def __init__(self, threads: Sequence[Thread], run: Callable[[Units, Connection], list[Any]], most: int) -> None:
        self._idle = list(threads)
        self._run = run
        self._most = most
        self._waiting: deque[tuple[Callable[[Transaction], Any], asyncio.Future[Any]]] = deque()
        self._draining: set[asyncio.Task[None]] = set()

    async def do(self, work: Callable[[Transaction], T]) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._idle:
            task = asyncio.create_task(self._drain(self._idle.pop()))
            self._draining.add(task)
            task.add_done_callback(self._draining.discard)
        return await done

    async def drained(self) -> None:
        await asyncio.gather(*self._draining)

    async def _drain(self, thread: Thread) -> None:
        while self._waiting:
            group = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
            try:
                outcomes = await thread.run(partial(self._run, [unit for unit, _ in group]))
            except Exception as error:  # the commit failed: nobody's effect is durable
                outcomes = [_Failed(error)] * len(group)
            for (_, done), outcome in zip(group, outcomes, strict=True):
                _tell(done, outcome)
        self._idle.append(thread)


class SoleLeadership:
    """Of the only process: `serve` refuses a second one."""

    async def is_held(self) -> bool:
        return True

    async def __aenter__(self) -> "SoleLeadership":
        return self

    async def __aexit__(self, *error: object) -> None:
        pass


class Sqlite:
    """The default database: one file, one process that serves, other commands beside it."""

    is_shared = False

    def __init__(self, path: Path, seal: Seal, writer: Thread, readers: list[Thread]) -> None:
        self.file = path
        self.seal = seal
        self._threads = (*readers, writer)
        self._reads = Line(readers, lambda units, connection: _read(units, connection), READ_GROUP)
        self._writes = Line([writer], lambda units, connection: _write(units, connection), GROUP)
        self._lock: IO[str] | None = None

    @classmethod
    async def open(cls, path: Path, seal: Seal) -> "Sqlite":
        opened: list[Thread] = []
        try:
            _make_private(path)
            writer = Thread(path, seal, "BEGIN IMMEDIATE", *WRITING)
            readers = [Thread(path, seal, "BEGIN", "query_only = ON") for _ in range(READERS)]
            for thread in (writer, *readers):
                await thread.begin()
                opened.append(thread)
            await writer.run(_finish_rewriting)
        except (OSError, sqlite3.Error) as error:
            for thread in opened:
                await thread.close()
            why = "파일과 폴더의 권한을 확인해 주세요" if isinstance(error, OSError) else ailments.sentence(error)
            raise DatabaseError(f"데이터베이스 파일을 열 수 없습니다: {path}\n{why or error}.") from error
        return cls(path, seal, writer, readers)

    def serve(self) -> None:
        self._lock = locked(self.file)

    async def lead(self, name: str) -> SoleLeadership:  # noqa: ARG002
        return SoleLeadership()

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self._reads.do(work)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        return await self._writes.do(work)

    async def close(self) -> None:
        await self._writes.drained()
        await self._reads.drained()
        for thread in self._threads:
            await thread.run(lambda connection: connection.close())
            await thread.close()
        if self._lock:
            self._lock.close()


def locked(path: Path) -> IO[str]:
    """The lock of who serves from this database, until it is closed. Raises DatabaseError where it can't be had."""
    try:
        lock = open(path.with_suffix(".lock"), "w", opener=_private)  # noqa: SIM115 - held while it serves
    except OSError as error:
        raise DatabaseError(
            f"데이터베이스가 있는 폴더에 쓸 수 없습니다: {path.parent} ({os.strerror(error.errno or 0)}). "
            "폴더의 권한과 디스크를 확인해 주세요."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise DatabaseError(f"배움톡이 이미 이 데이터베이스로 실행 중입니다: {path}") from error
    return lock


def _make_private(path: Path) -> None:
    """Only its owner reads it; SQLite gives its log the same mode. A file that is there is left as it is."""
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(_private(str(path), os.O_RDWR | os.O_CREAT | os.O_EXCL))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


def _read(units: Units, connection: Connection) -> list[Any]:
    sealing.of(connection).refresh()
    with connection.begin():
        return [_outcome(unit, connection) for unit in units]


def _write(units: Units, connection: Connection) -> list[Any]:
    with connection.begin():
        sealing.of(connection).refresh()  # who changes keys waits for whoever began before
        outcomes = []
        for unit in units:
            outcomes.append(_outcome(partial(_saved, unit), connection))
            if not _raw(connection).in_transaction:  # given up as a whole: whoever was told of success would be lost
                raise outcomes[-1].error
    if connection.info.pop("rewrite", False):
        _rewrite(connection)
    if connection.info.get("scrub"):
        _truncate_log(connection)
    return outcomes


def _finish_rewriting(connection: Connection) -> None:
    """What a process left that died in the middle."""
    if _raw(connection).execute("PRAGMA user_version").fetchone() != (0,):
        _rewrite(connection)
        _truncate_log(connection)


def _rewrite(connection: Connection) -> None:
    """While somebody else writes, or the disk is too full for a second copy, it is left for the next start."""
    try:
        _raw(connection).execute("VACUUM")
        _raw(connection).execute("PRAGMA user_version = 0")
    except sqlite3.Error as error:
        log.warning("the file could not be rewritten, so what was destroyed may still be in it error=%s", error)


def _truncate_log(connection: Connection) -> None:
    """The log holds pages as they were before something was destroyed. While somebody reads, it is tried again."""
    is_busy, *_ = _raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.info["scrub"] = bool(is_busy)


def _saved(unit: Callable[[Transaction], T], connection: Connection) -> T:
    """Without SQLAlchemy's objects for it, which every message would pay for twice or three times."""
    raw = _raw(connection)
    raw.execute("SAVEPOINT unit")
    try:
        done = unit(connection)
        raw.execute("RELEASE unit")
    except BaseException:
        _go_back(raw, "unit")
        raise
    return done


def _outcome(unit: Callable[[Transaction], Any], connection: Connection) -> Any:
    try:
        return unit(connection)
    except Exception as error:
        return _Failed(error)


class _Failed:
    def __init__(self, error: Exception) -> None:
        self.error = error


def _tell(done: "asyncio.Future[Any]", outcome: Any) -> None:
    if done.done():
        return
    if isinstance(outcome, _Failed):
        done.set_exception(outcome.error)
    else:
        done.set_result(outcome)
