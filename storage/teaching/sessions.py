"""Sessions: the single class meetings of a course, and what became of those that were moved or dropped."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, or_, select, update

from storage.database import Transaction
from storage.engine.prepared import Prepared
from storage.tables import UtcDateTime, courses, session_changes, sessions

Times = tuple[datetime, datetime]  # from and to


@dataclass(frozen=True)
class Session:
    """`number` counts from 1 within the course, in the order of time; `revision` tells how often it was changed."""

    id: int
    course_id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    revision: int
    planned_at: datetime | None = None  # where the course file has it, once it was moved by hand

    @property
    def planned(self) -> Times:
        """The times of the course file, whatever was moved by hand since."""
        start = self.planned_at or self.starts_at
        return start, start + (self.ends_at - self.starts_at)


@dataclass(frozen=True)
class Change:
    """A session that was moved, dropped when `new_starts_at` is None, or added when `old_starts_at` is."""

    id: int
    course_id: int
    session_id: int
    number: int
    old_starts_at: datetime | None
    new_starts_at: datetime | None
    revision: int
    changed_at: datetime
    planned_at: datetime | None = None  # where the course file still has it, when it was dropped by hand


_COLUMNS = [sessions.c[name] for name in Session.__dataclass_fields__]
_OF_COURSES = Prepared(
    select(*_COLUMNS)
    .where(sessions.c.course_id.in_(bindparam("course_ids", expanding=True)))
    .order_by(sessions.c.starts_at)
)
_BY_ID = select(*_COLUMNS).where(sessions.c.id == bindparam("id"))
_WITH_IDS = select(*_COLUMNS).where(sessions.c.id.in_(bindparam("ids", expanding=True)))
_BEGINNINGS = (
    select(sessions.c.starts_at)
    .where(sessions.c.starts_at > bindparam("since", type_=UtcDateTime))
    .where(sessions.c.starts_at <= bindparam("until", type_=UtcDateTime))
    .distinct()
    .order_by(sessions.c.starts_at)
)
_CHANGED = (
    select(session_changes)
    .where(session_changes.c.changed_at > bindparam("since", type_=UtcDateTime))
    .where(session_changes.c.changed_at <= bindparam("until", type_=UtcDateTime))
    .order_by(session_changes.c.id)
)


def of_courses(tx: Transaction, course_ids: Sequence[int]) -> list[Session]:
    """In the order of time."""
    return [Session(*row) for row in _OF_COURSES.all(tx, course_ids=course_ids)]


def with_ids(tx: Transaction, ids: Collection[int]) -> list[Session]:
    return [Session(*row) for row in tx.execute(_WITH_IDS, {"ids": list(ids)})] if ids else []


def find(tx: Transaction, session_id: int) -> Session | None:
    row = tx.execute(_BY_ID, {"id": session_id}).one_or_none()
    return Session(*row) if row else None


def beginnings(tx: Transaction, since: datetime, until: datetime) -> list[datetime]:
    """The moments after `since` and no later than `until` at which sessions begin, each once."""
    return list(tx.execute(_BEGINNINGS, {"since": since, "until": until}).scalars())


def changes(tx: Transaction, course_id: int, since: datetime) -> list[Change]:
    """What was changed in a course after a moment, in that order."""
    these = (session_changes.c.course_id == course_id, session_changes.c.changed_at > since)
    return [Change(*row) for row in tx.execute(select(session_changes).where(*these).order_by(session_changes.c.id))]


def changed_between(tx: Transaction, since: datetime, until: datetime) -> list[Change]:
    """What was changed in any course after `since` and no later than `until`, in that order."""
    return [Change(*row) for row in tx.execute(_CHANGED, {"since": since, "until": until})]


def dropped(tx: Transaction, course_id: int) -> list[Change]:
    these = (session_changes.c.course_id == course_id, session_changes.c.new_starts_at.is_(None))
    return [Change(*row) for row in tx.execute(select(session_changes).where(*these))]


def in_venues(tx: Transaction, venues: Collection[str], since: datetime, until: datetime) -> list[Row[Any]]:
    """Classes there that overlap a time: (code, title, venue, starts_at, ends_at)."""
    columns = (courses.c.code, courses.c.title, courses.c.venue, sessions.c.starts_at, sessions.c.ends_at)
    query = select(*columns).join(courses, courses.c.id == sessions.c.course_id)
    these = (courses.c.venue.in_(venues), courses.c.state != "cancelled")
    return list(tx.execute(query.where(*these, sessions.c.starts_at < until, sessions.c.ends_at > since)))


def clashing(
    tx: Transaction, course_id: int, venues: Collection[str], times: Times, but: Collection[int] = ()
) -> tuple[Session, str] | None:
    """A class of its course or in these venues that overlaps these times, with the title of its course.

    `but` are sessions that don't count.
    """
    starts_at, ends_at = times
    beside = or_(sessions.c.course_id == course_id, courses.c.venue.in_(venues))
    these = (sessions.c.id.not_in(but), sessions.c.starts_at < ends_at, sessions.c.ends_at > starts_at)
    query = select(*_COLUMNS, courses.c.title).join(courses, courses.c.id == sessions.c.course_id)
    row = tx.execute(query.where(*these, beside, courses.c.state != "cancelled").order_by(sessions.c.starts_at)).first()
    return (Session(*row[:-1]), row[-1]) if row else None


def dropped_by_hand(tx: Transaction, course_ids: Sequence[int]) -> dict[int, set[datetime]]:
    """Where the course file still has classes that were dropped by hand, by course."""
    found: dict[int, set[datetime]] = {course_id: set() for course_id in course_ids}
    these = (session_changes.c.course_id.in_(course_ids), session_changes.c.planned_at.is_not(None))
    for row in tx.execute(select(session_changes.c.course_id, session_changes.c.planned_at).where(*these)):
        found[row.course_id].add(row.planned_at)
    return found


def move(tx: Transaction, session: Session, times: Times, now: datetime) -> None:
    """Move one session by hand; the next import of the course file leaves it there. The course must be locked."""
    move_all(tx, {session: times}, now)


def move_all(tx: Transaction, moved: Mapping[Session, Times], now: datetime) -> None:
    """Move sessions of one course by hand, as `move` does one. The course must be locked."""
    _move(tx, moved, now)
    this = update(sessions).where(sessions.c.id == bindparam("moved")).values(planned_at=bindparam("planned"))
    tx.execute(this, [{"moved": each.id, "planned": each.planned[0]} for each in moved])
    _renumber(tx, [next(iter(moved)).course_id])


def add(tx: Transaction, course_id: int, times: Times, planned_at: datetime, now: datetime) -> int:
    """One more session, which the course file will have at `planned_at`; its id. The course must be locked."""
    known = of_courses(tx, [course_id])
    _forget_dropped(tx, course_id, {planned_at})
    _add(tx, course_id, known, [times], now)
    this = (sessions.c.course_id == course_id, sessions.c.number == max((each.number for each in known), default=0) + 1)
    added = update(sessions).where(*this).returning(sessions.c.id)
    moved_from = None if planned_at == times[0] else planned_at
    session_id: int = tx.execute(added.values(planned_at=moved_from)).scalar_one()
    _renumber(tx, [course_id])
    return session_id


def drop(tx: Transaction, session: Session, now: datetime) -> None:
    """Drop one session by hand; imports leave it out as long as the file has it there. The course must be locked."""
    _drop(tx, [session], now)
    this = (session_changes.c.session_id == session.id, session_changes.c.new_starts_at.is_(None))
    tx.execute(update(session_changes).where(*this).values(planned_at=session.planned[0]))
    _renumber(tx, [session.course_id])


def replace(tx: Transaction, planned: Mapping[int, Sequence[Times]], now: datetime) -> None:
    """Make the sessions of each course id those of `planned`; one that moves keeps its id, which calendars know.

    A session stays that has a place in the plan; the others move, in their order, to the places that are left.
    What was dropped by hand stays away until it has left the plan.
    """
    gone = dropped_by_hand(tx, list(planned))
    known: dict[int, list[Session]] = {course_id: [] for course_id in planned}
    for session in of_courses(tx, list(planned)):
        known[session.course_id].append(session)
    for course_id, wanted in planned.items():
        held = [times for times in wanted if times[0] not in gone[course_id]]
        _replace(tx, course_id, known[course_id], held, now)
        _forget_dropped(tx, course_id, gone[course_id] - {since for since, _ in wanted})
    _renumber(tx, list(planned))


def _replace(tx: Transaction, course_id: int, known: Sequence[Session], wanted: Sequence[Times], now: datetime) -> None:
    moved, gone, added = _differences(known, wanted)
    _move(tx, moved, now)
    _drop(tx, gone, now)
    _add(tx, course_id, known, added, now)


def would_tell(known: Sequence[Session], wanted: Sequence[Times]) -> bool:
    """Whether `replace` would add or drop a session or move one to another time; a new end alone isn't noted."""
    moved, gone, added = _differences(known, wanted)
    return bool(gone or (known and added)) or any(since != each.starts_at for each, (since, _) in moved.items())


