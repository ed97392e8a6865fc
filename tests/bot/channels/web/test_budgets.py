"""How much a session and an address may say in a day, so that nobody fills the disk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.http.limits import Days
from bot.messages.answering import Answering
from tests.support.web.site import serving, unlimited
from tests.support.web.visitors import WebVisitor


@asynccontextmanager
async def visitors(database_url: str, count: int, **days: int) -> AsyncIterator[list[WebVisitor]]:
    """So many that have opened the page, where a day has room for no more."""
    async with serving(database_url, rates=unlimited(), days=Days(**days)) as site:
        came = [await WebVisitor(site.url).opens() for _ in range(count)]
        yield came
        for visitor in came:
            await visitor.leaves()


async def statuses(visitor: WebVisitor, count: int) -> list[int]:
    return [(await visitor.posts({"Accept": "application/json"}, text="강좌")).status_code for _ in range(count)]


async def test_a_session_says_no_more_in_a_day_than_it_may_and_is_told_whom_to_call(sqlite_url: str) -> None:
    async with visitors(sqlite_url, 1, session=3) as [visitor]:
        assert await statuses(visitor, 5) == [200] * 3 + [429] * 2
        answer = await visitor.posts(text="강좌")
        assert ("02-000-0000" in answer.text, int(answer.headers["Retry-After"]) > 60) == (True, True)


async def test_made_up_sessions_of_an_address_share_its_day(sqlite_url: str) -> None:
    async with visitors(sqlite_url, 5, strangers=6) as came:
        assert [await statuses(visitor, 2) for visitor in came] == [[200, 200]] * 3 + [[429, 429]] * 2


async def test_what_could_not_be_kept_does_not_count(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with visitors(sqlite_url, 1, session=2, strangers=2) as [visitor]:
        with monkeypatch.context() as broken:
            broken.setattr(Answering, "converse", lambda *_: 1 / 0)
            assert await statuses(visitor, 5) == [503] * 5
        assert await statuses(visitor, 3) == [200, 200, 429]


async def test_strangers_who_use_up_an_address_do_not_silence_somebody_there(sqlite_url: str) -> None:
    async with visitors(sqlite_url, 2, strangers=4) as [somebody, stranger]:
        await somebody.says("소식")
        await somebody.posts(path="news/news/on")
        await statuses(stranger, 5)
        assert await statuses(somebody, 3) == [200] * 3
