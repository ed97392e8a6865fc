"""The term of `test_term.py` for residents who have only KakaoTalk, by each way, against timetables written by hand."""

from types import SimpleNamespace

import pytest

from handlers.seating import lottery
from tests.support.clock.kakao_term import kakao_term
from tests.support.clock.plot import plays

pytestmark = pytest.mark.on_sqlite


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """Lots fall as in the other term."""
    monkeypatch.setattr(lottery, "secrets", SimpleNamespace(token_hex=lambda size: "0b" * size))
    monkeypatch.setattr(lottery, "_shuffle", list.reverse)


async def test_by_the_event_api(school):
    async with kakao_term(school, "11-21 10:00", event=True) as running:
        await plays(running)
        print("\n".join(running.lines))


async def test_by_alimtalk(school):
    async with kakao_term(school, "11-21 10:00", alimtalk=True) as running:
        await plays(running)
        print("\n".join(running.lines))


async def test_by_files(school):
    async with kakao_term(school, "11-21 10:00", file=True) as running:
        await plays(running)
        print("\n".join(running.lines))
