"""500 scans in ten seconds, at one course and over fifty: how long each waits."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import func, select
from starlette.applications import Starlette

import handlers.residents  # noqa: F401
from bot.channels.web import visitor
from bot.channels.web.service import WebChat
from bot.channels.web.visitor import Visitor, Visitors
from bot.messages.answering import Answering
from bot.settings import Settings
from handlers.attendance import codes
from storage.database import Database, Transaction
from storage.keys.sealing import Seal
from storage.people import residents
from storage.seating import enrollments
from storage.tables import attendance, sessions
from tests.bench.chatting import post, unlimited
from tests.bench.measuring import databases
from tests.support.domain import COURSE, SEOUL, add_course

SCANS, SECONDS = 500, 10.0
CLASS = datetime(2026, 12, 8, 10, tzinfo=SEOUL)
NOW = CLASS - timedelta(minutes=5)
BEFORE = datetime(2026, 11, 23, 1, tzinfo=UTC)
_numbers = count(1)
Seated = Sequence[tuple[Visitor, int]]  # with the class that each comes to


async def run(folder: Path) -> None:
    print(f"\nScanning: {SCANS} in {SECONDS:.0f} s, each by a press in the web chat; all must be in, nobody twice")
    async for name, database in databases(folder):
        for many in (1, 50):
            await _measure(name, database, many)


async def _measure(name: str, database: Database, many: int) -> None:
    seated = await database.write(partial(_seats, many=many))
    answering = Answering(database, Settings().to_organization(), lambda: NOW)
    app = Starlette(routes=WebChat(answering, unlimited(), unlimited()).routes())
    before = await database.read(_came)
    issued = Visitors(database.seal, answering.organization.public_url).issued
    waiting = (_scans(app, database.seal, issued, *each, SECONDS * place / SCANS) for place, each in enumerate(seated))
    began = time.perf_counter()
    waited = sorted(await asyncio.gather(*waiting))
    took = time.perf_counter() - began
    came = await database.read(_came) - before
    p50, p99 = (waited[int(SCANS * share)] * 1000 for share in (0.5, 0.99))
    at = "one course" if many == 1 else f"{many} courses"
    print(f"{name:11} {at:11} {came} of {SCANS} in {took:.1f} s: p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    assert came == SCANS


async def _scans(
    app: Starlette, seal: Seal, issued: Callable[[Visitor], str], who: Visitor, session_id: int, at: float
) -> float:
    """Seconds until the answer, from the moment of pressing."""
    await asyncio.sleep(at)
    code = codes.written(seal, codes.at(session_id, NOW))
    path, key = f"attend/{code}", f"{next(_numbers):032}"
    fields = {"token": who.token, "key": key, "text": "", "path": path, "language": "ko", "after": 0}
    began = time.perf_counter()
    await post(app, "/say", f"{visitor.NAME}={issued(who)}", urlencode(fields).encode())
    return time.perf_counter() - began


def _seats(tx: Transaction, many: int) -> Seated:
    """So many courses, whose first class is now, and somebody for each scan who has a seat in one of them."""
    meetings = [_course(tx, number, many) for number in range(many)]
    seated = []
    for number in range(SCANS):
        course_id, session_id = meetings[number % many]
        who = visitor.new()
        resident = residents.welcome(tx, "web", who.address, "ko", BEFORE)
        enrollments.add(tx, course_id, resident.id, "confirmed", "web", BEFORE)
        seated.append((who, session_id))
    return seated


def _course(tx: Transaction, number: int, many: int) -> tuple[int, int]:
    course_id = add_course(tx, {**COURSE, "code": f"S{many}-{number}", "capacity": SCANS})
    first = select(sessions.c.id).where(sessions.c.course_id == course_id, sessions.c.number == 1)
    return course_id, tx.execute(first).scalar_one()


def _came(tx: Transaction) -> int:
    counted = select(func.count()).where(attendance.c.standing == "counts", attendance.c.mark == "present")
    number: int = tx.execute(counted).scalar_one()
    return number
