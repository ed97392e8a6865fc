"""The digest of jobs: how long planning and choosing take. Alone: `python -m tests.bench.digests`."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from bot.settings import Settings
from handlers.clock import notices
from handlers.clock.span import Span
from handlers.clock.wanted.jobs import MOST, choose
from handlers.dialogue import texts
from handlers.dialogue.chat import Chat
from handlers.residents.work.jobs import wish_of
from storage import planning
from storage.database import Database, Transaction
from storage.people.residents import Resident
from storage.tables import consents, job_fields, job_wishes
from storage.tables import outbox as owed_table
from storage.tables import residents as resident_table
from tests.bench import postings
from tests.bench.planning import databases, memory, timed

SUBSCRIBERS, PART = 10_000, 500
FIELDS = ("식음료", "생활서비스")
MORNING = postings.NOW.replace(hour=23, minute=30)  # 08:30 in Seoul


async def run(folder: Path) -> None:
    print(f"\nDigests: {SUBSCRIBERS:,} subscribers, {postings.OPEN:,} postings, all of them new")
    async for name, database in databases(folder):
        await postings.fill(database)
        await database.write(_subscribe)
        planned = await timed(lambda database=database: _plan(database))
        before = memory()
        chosen = await timed(lambda database=database: _choose(database))
        print(f"{name:11} planned in {planned:.1f} s, chosen in {chosen:.1f} s; memory +{memory() - before:.0f} MB")


def _subscribe(tx: Transaction) -> None:
    people = [{"language": "ko", "created_at": postings.NOW} for _ in range(SUBSCRIBERS)]
    ids = tx.execute(resident_table.insert().returning(resident_table.c.id), people).scalars().all()
    version = texts.say("ko", "consent.jobs.version")
    said = {"purpose": "jobs", "given": True, "version": version, "text_hash": ""}
    given = {**said, "channel": "telegram", "decided_at": postings.NOW}
    tx.execute(consents.insert(), [{"resident_id": each, **given} for each in ids])
    tx.execute(job_wishes.insert(), [{"resident_id": each, "rhythm": "daily"} for each in ids])
    tx.execute(job_fields.insert(), [{"resident_id": each, "category": FIELDS[each % 2]} for each in ids])


async def _plan(database: Database) -> None:
    organization = Settings().to_organization()
    span = Span(MORNING - timedelta(minutes=1), MORNING + timedelta(seconds=1))
    for batch in await database.read(partial(notices.due, organization=organization, span=span)):
        await database.write(partial(planning.plan, planned=batch))
    count = select(func.count()).select_from(owed_table)
    assert await database.read(lambda tx: tx.execute(count).scalar_one()) == SUBSCRIBERS


async def _choose(database: Database) -> None:
    ids = await database.read(lambda tx: tx.execute(select(resident_table.c.id)).scalars().all())
    for at in range(0, SUBSCRIBERS, PART):
        await database.read(partial(_chosen, ids=ids[at : at + PART]))


def _chosen(tx: Transaction, ids: Sequence[int]) -> None:
    organization = Settings().to_organization()
    for each in ids:
        chat = Chat(tx, Resident(each, "ko"), MORNING, "telegram", "1", organization)
        assert len(choose(chat, wish_of(chat), MORNING - timedelta(days=1), MORNING)) == MOST


if __name__ == "__main__":
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="baeumtok-bench-") as made:
        asyncio.run(run(Path(made)))
    print(f"{time.perf_counter() - began:.0f} s in all")
