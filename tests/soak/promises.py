"""The invariants: by SQL after each trouble, and in the end beside everything that the doubles and residents saw."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Row, case, func, select

from storage.audit import chain
from storage.database import Transaction
from storage.seating.origins import NO_COURSE
from storage.tables import courses, enrollments, inbox, origin_looks, outbox, survey_pending, survey_turnout
from tests.soak.city import PATIENCE, City
from tests.soak.officers import Officers
from tests.soak.pushes import PRICES, Pushes
from tests.soak.residents import Courses, Residents
from tests.support.service.kept import APPLICANTS, misled, seats_told
from tests.support.service.registering import CONFIRMED, FULL, WAITING

STATES = {CONFIRMED: "confirmed", WAITING: "waiting"}
_SEATED = func.sum(case((enrollments.c.state.in_(("confirmed", "offered")), 1), else_=0))
_LIVE = enrollments.c.ended_at.is_(None)
_SEATS = (
    select(courses.c.id, courses.c.capacity, _SEATED.label("seated"))
    .join(enrollments, enrollments.c.course_id == courses.c.id)
    .where(_LIVE)
    .group_by(courses.c.id, courses.c.capacity)
    .having(courses.c.capacity < _SEATED)
)
_TWICE = (
    select(enrollments.c.course_id, enrollments.c.resident_id)
    .where(_LIVE)
    .group_by(enrollments.c.course_id, enrollments.c.resident_id)
    .having(func.count() > 1)
)
_SAID_TWICE = select(inbox.c.channel, inbox.c.key).group_by(inbox.c.channel, inbox.c.key).having(func.count() > 1)
_OWED_TWICE = select(outbox.c.key).group_by(outbox.c.key).having(func.count() > 1)
_UNANSWERED = select(inbox.c.key).where(inbox.c.settled_at.is_not(None), inbox.c.reply.is_(None))
_UNSOUND = """SELECT conname FROM pg_constraint WHERE NOT convalidated
UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"""


async def by_sql(city: City) -> list[str]:
    """What is wrong in the tables at this very moment, whoever is at work."""
    found = await city.asks(_looked_through)
    return found + await (_of_file(city) if city.ground.kind == "sqlite" else _of_server(city))


def _looked_through(tx: Transaction) -> list[str]:
    queries = {
        "more seats than there are": _SEATS,
        "two places of one in a course": _TWICE,
        "a message kept twice": _SAID_TWICE,
        "a notice owed twice": _OWED_TWICE,
        "settled without a reply": _UNANSWERED,
    }
    found = [f"{what}: {row}" for what, query in queries.items() for row in tx.execute(query).all()[:3]]
    broken = chain.broken(tx)
    return found if broken is None else [*found, f"the chain of the journal breaks at {broken}"]


async def _of_file(city: City) -> list[str]:
    def look() -> list[str]:
        with closing(sqlite3.connect(f"file:{city.ground.file}?mode=ro", uri=True, timeout=60)) as opened:
            loose = opened.execute("PRAGMA foreign_key_check").fetchall()
            whole = opened.execute("PRAGMA integrity_check").fetchall()
        return [f"leads nowhere: {row}" for row in loose] + [f"{row[0]}" for row in whole if row != ("ok",)]

    return await asyncio.to_thread(look)


async def _of_server(city: City) -> list[str]:
    return [f"unsound: {row[0]}" for row in await city.ground.says(_UNSOUND)]


async def in_the_end(city: City, residents: Residents, pushes: Pushes, officers: Officers) -> list[str]:
    """When nobody comes any more and nothing is owed."""
    found = await by_sql(city)
    found += await _of_updates(city) + await _of_calm(city)
    found += await _of_telegram(city, residents)
    found += await _of_web(city, residents.web)
    found += await _of_kakao(city, residents.kakao)
    found += await _of_survey(city, residents)
    found += await _of_pushes(pushes) + await _of_costs(pushes)
    found += await officers.halves()
    found += await officers.unwritten()
    return found + _of_logs(city)


async def _of_updates(city: City) -> list[str]:
    """Each was kept and has its reply; a reply left twice only where something broke at that time."""
    settled = select(inbox.c.key).where(inbox.c.settled_at.is_not(None), inbox.c.failure.is_(None))
    keys = set(await city.asks(lambda tx: list(tx.execute(settled).scalars())))
    lost = [each for each in city.kept_entries() if str(each.update_id) not in keys]
    silent = city.owed()
    twice = [each for each in city.kept_entries() if each.replies > 1]
    calm = [each for each in twice if city.was_calm(each)]
    city.counts["updates"] = len(city.api.ledger.entries)
    city.counts["replies repeated after a cut"] = len(twice) - len(calm)
    return [
        *([f"lost: {len(lost)} updates aren't kept, the first {lost[0]}"] if lost else []),
        *([f"lost: {len(silent)} updates without a reply, the first {silent[0]}"] if silent else []),
        *([f"twice: {len(calm)} replies although nothing broke, the first {calm[0]}"] if calm else []),
    ]


async def _of_calm(city: City) -> list[str]:
    """Once nothing is wrong any more, newcomers are answered, and once."""
    people = [city.town.resident() for _ in range(20)]
    await asyncio.gather(*(each.asks("/help", PATIENCE) for each in people))
    await city.town.quiet(PATIENCE)
    wrong = [each.id for each in people if len(each.messages) != 1]
    return [f"twice: {len(wrong)} of {len(people)} newcomers, though nothing was wrong"] if wrong else []


async def _of_telegram(city: City, residents: Residents) -> list[str]:
    found, looks = [], await city.asks(_looks)
    for course in residents.telegram.opened:
        theirs = [each for at, each in residents.registrations if at == course]
        if not await seats_told(city.town, course, theirs):
            found.append(f"course {course}: told {Counter(each.outcome for each in theirs)}, held otherwise")
        found += [f"misled: {row}" for row in await misled(city.town, theirs)]
        if looks.get(course, 0) != len(theirs):
            found.append(f"course {course}: {looks.get(course)} came by the flyer, of {len(theirs)}")
    return found


def _looks(tx: Transaction) -> dict[int, int]:
    query = select(origin_looks.c.course_id, func.sum(origin_looks.c.looks)).where(
        origin_looks.c.course_id != NO_COURSE
    )
    return {int(row[0]): int(row[1]) for row in tx.execute(query.group_by(origin_looks.c.course_id))}


async def _held(city: City, course: int, channel: str) -> Sequence[Row[Any]]:
    query = select(enrollments.c.resident_id, enrollments.c.state, enrollments.c.unchecked_since)
    these = query.where(enrollments.c.course_id == course, enrollments.c.channel == channel, _LIVE)
    return await city.asks(lambda tx: tx.execute(these).all())


async def _of_web(city: City, told: Courses) -> list[str]:
    found = []
    for course in told.opened:
        said = Counter(STATES[each] for each in told.told[course] if each != FULL)
        held = Counter(row.state for row in await _held(city, course, "web"))
        city.counts["web registrations"] += said.total()
        if said != held:
            found.append(f"web course {course}: told {said}, held {held}")
    return found


async def _of_kakao(city: City, told: Courses) -> list[str]:
    """Who gave up may have a place that they weren't told of."""
    found = []
    for course in told.opened:
        said = Counter(STATES[words] for _, words in told.told[course] if words not in (FULL, ""))
        given_up = sum(not words for _, words in told.told[course])
        held = Counter(row.state for row in await _held(city, course, "kakao"))
        city.counts["KakaoTalk registrations"] += said.total()
        if said - held or (held - said).total() > given_up or (len(told.told[course]) > APPLICANTS):
            found.append(f"KakaoTalk course {course}: told {said}, held {held}, {given_up} gave up")
    return found


