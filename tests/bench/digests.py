"""The digest of jobs on PostgreSQL: how long planning and choosing take for ten thousand subscribers."""

from collections.abc import AsyncIterator, Sequence
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
from storage.database import Database, Transaction
from storage.notices import planning
from storage.people.residents import Resident
from storage.tables import consents, job_fields, job_wishes
from storage.tables import outbox as owed_table
from storage.tables import residents as resident_table
from tests.bench.figures import Figure, Size
from tests.bench.measuring import on_postgres, timed
from tests.bench.more import postings

SUBSCRIBERS, PART = 10_000, 500
OPEN: dict[Size, int] = {"quick": 2_000, "usual": 10_000, "long": 50_000}
ROUNDS: dict[Size, int] = {"quick": 1, "usual": 2, "long": 3}
FIELDS = ("식음료", "생활서비스")
MORNING = postings.NOW.replace(hour=23, minute=30)  # 08:30 in Seoul


async def measure(folder: Path, size: Size) -> AsyncIterator[Figure]:
    async with on_postgres(folder) as database:
        await postings.fill(database, OPEN[size])
        await database.write(_subscribe)
        planned = await timed(partial(_plan, database))
        chosen = [await timed(partial(_choose, database)) for _ in range(ROUNDS[size])]
    about = f"digests for {SUBSCRIBERS:,} from {OPEN[size]:,} postings"
    yield Figure(f"{about}: planned and chosen", tuple(planned + each for each in chosen), "s", at_most=10)
    yield Figure(f"{about}: planned", (planned,), "s")


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
