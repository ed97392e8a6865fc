"""Pages of the web chat that are open when the service ends."""

import asyncio

import aiohttp

from bot.channels.web import visitor
from tests.support.domain import SEAL
from tests.support.service.town import Town


async def test_the_stream_to_an_open_page_ends_whole_and_is_not_cut_off(fresh_town: Town):
    await fresh_town.service.start()
    visitors = visitor.Visitors(SEAL, fresh_town.service.url)
    cookies = {visitor.NAME: visitors.issued(visitor.new())}
    async with (
        aiohttp.ClientSession(fresh_town.service.url, cookies=cookies) as session,
        session.get("/events") as stream,
    ):
        assert stream.status == 200
        ending = asyncio.create_task(fresh_town.service.stop())
        assert (await stream.read()).startswith(b"retry:")
    assert await ending == 0
