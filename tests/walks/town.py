"""The service of a walk, its database file and its clock."""

import asyncio
import os
import re
import secrets
import socket
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.domain import SEOUL, write_key
from tests.walks.travelling import VARIABLE

CONFIG = """
[database]
url = "sqlite+aiosqlite:///{folder}/walk.db"
[web]
port = {port}
public_url = "http://127.0.0.1:{port}"
"""


class Town:
    """`turns` lets time pass for the service, which goes on running; `more` stands in its settings as well."""

    def __init__(self, folder: Path, begins: datetime, more: str = "") -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        self.folder, self.url = folder, f"http://127.0.0.1:{port}"
        write_key(folder)
        (folder / "config.toml").write_text(CONFIG.format(folder=folder, port=port) + more)
        self._file = folder / "clock"
        self._environment = {**os.environ, VARIABLE: str(self._file)}
        self.turns(begins)
        self._process: asyncio.subprocess.Process | None = None

    @property
    def now(self) -> datetime:
        return (datetime.now(UTC) + timedelta(seconds=float(self._file.read_text()))).astimezone(SEOUL)

    def turns(self, moment: datetime) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        new.replace(self._file)

    def passes(self, **time: float) -> None:
        self.turns(self.now + timedelta(**time))

    async def starts(self) -> None:
        log = (self.folder / "service.log").open("a")
        self._process = await asyncio.create_subprocess_exec(
            *self._command("run"), env=self._environment, stdout=log, stderr=log
        )
        await self.sees(lambda: self._is_well(), "the service is well", within=180)

    async def stops(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def tells(self, *words: str) -> str:
        """What a command says."""
        made = await asyncio.create_subprocess_exec(
            *self._command(*words), env=self._environment, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await made.communicate()
        return said.decode()

    def _command(self, *words: str) -> list[str]:
        first, *others = words
        config = ("--config", str(self.folder / "config.toml"))
        return [sys.executable, "-m", "tests.walks.travelling", first, *config, *others]

    def _is_well(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz") as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def rows(self, query: str, *given: Any) -> list[tuple[Any, ...]]:
        file = sqlite3.connect(f"file:{self.folder}/walk.db?mode=ro", uri=True)
        try:
            return file.execute(query, given).fetchall()
        finally:
            file.close()

    def count(self, query: str, *given: Any) -> int:
        return int(self.rows(f"SELECT count(*) FROM {query}", *given)[0][0])

    async def sees(self, what: Callable[[], Any], called: str, within: int = 60) -> None:
        for _ in range(within * 4):
            if what():
                return
            await asyncio.sleep(0.25)
        raise AssertionError(f"in vain: {called}")


def link(said: str) -> str:
    found = re.search(r"/desk/begin/\S+", said)
    assert found, said
    return found[0]


def a_password() -> str:
    return secrets.token_urlsafe(12)
