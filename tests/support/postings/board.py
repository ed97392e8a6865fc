"""What is known of postings on a real database, and rows of a feed to tell it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from handlers.postings import merging, work24
from handlers.postings.merging import Reading
from handlers.postings.sourcing import sourced
from storage.database import Database
from storage.jobs import intake, postings
from storage.jobs.feed_runs import Run
from storage.jobs.posting import Posting, SourcedPosting
from storage.tables import posting_payloads
from tests.support.domain import MONDAY

ROW = {
    "wantedAuthNo": "K1",
    "title": "바리스타 모집",
    "company": "(주)예시카페",
    "region": "서울 중구",
    "closeDt": "채용시까지  26-12-24",
    "regDt": "26-11-20",
    "jobsCd": "531700",
}


class Board:
    """What is known of postings, at a time that tests set."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = MONDAY

    @property
    def today(self) -> date:
        return self.now.date()

    async def hears(self, *told: SourcedPosting, unread: Sequence[str] = ()) -> Run:
        """A good full run of 고용24 (or of the source of what is told), six hours after the one before."""
        self.now += timedelta(hours=6)
        source = told[0].posting.source if told else work24.NAME
        reading = Reading(told, tuple(unread))
        began, today = self.now, self.today

        def run(tx: Any) -> Run:
            kept = [intake.keep(tx, source, part, began, today) for part in reading.parts()]
            return merging.end(tx, source, reading, kept, began, began, today)

        return await self.database.write(run)

    async def shows(self, **asked: Any) -> list[str]:
        """The keys of what is open, the newest first."""
        found = await self.database.read(lambda tx: postings.open_now(tx, self.today, 0, 100, **asked))
        return [f"{one.source}/{one.source_key}" for one in found]

    async def finds(self, *words: str) -> list[str]:
        found = await self.database.read(lambda tx: postings.search(tx, self.today, words, 0, 100, {}))
        return [one.source_key for one in found]

    async def knows(self, key: str, source: str = work24.NAME) -> Posting:
        found = await self.database.read(lambda tx: postings.by_key(tx, source, key))
        assert found is not None
        return found

    async def payloads(self) -> list[dict[str, str]]:
        return await self.database.read(lambda tx: list(tx.execute(select(posting_payloads.c.payload)).scalars()))

    async def everything(self) -> list[Any]:
        """All that is kept of postings, to compare."""
        return await self.database.read(lambda tx: sorted(map(tuple, tx.execute(select(postings.postings)))))


def row(key: str = "K1", **changed: Any) -> SourcedPosting:
    """row("K2", title=…) is a row of 고용24 as it is read."""
    return work24.read({**ROW, "wantedAuthNo": key, **changed})


def elsewhere(source: str, key: str = "S1", **changed: Any) -> SourcedPosting:
    """The same job as `row` gives, told by another source."""
    like = work24.read(ROW).posting
    content = {name: getattr(like, name) for name in intake.CONTENT}
    return sourced(Posting(**{**content, "source": source, "source_key": key, **changed}))
