"""What the service does of itself: it fetches when it starts, and tends what it has."""

import asyncio
from datetime import timedelta

import pytest

from bot.app import App
from bot.settings import Settings
from bot.ticks.duties import Duties
from tests.support.postings.sources import KEY, Sources, file
from tests.support.waiting import until

pytestmark = pytest.mark.on_sqlite


def tending(board):
    return Duties(board.database, Settings().to_organization(), lambda: board.now).tend_postings()


@pytest.mark.on_both
async def test_a_service_that_starts_with_a_key_fetches_at_once(database, board):
    async with Sources() as source:
        source.answer = lambda _: file("work24_list_ok.xml")
        settings = Settings(jobs={"work24": {"key": KEY, "url": source.url}})

        async def are_there():
            return len(await board.everything()) == 3

        async with App(settings, database)._services():
            await until(are_there)


async def test_a_service_without_a_key_asks_nobody(database, board):
    async with App(Settings(), database)._services():
        await asyncio.sleep(0.2)
    assert await board.everything() == []


async def test_what_was_sent_is_forgotten_after_thirty_days_and_the_posting_is_not(board, row):
    await board.hears(row())
    board.now += timedelta(days=29)
    await tending(board)
    assert len(await board.payloads()) == 1
    board.now += timedelta(days=2)
    await tending(board)
    assert (await board.payloads(), len(await board.everything())) == ([], 1)


async def test_the_other_posting_of_a_job_appears_the_day_after_the_first_closed(board, row, elsewhere):
    await board.hears(row(closeDt="26-11-24"))
    await board.hears(elsewhere("seoul", close_on=None))
    board.now += timedelta(days=2)
    await tending(board)
    assert await board.shows() == ["seoul/S1"]