async def _of_survey(city: City, residents: Residents) -> list[str]:
    thanked = city.counts["surveys answered"]
    turnout = select(func.coalesce(func.sum(survey_turnout.c.count), 0))
    sheets = select(func.count()).select_from(survey_pending)
    counted, kept = await city.asks(lambda tx: (tx.execute(turnout).scalar_one(), tx.execute(sheets).scalar_one()))
    same = thanked == counted == kept
    return [] if same else [f"survey: {thanked} were thanked, {counted} are counted, {kept} sheets are kept"]


async def _of_pushes(pushes: Pushes) -> list[str]:
    expected = {"sent": (1,), "unknown": (0, 1), "unreached": (0,), "cancelled": (0,)}
    found, rows = [], await pushes.rows()
    for row in rows:
        got = pushes.arrived(row.resident_id)
        if got.total() not in expected.get(row.outcome, ()):
            kind = "twice" if got.total() > 1 else "lost"
            when = (
                f"due {row.due_at:%d %H:%M:%S}, began {row.started_at:%d %H:%M:%S}"
                if row.started_at
                else f"due {row.due_at}"
            )
            found.append(f"{kind}: push {row.key} is {row.outcome} ({row.reason}), {when}, arrived {dict(got)}")
        pushes.city.counts[f"pushes {row.outcome}"] += 1
    if len(rows) != len(pushes.told):
        found.append(f"lost: {len(pushes.told)} pushes are owed, {len(rows)} planned")
    return found


async def _of_costs(pushes: Pushes) -> list[str]:
    """What is charged is what was delivered, and what nobody knows of at most."""
    rows = await pushes.costs()
    wrong = [row for row in rows if row.outcome and row.cost != (0 if row.outcome == "failed" else PRICES[row.way])]
    found = [f"cost of {row.outcome}: {row.cost}" for row in wrong]
    delivered = Counter(row.way for row in rows if row.outcome == "delivered")
    doubtful = Counter(row.way for row in rows if row.outcome in ("unknown", None))
    city = pushes.city
    charged = {"kakao": city.event.charged // PRICES["kakao"], "alimtalk": len(city.dealer.account.arrived)}
    return found + [
        f"{way}: charged {charged[way]}, delivered {delivered[way]}, doubtful {doubtful[way]}"
        for way in PRICES
        if not delivered[way] <= charged[way] <= delivered[way] + doubtful[way]
    ]


def _of_logs(city: City) -> list[str]:
    logs = "".join(each.logs for each in city.services)
    secrets = (city.api.token, city.api.token.partition(":")[2], city.event.key, "010-2000-", "+8210", "홍길동")
    city.counts["errors in the logs"] = logs.count("level=ERROR")
    told = [f"in the logs: {secret}" for secret in secrets if secret in logs]
    bugs = logs.count("bug reference=")
    return told + ([f"{bugs} bugs in the logs: {logs.partition('bug reference=')[2][:1500]}"] if bugs else [])
