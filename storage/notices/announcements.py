"""What officers wrote to many: to whom, and how far it has come. Who gets it stands in the outbox."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, bindparam, case, delete, func, or_, select, text, update

from storage.database import Transaction, share, there_is
from storage.notices.audiences import agrees
from storage.notices.outbox import IS_PAUSED
from storage.notices.visits import ON_ITS_WAY
from storage.people.merging import MERGING
from storage.states import HOLDING, EnrollmentState
from storage.tables import UtcDateTime, announcements, courses, dispatches, enrollments, mutes, outbox, residents
from storage.tables.messages import ANNOUNCED

Whom = Literal["seats", "waiting", "all", "completed"]
Fate = Literal["waiting", "told", "unknown", "unreached", "ended"]

STATES: dict[Whom, Sequence[EnrollmentState]] = {
    "seats": HOLDING,
    "waiting": ("waiting",),
    "all": (*HOLDING, "waiting", "applied"),
    "completed": ("completed",),
}


@dataclass(frozen=True)
class Announcement:
    """Without a `course_id` it is for who completed courses: of a term, at a place, or wherever."""

    id: int
    course_id: int | None
    whom: Whom
    place: str
    term: str
    text: str
    text_en: str
    people: int
    cost: int
    written_by: str
    written_at: datetime
    due_at: datetime
    paused_at: datetime | None = None
    taken_back_at: datetime | None = None


@dataclass(frozen=True)
class Candidate:
    """Somebody who may get one, and what stands in the way."""

    resident_id: int
    is_unchecked: bool = False
    is_muted: bool = False
    agrees: bool = True


@dataclass(frozen=True)
class Recipient:
    """What became of it for somebody; `notice` is the id in the outbox."""

    notice: int
    resident_id: int
    fate: Fate
    reason: str | None
    name: str | None
    birth_year: int | None
    mobile: str | None


# --- who may get one ---

_counts = (residents.c.merged_into.is_(None), residents.c.erased_at.is_(None))
_muted = there_is(mutes, mutes.c.resident_id == enrollments.c.resident_id, mutes.c.kind == bindparam("kind"))


def of_course(tx: Transaction, course_id: int, whom: Whom, kind: str) -> list[Candidate]:
    """Each of its people in these states, in the order of their applications; nobody is merged meanwhile."""
    share(tx, MERGING)
    lives = [enrollments.c.ended_at.is_(None)] if whom != "completed" else []
    query = (
        select(enrollments.c.resident_id, enrollments.c.unchecked_since.is_not(None), _muted)
        .join(residents, residents.c.id == enrollments.c.resident_id)
        .where(enrollments.c.course_id == course_id, enrollments.c.state.in_(STATES[whom]), *lives, *_counts)
        .order_by(enrollments.c.id)
    )
    found = {row[0]: Candidate(row[0], bool(row[1]), bool(row[2])) for row in tx.execute(query, {"kind": kind})}
    return list(found.values())


def completers(tx: Transaction, course_ids: Collection[int], version: str) -> list[Candidate]:
    """Who completed one of these courses, and whether they agreed to news, to this version of the text."""
    share(tx, MERGING)
    completed = select(enrollments.c.resident_id).where(
        enrollments.c.state == "completed", enrollments.c.course_id.in_(course_ids)
    )
    query = select(residents.c.id, agrees("news")).where(*_counts, residents.c.id.in_(completed))
    query = query.order_by(residents.c.id)
    return [Candidate(row[0], agrees=bool(row[1])) for row in tx.execute(query, {"version": version})]


def courses_completed(tx: Transaction, term: str) -> list[Any]:
    """Those that somebody completed, of a term or of all, with what tells where they were held."""
    columns = ("id", "title", "category", "operation", "venue", "keywords")
    ended = there_is(enrollments, enrollments.c.course_id == courses.c.id, enrollments.c.state == "completed")
    of_term = [courses.c.term == term] if term else []
    return list(tx.execute(select(*(courses.c[name] for name in columns)).where(ended, *of_term)))


def terms_completed(tx: Transaction) -> list[str]:
    """Those of courses that somebody completed, the newest first."""
    ended = there_is(enrollments, enrollments.c.course_id == courses.c.id, enrollments.c.state == "completed")
    return sorted(tx.execute(select(courses.c.term).where(ended).distinct()).scalars(), reverse=True)


def is_concerned(tx: Transaction, one: Announcement, resident_id: int) -> bool:
    """Whether somebody still is one of those to whom it was written."""
    lives = [enrollments.c.ended_at.is_(None)] if one.whom != "completed" else []
    theirs = (enrollments.c.course_id == one.course_id, enrollments.c.resident_id == resident_id)
    return bool(
        tx.execute(select(there_is(enrollments, *theirs, enrollments.c.state.in_(STATES[one.whom]), *lives))).scalar()
    )


# --- the announcements themselves ---

_FIELDS = [announcements.c[name] for name in Announcement.__dataclass_fields__]
_BY_ID = select(*_FIELDS).where(announcements.c.id == bindparam("at"))


def add(tx: Transaction, **values: Any) -> int:
    number: int = tx.execute(announcements.insert().values(values).returning(announcements.c.id)).scalar_one()
    return number


def find(tx: Transaction, number: int) -> Announcement | None:
    row = tx.execute(_BY_ID, {"at": number}).one_or_none()
    return Announcement(*row) if row else None


def lock(tx: Transaction, number: int) -> Announcement | None:
    """It stays as it is until the transaction ends."""
    row = tx.execute(_BY_ID.with_for_update(), {"at": number}).one_or_none()
    return Announcement(*row) if row else None


def with_ids(tx: Transaction, ids: Collection[int]) -> dict[int, Announcement]:
    rows = tx.execute(select(*_FIELDS).where(announcements.c.id.in_(ids)))
    return {row.id: Announcement(*row) for row in rows}


def newest_id(tx: Transaction) -> int:
    newest: int = tx.execute(select(func.coalesce(func.max(announcements.c.id), 0))).scalar_one()
    return newest


def newest(tx: Transaction, limit: int, course_id: int | None = None) -> list[Announcement]:
    """The newest first; of one course, or of all."""
    these = [announcements.c.course_id == course_id] if course_id else []
    rows = tx.execute(select(*_FIELDS).where(*these).order_by(announcements.c.id.desc()).limit(limit))
    return [Announcement(*row) for row in rows]


# --- how far they have come ---

_announced = text(ANNOUNCED)
_is_unseen = (outbox.c.outcome == "unreached") & outbox.c.seen_at.is_(None)
_FATE = case(
    (outbox.c.seen_at.is_not(None) | (outbox.c.outcome == "sent"), "told"),
    (outbox.c.outcome.is_(None), "waiting"),
    (outbox.c.outcome == "unknown", "unknown"),
    (outbox.c.outcome.in_(("unreached", "refused")), "unreached"),
    else_="ended",
)


def _of(number: int) -> tuple[Any, ...]:
    return (_announced, outbox.c.about == number)


def counts(tx: Transaction, numbers: Collection[int]) -> dict[int, Counter[str]]:
    """By announcement, how many people there are of each fate."""
    query = select(outbox.c.about, _FATE, func.count()).where(_announced, outbox.c.about.in_(numbers))
    found: dict[int, Counter[str]] = {number: Counter() for number in numbers}
    for about, fate, count in tx.execute(query.group_by(outbox.c.about, _FATE)):
        found[about][fate] = count
    return found


def spent(tx: Transaction, number: int) -> int:
    """What all that left of it costs, in hundredths of a won."""
    notices = select(outbox.c.id).where(*_of(number))
    costs = select(func.coalesce(func.sum(dispatches.c.cost), 0)).where(dispatches.c.notice_id.in_(notices))
    return int(tx.execute(costs).scalar_one())


def recipients(tx: Transaction, number: int, fates: Collection[Fate], limit: int) -> list[Recipient]:
    """Those of these fates, who wasn't reached first."""
    who = (residents.c.name, residents.c.birth_year, residents.c.mobile)
    order = case({"unreached": 0, "unknown": 1, "ended": 2, "waiting": 3}, value=_FATE, else_=4)
    query = (
        select(outbox.c.id, outbox.c.resident_id, _FATE, outbox.c.reason, *who)
        .join(residents, residents.c.id == outbox.c.resident_id)
        .where(*_of(number), _FATE.in_(fates))
        .order_by(order, outbox.c.id)
        .limit(limit)
    )
    return [Recipient(*row) for row in tx.execute(query)]


