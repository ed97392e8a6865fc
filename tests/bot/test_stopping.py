"""The end of the process: what is in hand is given the time that SIGTERM leaves, and no more."""

import asyncio
import gc
import signal
import socket

import pytest

from bot import app as application
from bot.app import App
from tests.support.waiting import until

pytestmark = pytest.mark.on_sqlite


class Slow:
    """A channel that notes how long it may take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    async def stop(self, seconds: float) -> None:
        self.seconds = seconds


async def test_channels_get_what_notices_have_left_of_the_time(database, settings, monkeypatch):
    monkeypatch.setattr(application, "DRAIN_SECONDS", 0.4)
    app, slow = App(settings, database), Slow()
    app._channels = [slow]
    await app._finish(asyncio.create_task(asyncio.sleep(60)))
    assert 0 < slow.seconds <= 0.2


async def test_what_is_loaded_when_it_serves_is_looked_through_for_what_can_be_freed_no_more(database, settings):
    app, before = App(settings.model_copy(update={"telegram": None}), database), gc.get_freeze_count()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = asyncio.create_task(app.run(listening))
        await until(lambda: gc.get_freeze_count() > before)
        signal.raise_signal(signal.SIGTERM)
        await serving


async def test_all_ends_within_ten_seconds(database, settings):
    assert application.HANG_UP + application.DRAIN_SECONDS < 10
    assert [channel.name for channel in App(settings, database)._channels] == ["web", "telegram"]
