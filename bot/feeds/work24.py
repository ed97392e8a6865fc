"""고용24's list of postings: XML only, a hundred a page."""

import asyncio
from functools import partial

import aiohttp

from bot.feeds import pages
from bot.feeds.fetching import Fetcher, Manners
from bot.feeds.pages import Page
from bot.sections import Work24
from handlers.postings import work24
from handlers.postings.records import Record
from storage.jobs.posting import SourcedPosting

SIZE = 100
MOST = 200  # pages


class Work24Feed:
    name = work24.NAME

    def __init__(self, settings: Work24, manners: Manners) -> None:
        self._settings = settings
        self._manners = manners

    async def records(self, session: aiohttp.ClientSession) -> list[Record]:
        """All that is open now in the regions asked for; raises FeedError."""
        fetcher = Fetcher(session, self._settings.key.get_secret_value(), self._manners)
        return await pages.all_of(partial(self._page, fetcher), self.key, SIZE, MOST, fetcher.pause)

    def key(self, record: Record) -> str:
        return work24.key(record)

    def read(self, record: Record) -> SourcedPosting:
        return work24.read(record)

    async def _page(self, fetcher: Fetcher, number: int) -> Page:
        asked = {
            "authKey": self._settings.key.get_secret_value(),
            "callTp": "L",
            "returnType": "XML",
            "startPage": str(number + 1),
            "display": str(SIZE),
            "region": "|".join(self._settings.regions),
        }
        return await asyncio.to_thread(read_page, await fetcher.text(self._settings.url, asked))


def read_page(text: str) -> Page:
    root, records = pages.rows(text, "wantedRoot", "wanted")
    return Page(pages.count(root.findtext("total")), records)