def _differences(
    known: Sequence[Session], wanted: Sequence[Times]
) -> tuple[dict[Session, Times], Sequence[Session], Sequence[Times]]:
    """Which move where to, which are dropped, and which times are added."""
    kept = {session.planned for session in known} & set(wanted)
    moving = [session for session in known if session.planned not in kept]
    places = [times for times in wanted if times not in kept]
    return dict(zip(moving, places, strict=False)), moving[len(places) :], places[len(moving) :]


def _forget_dropped(tx: Transaction, course_id: int, planned: Collection[datetime]) -> None:
    if planned:
        these = (session_changes.c.course_id == course_id, session_changes.c.planned_at.in_(planned))
        tx.execute(update(session_changes).where(*these).values(planned_at=None))


def _move(tx: Transaction, moved: Mapping[Session, Times], now: datetime) -> None:
    if not moved:
        return
    times: dict[str, Any] = {"starts_at": bindparam("since"), "ends_at": bindparam("until"), "planned_at": None}
    this = update(sessions).where(sessions.c.id == bindparam("moved"))
    this = this.values(**times, revision=sessions.c.revision + 1)
    tx.execute(this, [{"moved": each.id, "since": since, "until": until} for each, (since, until) in moved.items()])
    _note(tx, {each: since for each, (since, _) in moved.items() if since != each.starts_at}, now)


