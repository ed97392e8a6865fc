"""Where the processor time of a message goes, by layer: samples of the whole service in one thread, in percent.

The service is the real one, from getUpdates to sendMessage; only its database works where it is asked, so that a timer
of processor time sees all of it. A sample counts for the innermost layer that is on the stack.
"""

import asyncio
import logging
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar

from bot import app, settings
from storage.engine import sqlite
from tests.bench.contestants import LIST, REGISTRATION, registrations, says, seeded
from tests.bench.double import Double, Message, double
from tests.bench.figures import Figure, Size
from tests.support.service.process import ROOT, Service

MESSAGES = 540
ROUNDS: dict[Size, int] = {"quick": 2, "usual": 4, "long": 12}
EVERY = 0.001  # seconds of processor time; the kernel may take longer steps
RAW = ("do_execute", "do_executemany", "do_commit", "do_begin", "do_rollback", "exec_driver_sql")
LAYERS = (  # parts of a file's path, the first that fits
    ("JSON", ("/json/", "/msgspec/")),
    ("sealing", ("/storage/keys/", "/cryptography/", "/hmac.py", "/hashlib.py")),
    ("SQLAlchemy", ("/sqlalchemy/",)),
    ("python-telegram-bot", ("/site-packages/telegram/",)),
    ("HTTP and event loop", ("/aiohttp/", "/asyncio/", "/yarl/", "/multidict/", "/uvicorn/", "/starlette/")),
    ("own: storage", (f"{ROOT}/storage/",)),
    ("own: conversation", (f"{ROOT}/handlers/",)),
    ("own: channel and answering", (f"{ROOT}/bot/",)),
)
AROUND = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
DRIVER = "SQLite itself"
_known: dict[str, str] = {}


class Here(sqlite.Thread):
    """A thread's place without a thread."""

    opened: ClassVar[list[sqlite3.Connection]] = []

    async def begin(self) -> None:
        self._raw = self._connector()
        self.opened.append(self._raw)

    async def run(self, work: Any) -> Any:
        return work(self.transaction)

    async def close(self) -> None:
        self._raw.close()


async def measure(folder: Path, size: Size) -> AsyncIterator[Figure]:
    logging.disable(logging.WARNING)  # ticks that come late tell so, and here they do
    url = f"sqlite+aiosqlite:///{folder}/layers.db"
    course = await seeded(url)
    sqlite.Thread = Here  # type: ignore[misc]
    async with double() as api, _serving(folder, url, api):
        for about, talk in ((LIST, says("강좌")), (REGISTRATION, registrations(course))):
            asked = await _asked(api, list(talk(30, 9)))
            yield Figure(f"{about}: statements of SQL a message", (asked.total() / 270,), "")
            yield Figure(f"{about}: savepoints and transactions among them", (asked["around"] / 270,), "")
            found: Counter[str] = Counter()
            for _ in range(ROUNDS[size]):
                said = list(talk(MESSAGES // 9, 9))
                with _sampled(found):
                    await api.answered_per_second(said)
            for layer in (DRIVER, *(name for name, _ in LAYERS)):
                yield Figure(f"{about}: {layer}", (100 * found[layer] / found.total(),), "%")


@asynccontextmanager
async def _serving(folder: Path, url: str, api: Double) -> AsyncIterator[None]:
    config = Service(folder, url, api).config
    read = settings.load(config)
    running = asyncio.create_task(app.serve(read, app.listen(read)))
    await asyncio.sleep(3)
    try:
        yield
    finally:
        signal.raise_signal(signal.SIGTERM)
        await running


async def _asked(api: Double, said: list[Message]) -> Counter[str]:
    """What SQLite is asked meanwhile: statements, and what stands around them."""
    asked: Counter[str] = Counter()
    for raw in Here.opened:
        raw.set_trace_callback(lambda sql: asked.update(("around" if sql.startswith(AROUND) else "statement",)))
    await api.answered_per_second(said)
    for raw in Here.opened:
        raw.set_trace_callback(None)
    return asked


@contextmanager
def _sampled(found: Counter[str]) -> Iterator[None]:
    wakes = signal.set_wakeup_fd(-1)  # the event loop needn't be told of samples
    signal.signal(signal.SIGPROF, lambda _, frame: found.update((_layer(frame),)))
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.set_wakeup_fd(wakes)


def _layer(frame: FrameType | None) -> str:
    while frame:
        file, name = frame.f_code.co_filename, frame.f_code.co_name
        layer = _known.get(file) or _known.setdefault(file, _of_file(file))
        if (layer == "SQLAlchemy" and name in RAW) or name == "_raw":
            return DRIVER
        if layer:
            return layer
        frame = frame.f_back
    return "else"


def _of_file(file: str) -> str:
    return next((layer for layer, parts in LAYERS if any(part in file for part in parts)), "")
