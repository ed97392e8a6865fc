"""Runs the feeds: one process at a time, each feed on its own, and every run remembered."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

import aiohttp

from bot.feeds.fetching import FeedError, Manners
from bot.feeds.seoul import SeoulFeed
from bot.feeds.work24 import Work24Feed
from bot.sections import Jobs
from handlers.postings import merging
from handlers.postings.records import Record
from storage.database import Database, Transaction
from storage.jobs import feed_runs, intake
from storage.jobs.feed_runs import Run
from storage.jobs.posting import SourcedPosting

log = logging.getLogger(__name__)

NAME = "postings"
LOOK = timedelta(minutes=10)  # how often we look whether a feed is due
AGAIN = timedelta(hours=1)  # after a run that was not good
LONGEST = 480.0  # seconds for one feed: two of them end before the third look


class Feed(Protocol):
    name: str

    async def records(self, session: aiohttp.ClientSession) -> list[Record]: ...

    def key(self, record: Record) -> str: ...

    def read(self, record: Record) -> SourcedPosting: ...


class Gathering:
    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        timezone: ZoneInfo,
        now: Callable[[], datetime],
        manners: Manners = Manners(),  # noqa: B008 - frozen
    ) -> None:
        self._database = database
        self._feeds = list(_feeds(jobs, manners))
        self._every = timedelta(hours=jobs.every_hours)
        self._timezone = timezone
        self._now = now

    async def fetch_postings(self, is_asked: bool = False) -> list[Run] | None:
        """Run the feeds that are due, or all when asked; None while another process does."""
        office = await self._database.lead(NAME)
        if office is None:
            return None
        async with office:
            due = [feed for feed in self._feeds if is_asked or await self._database.read(partial(self._is_due, feed))]
            return [await self._run(feed) for feed in due]

    def _is_due(self, feed: Feed, tx: Transaction) -> bool:
        now = self._now()
        for last in feed_runs.latest(tx, feed.name, 1):
            wait = self._every if last.outcome == "ok" else min(self._every, AGAIN)
            return not timedelta() <= now - last.started_at < wait  # nor in a time that is still to come
        return True

    async def _run(self, feed: Feed) -> Run:
        began = self._now()
        try:
            run = await self._gather(feed, began)
        except FeedError as error:
            run = await self._remember(Run(feed.name, began, self._now(), "failed", str(error)))
        except Exception as error:
            log.exception("feed failed source=%s", feed.name)
            run = await self._remember(Run(feed.name, began, self._now(), "failed", f"오류({type(error).__name__})"))
        counts = f"new={run.new} updated={run.updated} same={run.same} skipped={run.skipped} hidden={run.hidden}"
        log.info("feed run source=%s outcome=%s reason=%s %s", run.source, run.outcome, run.reason, counts)
        return run

    async def _gather(self, feed: Feed, began: datetime) -> Run:
        records = await _records(feed)
        if not records:
            return await self._remember(Run(feed.name, began, self._now(), "empty", "공고가 하나도 오지 않았습니다"))
        reading = await asyncio.to_thread(merging.read, records, feed.key, feed.read)
        if not reading.postings:
            raise FeedError(f"{len(records):,}건이 왔지만 읽을 수 있는 공고가 없습니다")
        today = began.astimezone(self._timezone).date()
        keep = partial(intake.keep, source=feed.name, at=began, today=today)
        kept = [await self._database.write(partial(keep, sourced=part)) for part in reading.parts()]
        end = partial(merging.end, source=feed.name, reading=reading, kept=kept, began=began, today=today)
        return await self._database.write(partial(end, now=self._now()))

    async def _remember(self, run: Run) -> Run:
        await self._database.write(partial(feed_runs.add, run=run))
        return run


def _feeds(jobs: Jobs, manners: Manners) -> Iterator[Feed]:
    if jobs.work24:
        yield Work24Feed(jobs.work24, manners)
    if jobs.seoul:
        yield SeoulFeed(jobs.seoul, manners)


async def _records(feed: Feed) -> list[Record]:
    try:
        async with asyncio.timeout(LONGEST), aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            return await feed.records(session)
    except TimeoutError:
        raise FeedError("전체를 받는 데 너무 오래 걸립니다") from None