def _drop(tx: Transaction, gone: Sequence[Session], now: datetime) -> None:
    if gone:
        tx.execute(delete(sessions).where(sessions.c.id == bindparam("gone")), [{"gone": each.id} for each in gone])
        _note(tx, dict.fromkeys(gone), now)


def _note(tx: Transaction, changed: Mapping[Session, datetime | None], now: datetime) -> None:
    rows = [
        {
            "course_id": each.course_id,
            "session_id": each.id,
            "number": each.number,
            "old_starts_at": each.starts_at,
            "new_starts_at": new,
            "revision": each.revision + 1,
            "changed_at": now,
        }
        for each, new in changed.items()
    ]
    if rows:
        tx.execute(session_changes.insert(), rows)


def _add(tx: Transaction, course_id: int, known: Sequence[Session], added: Sequence[Times], now: datetime) -> None:
    """The classes of a new course aren't noted one by one."""
    first = max((each.number for each in known), default=0) + 1
    rows = [
        {"course_id": course_id, "number": number, "starts_at": since, "ends_at": until}
        for number, (since, until) in enumerate(added, first)
    ]
    if rows:
        tx.execute(sessions.insert(), rows)
    if rows and known:
        these = (sessions.c.course_id == course_id, sessions.c.number >= first)
        ids = tx.execute(select(sessions.c.id, sessions.c.number, sessions.c.starts_at).where(*these)).all()
        new = {"course_id": course_id, "old_starts_at": None, "revision": 0, "changed_at": now}
        listed = [{"session_id": id_, "number": at, "new_starts_at": since, **new} for id_, at, since in ids]
        tx.execute(session_changes.insert(), listed)


def _renumber(tx: Transaction, course_ids: Sequence[int]) -> None:
    """Numbers follow time again; by way of negative ones, as no two may be the same at any moment."""
    numbers: dict[int, int] = dict.fromkeys(course_ids, 0)
    wrong = []
    for session in of_courses(tx, course_ids):
        numbers[session.course_id] += 1
        if session.number != numbers[session.course_id]:
            wrong.append({"at": session.id, "right": numbers[session.course_id]})
    if wrong:
        this = update(sessions).where(sessions.c.id == bindparam("at"))
        tx.execute(this.values(number=-sessions.c.number), [{"at": each["at"]} for each in wrong])
        tx.execute(this.values(number=bindparam("right")), wrong)
