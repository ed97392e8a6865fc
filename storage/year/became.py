"""What became of courses of a year: classes, qualifications, how completers are doing, and talks at the job centre."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, case, func, select

from storage.database import Transaction
from storage.states import ATTENDED, HOLDING
from storage.tables import (
    appointments,
    certificates,
    enrollments,
    followups,
    origin_looks,
    qualifications,
    sessions,
)


@dataclass(frozen=True)
class Classes:
    """Of a course: how many classes, and how long they last together."""

    count: int
    minutes: int


def classes(tx: Transaction, course_ids: Collection[int]) -> dict[int, Classes]:
    """Without courses that have none."""
    query = select(sessions.c.course_id, sessions.c.starts_at, sessions.c.ends_at)
    found: dict[int, Classes] = {}
    for course_id, starts_at, ends_at in tx.execute(query.where(sessions.c.course_id.in_(course_ids))):
        so_far = found.get(course_id, Classes(0, 0))
        minutes = int((ends_at - starts_at).total_seconds()) // 60
        found[course_id] = Classes(so_far.count + 1, so_far.minutes + minutes)
    return found


def acquired(tx: Transaction, course_ids: Collection[int]) -> dict[int, int]:
    """How many of each course acquired a qualification, however many each of them has."""
    return _of_enrollments(tx, course_ids, qualifications)


def certified(tx: Transaction, course_ids: Collection[int]) -> dict[int, int]:
    """How many of each course have a certificate that is valid."""
    return _of_enrollments(tx, course_ids, certificates, certificates.c.revoked_at.is_(None))


def _of_enrollments(
    tx: Transaction, course_ids: Collection[int], table: Table, *only: ColumnElement[bool]
) -> dict[int, int]:
    people = func.count(table.c.enrollment_id.distinct())
    query = select(enrollments.c.course_id, people).select_from(
        table.join(enrollments, enrollments.c.id == table.c.enrollment_id)
    )
    query = query.where(enrollments.c.course_id.in_(course_ids), *only).group_by(enrollments.c.course_id)
    return {row[0]: row[1] for row in tx.execute(query)}


class Asked(NamedTuple):
    """How many completers of a course gave an answer some months later; None is none."""

    course_id: int
    stage: int
    answer: str | None
    people: int


def followed_up(tx: Transaction, course_ids: Collection[int]) -> list[Asked]:
    by = (enrollments.c.course_id, followups.c.stage, followups.c.answer)
    query = select(*by, func.count()).select_from(
        followups.join(enrollments, enrollments.c.id == followups.c.enrollment_id)
    )
    return [Asked(*row) for row in tx.execute(query.where(enrollments.c.course_id.in_(course_ids)).group_by(*by))]


class Talks(NamedTuple):
    """Appointments of a time that took place, and of how many it is noted that they registered or found work."""

    attended: int
    registered: int
    placed: int


def talks(tx: Transaction, since: datetime, until: datetime) -> Talks:
    """Those that begin from `since` on and before `until`."""
    flags = (func.sum(case((appointments.c[name], 1), else_=0)) for name in ("registered", "placed"))
    these = (appointments.c.state == "attended", appointments.c.starts_at >= since, appointments.c.starts_at < until)
    return Talks(*(count or 0 for count in tx.execute(select(func.count(), *flags).where(*these)).one()))


class Brought(NamedTuple):
    """What a flyer, poster or link brought to courses."""

    origin: str
    looks: int
    applied: int
    seats: int
    completed: int


def brought(tx: Transaction, course_ids: Collection[int]) -> list[Brought]:
    """Most applications first."""
    looks = select(origin_looks.c.origin, func.sum(origin_looks.c.looks)).group_by(origin_looks.c.origin)
    looked = {row[0]: row[1] for row in tx.execute(looks.where(origin_looks.c.course_id.in_(course_ids)))}
    has_seat = enrollments.c.state.in_((*HOLDING, *ATTENDED))
    counts = (func.sum(case((each, 1), else_=0)) for each in (has_seat, enrollments.c.state == "completed"))
    query = select(enrollments.c.origin, func.count(), *counts).group_by(enrollments.c.origin)
    these = (
        enrollments.c.course_id.in_(course_ids),
        enrollments.c.state != "merged",
        enrollments.c.origin.is_not(None),
    )
    applied = {row[0]: row[1:] for row in tx.execute(query.where(*these))}
    found = [Brought(each, looked.get(each, 0), *applied.get(each, (0, 0, 0))) for each in {*looked, *applied}]
    return sorted(found, key=lambda each: (-each.applied, -each.looks, each.origin))
