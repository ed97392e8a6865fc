"""Sessions: the single class meetings of a course."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from storage.database import Transaction
from storage.tables import sessions

Times = tuple[datetime, datetime]  # from and to


@dataclass(frozen=True)
class Session:
    """`number` counts from 1 within the course; `revision` tells how often it was moved."""

    id: int
    course_id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    revision: int


_OF_COURSES = (
    select(*(sessions.c[name] for name in Session.__dataclass_fields__))
    .where(sessions.c.course_id.in_(bindparam("course_ids", expanding=True)))
    .order_by(sessions.c.starts_at)
)


def of_courses(tx: Transaction, course_ids: Sequence[int]) -> list[Session]:
    """In the order of time."""
    return [Session(*row) for row in tx.execute(_OF_COURSES, {"course_ids": course_ids})]


def replace(tx: Transaction, planned: Mapping[int, Sequence[Times]]) -> None:
    """Make the sessions of each course id those of `planned`; one that moves keeps its id, which calendars know."""
    known = {(session.course_id, session.number): session for session in of_courses(tx, list(planned))}
    wanted = {(course, number): times for course, all_ in planned.items() for number, times in enumerate(all_, 1)}
    _drop(tx, [session.id for key, session in known.items() if key not in wanted])
    _move(tx, {known[key].id: times for key, times in wanted.items() if key in known and times != _times(known[key])})
    _add(tx, {key: times for key, times in wanted.items() if key not in known})


def _times(session: Session) -> Times:
    return session.starts_at, session.ends_at


def _drop(tx: Transaction, ids: Sequence[int]) -> None:
    if ids:
        tx.execute(delete(sessions).where(sessions.c.id == bindparam("gone")), [{"gone": id_} for id_ in ids])


def _move(tx: Transaction, moved: Mapping[int, Times]) -> None:
    if not moved:
        return
    times = {"starts_at": bindparam("since"), "ends_at": bindparam("until"), "revision": sessions.c.revision + 1}
    this = update(sessions).where(sessions.c.id == bindparam("moved")).values(times)
    tx.execute(this, [{"moved": id_, "since": since, "until": until} for id_, (since, until) in moved.items()])


def _add(tx: Transaction, added: Mapping[tuple[int, int], Times]) -> None:
    rows = [
        {"course_id": course_id, "number": number, "starts_at": since, "ends_at": until}
        for (course_id, number), (since, until) in added.items()
    ]
    if rows:
        tx.execute(sessions.insert(), rows)
