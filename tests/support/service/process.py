"""The real service as operators run it: a process of its own, started, killed and stopped."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, Protocol

import aiohttp

from tests.support.domain import write_key
from tests.support.kakao import talker
from tests.support.service.nursery import Forked, Nursery

ROOT = Path(__file__).resolve().parents[3]
SECRET = "a-secret-of-the-webhook"
PROGRAM = ("-m", "bot")
STARTS_WITHIN = 120.0  # however busy the machine is
ENDS_WITHIN = 60.0  # SIGTERM promises 10 s; what it gives to whom is tested where it is written

nursery: Callable[[], Nursery] | None = None  # where services are forked that need no start of their own

Mode = Literal["polling", "webhook"]

CONFIG = """
[database]
url = "{database_url}"
[web]
port = {port}
public_url = "{url}"
[telegram]
token = "{api.token}"
api_url = "{api.url}"
mode = "{mode}"
webhook_secret = "{secret}"
[kakao]
bot_id = "{kakao.BOT_ID}"
skill_secret = "{kakao.SECRET}"
block_id = "{kakao.BLOCK_ID}"
"""


class Api(Protocol):
    """A Bot API server, in this process or in another."""

    token: str
    url: str


class Service:
    """`python -m bot run` against a Bot API server; it may be started and ended many times on one database."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        api: Api,
        mode: Mode = "polling",
        more: str = "",
        program: Sequence[str] = PROGRAM,
        **environment: str,
    ) -> None:
        port = free_port()
        self._program = program
        self._environment = environment
        self.url = f"http://127.0.0.1:{port}"
        self.database_url = database_url
        self.mode = mode
        self._log = folder / "service.log"
        self._config = folder / "config.toml"
        self._config.write_text(
            CONFIG.format(
                database_url=database_url, port=port, url=self.url, api=api, mode=mode, secret=SECRET, kakao=talker
            )
            + more
        )
        write_key(folder)
        self.is_forked = program is PROGRAM and not environment  # or a process that begins from nothing
        self._process: asyncio.subprocess.Process | Forked | None = None

    @property
    def logs(self) -> str:
        """Everything that all processes so far have logged."""
        return self._log.read_text()

    @property
    def database_file(self) -> Path:
        return Path(self.database_url.partition(":///")[2])

    @property
    def config(self) -> Path:
        return self._config

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Returns when the service says that it is well."""
        await self.launch()
        async with asyncio.timeout(STARTS_WITHIN), aiohttp.ClientSession() as session:
            while (await self.health(session))[0] != 200:
                assert self.is_running, f"the service ended at its start:\n{self.logs}"
                await asyncio.sleep(0.02)

    async def launch(self) -> None:
        """Start the process and don't wait for it."""
        assert not self.is_running
        with self._log.open("a") as log:
            if nursery and self.is_forked:
                words = "run", "--config", str(self._config)
                self._process = nursery().start(words, os.environ, (log.fileno(), log.fileno(), log.fileno()))
                return
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, *self._program, "run", "--config", self._config),
                cwd=ROOT,
                env={**os.environ, **self._environment},
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """As a machine that loses its power."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to end, as service managers do; its exit code."""
        return await self._end(signal.SIGTERM)

    async def exit_code(self, within: float = ENDS_WITHIN) -> int:
        assert self._process
        return await asyncio.wait_for(self._process.wait(), within)

    async def _end(self, number: signal.Signals) -> int:
        assert self._process
        if self.is_running:
            self._process.send_signal(number)
        return await self.exit_code()

    async def health(self, session: aiohttp.ClientSession) -> tuple[int, str]:
        """What it says of itself; 0 where it says nothing."""
        try:
            async with session.get(f"{self.url}/healthz") as answer:
                return answer.status, await answer.text()
        except (aiohttp.ClientError, TimeoutError):
            return 0, ""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