# --- pausing, going on, sending again, taking back ---


def _is_not_just_told(now: datetime) -> ColumnElement[bool]:
    """No answer that tells it is on its way to a chat."""
    lately = bindparam("lately", now - ON_ITS_WAY, type_=UtcDateTime)
    return or_(outbox.c.started_at.is_(None), outbox.c.started_at <= lately)


def pause(tx: Transaction, number: int, now: datetime) -> int:
    """Who hasn't got it yet doesn't, neither by itself nor at their next visit; how many they are.

    What is just being sent, and turns out not to have left, stays here, too.
    """
    tx.execute(update(announcements).where(announcements.c.id == number).values(paused_at=now))
    lasting = (*_of(number), outbox.c.expires_at > now)
    kept = {"due_at": outbox.c.expires_at}
    tx.execute(update(outbox).where(*lasting, outbox.c.outcome.is_(None)).values(kept))
    anew = {**kept, "outcome": None, "reason": None, "settled_at": None, "started_at": None}
    tx.execute(update(outbox).where(*lasting, _is_unseen, _is_not_just_told(now)).values(anew))
    paused = (*_of(number), outbox.c.outcome.is_(None), outbox.c.started_at.is_(None), IS_PAUSED)
    return tx.execute(select(func.count()).select_from(outbox).where(*paused)).scalar_one()


