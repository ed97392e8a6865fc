"""What whoever started the process is told, and by what: systemd's notify protocol, over a real socket."""

import asyncio
import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from bot import supervised
from bot.settings import load
from tests.support.botapi import BotApi
from tests.support.service.process import Service

UNIT = Path(__file__).resolve().parents[2] / "deploy" / "baeumtok.service"


@pytest.fixture
def supervisor(tmp_path, monkeypatch):
    """The supervisor's end: what it was told, in order."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield lambda: _heard(listening)


def _heard(listening):
    found = []
    while True:
        try:
            found.append(listening.recv(4096).decode())
        except BlockingIOError:
            return found


def test_who_was_started_by_nobody_in_particular_tells_nobody(monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    supervised.tell(supervised.READY)


def test_a_supervisor_that_is_gone_stops_nobody(monkeypatch, tmp_path, caplog):
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nowhere"))
    supervised.tell(supervised.READY)
    assert "can't be told" in caplog.text


@pytest.mark.parametrize(
    ("watched", "of", "patience"),
    [
        ("", "", None),
        ("0", "", None),
        ("2000000", "", timedelta(seconds=2)),
        ("2000000", "our own", timedelta(seconds=2)),
        ("2000000", "1", None),
        ("soon", "", None),
    ],
)
def test_how_long_silence_is_borne(monkeypatch, watched, of, patience):
    monkeypatch.setenv("WATCHDOG_USEC", watched)
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()) if of == "our own" else of)
    assert supervised.patience() == patience


async def test_the_service_is_ready_once_it_serves_well_while_it_runs_and_says_that_it_ends(
    supervisor, tmp_path, sqlite_url, monkeypatch
):
    monkeypatch.setenv("WATCHDOG_USEC", "300000")
    async with BotApi() as api:
        service = Service(tmp_path, sqlite_url, api)
        service.is_forked = False
        await service.launch()
        heard = []
        async with asyncio.timeout(120):
            while "READY=1" not in heard or heard.count("WATCHDOG=1") < 3:
                heard += supervisor()
                await asyncio.sleep(0.05)
        assert service.is_running
        await service.stop()
    assert "STOPPING=1" in supervisor()


def test_what_the_unit_sets_are_settings(monkeypatch, tmp_path):
    lines = [line for line in UNIT.read_text().splitlines() if line.startswith("Environment=")]
    for line in lines:
        name, _, value = line.removeprefix("Environment=").partition("=")
        monkeypatch.setenv(name, value)
    loaded = load(tmp_path / "config.toml", required=False)
    assert len(lines) == 2
    assert (loaded.key_file, loaded.database.url.partition("///")[2]) == (
        Path("/var/lib/baeumtok/baeumtok.key"),
        "/var/lib/baeumtok/baeumtok.db",
    )
