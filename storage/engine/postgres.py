"""PostgreSQL: the same units of work, for many processes."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import URL, Dialect, event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.database import DatabaseError, Transaction, is_retryable
from storage.engine import ailments
from storage.keys import sealing
from storage.keys.sealing import Seal

T = TypeVar("T")

ATTEMPTS = 5


# A machine that vanishes is noticed after 20 s, so that its locks fall free.
KEEPALIVE = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "2"}


class AdvisoryLock:
    """Leadership as an advisory lock: PostgreSQL gives it free when this connection ends."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def is_held(self) -> bool:
        try:
            await self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    async def __aenter__(self) -> "AdvisoryLock":
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._connection.invalidate()
        await self._connection.close()


class Postgres:
    """A pool of connections; a deadlock or serialization failure runs the unit again from its start."""

    is_shared = True
    file = None

    def __init__(self, engine: AsyncEngine, seal: Seal) -> None:
        self._engine = engine
        self.seal = seal
        sealing.use(engine.dialect, seal)
        event.listen(engine.sync_engine, "do_connect", _connect)

    @classmethod
    async def open(cls, url: URL, seal: Seal) -> "Postgres":
        try:
            database = cls(
                create_async_engine(
                    url,
                    pool_size=10,
                    max_overflow=10,
                    pool_pre_ping=True,
                    hide_parameters=True,
                    connect_args={"server_settings": KEEPALIVE},
                ),
                seal,
            )
            await database.read(lambda tx: tx.exec_driver_sql("SELECT 1").scalar())
        except ModuleNotFoundError as error:
            raise DatabaseError(
                "PostgreSQL을 쓰려면 postgres 추가 항목이 필요합니다: pip install 'baeumtok[postgres]'"
            ) from error
        except DBAPIError as error:
            shown = url.render_as_string(hide_password=True)
            why = ailments.of_connection(error)
            raise DatabaseError(f"데이터베이스에 연결할 수 없습니다: {shown}\n{why}") from error
        return database

    def serve(self) -> None:
        """Many processes may serve from one PostgreSQL."""

    async def lead(self, name: str) -> AdvisoryLock | None:
        connection = await self._engine.connect()
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        lock = select(
            func.pg_try_advisory_lock(func.hashtextextended(f"office {name}", 0))
        )  # the name that older versions lock
        if (await connection.execute(lock)).scalar():
            return AdvisoryLock(connection)
        await connection.close()
        return None

    async def read(self, work: Callable[[Transaction], T]) -> T:
        self.seal.refresh()
        async with self._engine.connect() as connection:
            await connection.execution_options(postgresql_readonly=True)
            return await connection.run_sync(work)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self._engine.begin() as connection:
                    self.seal.refresh()
                    return await connection.run_sync(work)
            except DBAPIError as error:
                if attempt == ATTEMPTS or not is_retryable(error):
                    raise
        raise AssertionError("unreachable")

    async def close(self) -> None:
        await self._engine.dispose()


def _connect(dialect: Dialect, _: object, given: Sequence[Any], named: dict[str, Any]) -> Any:
    """A server that isn't there is an error of the database as any other, not of the system as asyncpg has it."""
    driver: Any = dialect.loaded_dbapi
    try:
        return dialect.connect(*given, **named)
    except OSError as error:
        raise driver.OperationalError(f"{type(error).__name__}: {error}") from error