def go_on(tx: Transaction, number: int, due_at: datetime) -> int:
    """What was paused is owed from then on; how many they are."""
    tx.execute(update(announcements).where(announcements.c.id == number).values(paused_at=None, due_at=due_at))
    these = (*_of(number), outbox.c.outcome.is_(None), IS_PAUSED, outbox.c.expires_at > due_at)
    return tx.execute(update(outbox).where(*these).values(due_at=due_at)).rowcount


def _was_not_reached(now: datetime) -> ColumnElement[bool]:
    """It certainly didn't arrive, and nobody told it."""
    outcomes = outbox.c.outcome.in_(("unreached", "refused", "expired"))
    return outcomes & outbox.c.seen_at.is_(None) & _is_not_just_told(now)


def not_reached(tx: Transaction, number: int, now: datetime) -> list[tuple[int, int]]:
    """(notice, resident) of those."""
    query = select(outbox.c.id, outbox.c.resident_id).where(*_of(number), _was_not_reached(now))
    return [(row.id, row.resident_id) for row in tx.execute(query.order_by(outbox.c.id).with_for_update())]


def owe_again(tx: Transaction, number: int, due_at: datetime, until: datetime, now: datetime) -> int:
    """To whom it certainly didn't arrive; under its old key, so that nobody gets it twice. How many they are."""
    anew = {"outcome": None, "reason": None, "settled_at": None, "started_at": None, "attempts": 0}
    these = update(outbox).where(*_of(number), _was_not_reached(now))
    return tx.execute(these.values(**anew, due_at=due_at, expires_at=until)).rowcount


_MAY_BE_TOLD = or_(
    outbox.c.outcome.in_(("sent", "unknown")), outbox.c.seen_at.is_not(None), outbox.c.started_at.is_not(None)
)


def may_be_told(tx: Transaction, number: int, resident_id: int) -> bool:
    """Whether somebody was told, or just is."""
    theirs = select(outbox.c.id).where(*_of(number), outbox.c.resident_id == resident_id, _MAY_BE_TOLD)
    return tx.execute(theirs.limit(1)).first() is not None


def take_back(tx: Transaction, number: int, now: datetime) -> list[int]:
    """Nobody gets it any more. Residents who were told, or just are; without any it leaves nothing."""
    is_owed = outbox.c.outcome.is_(None) & outbox.c.started_at.is_(None)
    tx.execute(delete(outbox).where(*_of(number), is_owed | (_is_unseen & _is_not_just_told(now))))
    heard = list(tx.execute(select(outbox.c.resident_id).where(*_of(number), _MAY_BE_TOLD).distinct()).scalars())
    if heard:
        tx.execute(update(announcements).where(announcements.c.id == number).values(taken_back_at=now))
    else:
        tx.execute(delete(outbox).where(*_of(number)))
        tx.execute(delete(announcements).where(announcements.c.id == number))
    return sorted(heard)
