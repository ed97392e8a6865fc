"""Visitors who talk, at a school on a real database."""

import asyncio
import gc
import logging
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis
import pytest

import handlers.residents  # noqa: F401
from bot.messages.answering import Answering
from bot.settings import Settings
from storage.database import Database, Transaction
from tests.support.domain import SETTINGS, School, Visitor

pytest_plugins = ("tests.support.lacking", "tests.support.databases.kinds", "tests.support.fixtures")
os.environ["PTB_TIMEDELTA"] = "1"
gc.disable()  # until all is collected: there is nothing to free before
hypothesis.settings.register_profile("untimed", deadline=None, derandomize=True)  # the same wherever it runs
hypothesis.settings.load_profile("untimed")


MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes


def pytest_configure(config: pytest.Config) -> None:
    """Databases of tests stand in memory where there is room: a commit waits for a disk longer than for all else."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays: nobody has to look through it again and again for what can be freed."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


LONG = ("service/", "journeys/", "browser", "preview")  # in their paths: real processes, whole terms, real browsers
LAST_LONG = 0.8  # of all files are behind when the last of them begins


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that mostly wait are spread among those that work, so that no worker is left alone with them at the end."""
    files = list(dict.fromkeys(map(_file, items)))
    long = [path for path in files if any(part in path for part in LONG)]
    short = [path for path in files if path not in long]
    places = {path: LAST_LONG * place / len(long) for place, path in enumerate(long)}
    places |= {path: place / len(short) for place, path in enumerate(short)}
    items.sort(key=lambda item: places[_file(item)])


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


@pytest.fixture
def school(database: Database) -> School:
    """Courses can be opened here, at a time that tests set."""
    return School(database)


@pytest.fixture
def visitor(school: School, settings: Settings) -> Callable[..., Visitor]:
    """visitor("r1") is somebody in a web chat; channel="telegram" somebody there."""
    answering = Answering(school.database, settings.to_organization(), lambda: school.now)
    keys = count(1)
    return lambda address="r1", channel="web": Visitor(answering, channel, address, keys)


@pytest.fixture
def resident(visitor: Callable[..., Visitor]) -> Callable[[int], Visitor]:
    """resident(3) is the third person of a Telegram town, who can be written to."""
    return lambda number: visitor(f"{number}", channel="telegram")


@pytest.fixture
def processes(school: School, settings: Settings) -> Callable[[int], list[Callable[[], Visitor]]]:
    """processes(10): the same chat as ten processes serve it that know nothing of each other."""
    keys = count(1)

    def one() -> Visitor:
        return Visitor(Answering(school.database, settings.to_organization(), lambda: school.now), "web", "r1", keys)

    return lambda number: [one] * number


@pytest.fixture
def dawdling(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType, str], asyncio.Event]:
    """Widen the gap before a query, so that a race which can happen does happen; the event tells that one is there."""

    def dawdle(module: ModuleType, name: str) -> asyncio.Event:
        real, is_there = getattr(module, name), asyncio.Event()

        def slowly(tx: Transaction, *given: Any, **named: Any) -> Any:
            if tx.dialect.name == "postgresql":
                is_there.set()
                tx.exec_driver_sql("SELECT pg_sleep(0.05)")
            return real(tx, *given, **named)

        monkeypatch.setattr(module, name, slowly)
        return is_there

    return dawdle


@pytest.fixture
def settings() -> Settings:
    return SETTINGS


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog
