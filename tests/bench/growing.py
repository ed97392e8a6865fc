"""A turn among a million residents and ten thousand courses beside one among a thousand and a hundred.

What grows with a city grows in both: addresses, consents, applications, messages that came in, notices that left. In
one comparison as many courses take applications in both, in the other one of a hundred in both. Filled once by SQL.
"""

import random
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

import handlers.residents  # noqa: F401
from bot.messages.answering import Answering
from bot.messages.incoming import Incoming
from handlers.dialogue.conversation import Said
from storage.database import Database, Transaction
from storage.engine import schema
from storage.engine.opening import open_database
from storage.tables import courses, enrollments
from tests.bench.contestants import JOURNEY
from tests.bench.figures import Figure, Size, ratio
from tests.bench.measuring import ORGANIZATION
from tests.support.domain import COURSE, MONDAY, SEAL, add_course

SMALL, LARGE = (1_000, 100), (1_000_000, 10_000)  # residents and courses
OPEN = {"as many open courses": (40, 40), "one of a hundred open": (1, 100)}
REGISTRATION = "a registration's message"
TURNS_OF = ("강좌", "모두의 강좌", "내 신청", "도움말", REGISTRATION)  # what is said
TURNS = 30  # of a kind in a round
ROUNDS: dict[Size, int] = {"quick": 2, "usual": 5, "long": 15}
NOW = MONDAY
_numbers = count(1001)

_N = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people)"
_LONG_AGO, _LATELY = "'2024-03-04 01:00:00.000000'", "'2026-11-02 01:00:00.000000'"
_ROWS = (
    f"residents (id, mobile_tag, language, created_at, changed) {_N} SELECT i, 'tag' || i, 'ko', {_LONG_AGO}, i FROM n",
    f"addresses (resident_id, channel, address, created_at) {_N} SELECT i, 'telegram', i, {_LONG_AGO} FROM n",
    "consents (resident_id, purpose, given, version, text_hash, channel, decided_at) "
    f"{_N} SELECT i, 'news', i % 3 = 0, '2026-11', '', 'telegram', {_LONG_AGO} FROM n",
    "enrollments (course_id, resident_id, state, channel, applied_at, ended_at) "
    f"{_N} SELECT 1 + i % :courses, i, 'completed', 'telegram', {_LONG_AGO}, {_LONG_AGO} FROM n",
    "outbox (key, kind, rank, resident_id, about, due_at, expires_at, outcome, settled_at) "
    f"{_N} SELECT 'k' || i, 'day_before', 2, i, 1, {_LATELY}, {_LATELY}, 'sent', {_LATELY} FROM n",
    "inbox (channel, key, address, body, received_at, settled_at) "
    f"{_N} SELECT 'telegram', 'before-' || i, i, zeroblob(250), {_LATELY}, {_LATELY} FROM n",
)


@dataclass
class City:
    """A database, and who of it speaks: each word is another resident's, from anywhere in it."""

    database: Database
    answering: Answering
    people: int
    course: int  # which has a seat for everybody
    chance: random.Random
    newcomers: Iterator[int]  # who haven't registered yet

    async def spends(self, turn: str) -> float:
        """Milliseconds a message of so many turns of a kind."""
        began = time.perf_counter()
        if turn == REGISTRATION:
            messages = sum([await self._registers() for _ in range(TURNS // 5)])
        else:
            messages = sum([await self._say(self._somebody(), Said(text=turn)) for _ in range(TURNS)])
        return (time.perf_counter() - began) / messages * 1000

    async def _registers(self) -> int:
        """A whole registration of somebody who has been here before; how many messages that takes."""
        who, number = next(self.newcomers), next(_numbers)
        said = [Said(path=f"forms/enroll/{self.course}")]
        said += [Said(text=words.format(course=self.course, who=number)) for words in JOURNEY[2:]]
        replies = [await self._say(who, each) for each in said]
        return sum(replies)

    async def _say(self, who: int, said: Said) -> int:
        """Stored, answered and settled, as it is for a channel that stores before it confirms."""
        body = {"text": said.text, "path": said.path, "label": ""}
        message = Incoming("telegram", f"{next(_numbers)}", f"{who}", said, body)
        await self.answering.store([message])
        await self.answering.settle(message, await self.answering.answer(message))
        return 1

    def _somebody(self) -> int:
        return self.chance.randint(1, self.people)

    async def registered(self) -> int:
        """How many have a seat in the course that has one for everybody."""
        live = select(func.count()).where(enrollments.c.course_id == self.course, enrollments.c.ended_at.is_(None))
        return await self.database.read(lambda tx: tx.execute(live).scalar_one())


async def measure(folder: Path, size: Size) -> AsyncIterator[Figure]:
    async with AsyncExitStack() as stack:
        cities = [await stack.enter_async_context(_city(folder, *kind)) for kind in (SMALL, LARGE)]
        for about, shares in OPEN.items():
            for city, share in zip(cities, shares, strict=True):
                await city.database.write(partial(_close_all_but, last=share))
            spent = await _rounds(cities, ROUNDS[size])
            for turn in TURNS_OF:
                small, large = spent[turn]
                yield ratio(f"{about}: {turn}", large, small, at_most=1.2)
                yield Figure(f"{about}: {turn}, in the large city", tuple(large), "ms")


async def _rounds(cities: Sequence[City], rounds: int) -> dict[str, tuple[list[float], ...]]:
    spent: dict[str, tuple[list[float], ...]] = {turn: ([], []) for turn in TURNS_OF}
    before = [await city.registered() for city in cities]
    for number in range(1 + rounds):  # the first is to get warm
        for turn in TURNS_OF:
            for city, found in zip(cities, spent[turn], strict=True):
                took = await city.spends(turn)
                found += [took] if number else []
    for city, were in zip(cities, before, strict=True):
        assert await city.registered() == were + (1 + rounds) * (TURNS // 5)
    return spent


@asynccontextmanager
async def _city(folder: Path, people: int, many: int) -> AsyncIterator[City]:
    file = folder / f"{people}.db"
    url = f"sqlite+aiosqlite:///{file}"
    database = await open_database(url, SEAL)
    await database.write(schema.upgrade)
    course = await database.write(lambda tx: _open(tx, many))
    await database.close()
    _fill(file, people, many)
    database = await open_database(url, SEAL)
    answering, chance = Answering(database, ORGANIZATION, lambda: NOW), random.Random(7)
    newcomers = iter(chance.sample(range(1, people + 1), SMALL[0]))
    try:
        yield City(database, answering, people, course, chance, newcomers)
    finally:
        await database.close()


def _open(tx: Transaction, many: int) -> int:
    """All courses, and one that has a seat for everybody."""
    for number in range(1, many + 1):
        add_course(tx, {**COURSE, "code": f"G{number}", "title": f"강좌 {number}호", "term_limit": 0})
    return add_course(tx, {**COURSE, "code": "ALL", "title": "모두의 강좌", "capacity": 1_000_000, "term_limit": 0})


def _close_all_but(tx: Transaction, last: int) -> None:
    """Only the last ones take applications; all others were over a year ago."""
    many = tx.execute(select(func.count()).select_from(courses)).scalar_one()
    names = ("apply_start", "apply_end", "start_date", "end_date")
    for open_ones, ago in ((courses.c.id > many - last, 0), (courses.c.id <= many - last, 400)):
        when = {name: COURSE[name] - timedelta(days=ago) for name in names}
        tx.execute(courses.update().where(open_ones).values(when))


def _fill(file: Path, people: int, many: int) -> None:
    """Without a journal, as nobody else is there yet."""
    raw = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode = DELETE", "synchronous = OFF", "cache_size = -400000"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("BEGIN")
    for rows in _ROWS:
        raw.execute(f"INSERT INTO {rows}", {"people": people, "courses": many})
    raw.execute("COMMIT")
    raw.close()
