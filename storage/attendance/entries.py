"""What was said of somebody and a class: at most one of it counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from storage.database import Transaction, insert
from storage.states import Mark, Standing, Way
from storage.tables import attendance, enrollments


@dataclass(frozen=True)
class Entry:
    """`marked_at` is the clock of whoever said it; `entered_by` is an officer, or "" for the resident."""

    id: int
    session_id: int
    enrollment_id: int
    mark: Mark
    standing: Standing
    way: Way
    marked_at: datetime
    recorded_at: datetime
    entered_by: str
    reason: str
    key: str | None


_LOCK = select(enrollments.c.id).where(enrollments.c.id == bindparam("at")).with_for_update(key_share=True)
_OF_CELL = (
    select(attendance)
    .where(attendance.c.session_id == bindparam("session_id"), attendance.c.enrollment_id == bindparam("enrollment_id"))
    .order_by(attendance.c.id)
)
_OF_COURSE = (
    select(attendance)
    .join(enrollments, enrollments.c.id == attendance.c.enrollment_id)
    .where(enrollments.c.course_id == bindparam("course_id"))
    .order_by(attendance.c.id)
)
_OF_ENROLLMENTS = (
    select(attendance).where(attendance.c.enrollment_id.in_(bindparam("ids", expanding=True))).order_by(attendance.c.id)
)


def lock(tx: Transaction, enrollment_id: int) -> None:
    """Nobody else says anything of this enrollment before the transaction ends."""
    tx.execute(_LOCK, {"at": enrollment_id})


def of_cell(tx: Transaction, session_id: int, enrollment_id: int) -> list[Entry]:
    """All that was ever said of somebody and a class, in that order."""
    return _read(tx, _OF_CELL, session_id=session_id, enrollment_id=enrollment_id)


def of_course(tx: Transaction, course_id: int) -> list[Entry]:
    """All that was ever said in a course, in that order."""
    return _read(tx, _OF_COURSE, course_id=course_id)


def of_enrollments(tx: Transaction, ids: Collection[int]) -> list[Entry]:
    return _read(tx, _OF_ENROLLMENTS, ids=list(ids)) if ids else []


def count(tx: Transaction, session_id: int, marks: Collection[Mark]) -> int:
    """How many of a class are counted so."""
    these = (attendance.c.session_id == session_id, attendance.c.standing == "counts", attendance.c.mark.in_(marks))
    number: int = tx.execute(select(func.count()).where(*these)).scalar_one()
    return number


def find(tx: Transaction, entry_id: int) -> Entry | None:
    row = tx.execute(select(attendance).where(attendance.c.id == entry_id)).one_or_none()
    return Entry(*row) if row else None


def with_key(tx: Transaction, key: str) -> Entry | None:
    """What a device has sent under this key already."""
    row = tx.execute(select(attendance).where(attendance.c.key == key)).one_or_none()
    return Entry(*row) if row else None


def add(tx: Transaction, **values: Any) -> Entry:
    """The enrollment must be locked; of one that counts, the one that counted must have been replaced."""
    return Entry(*tx.execute(insert(tx, attendance).values(values).returning(attendance)).one())


def put(tx: Transaction, entry_ids: Collection[int], standing: Standing) -> None:
    tx.execute(update(attendance).where(attendance.c.id.in_(entry_ids)).values(standing=standing))


def _read(tx: Transaction, query: Any, **args: Any) -> list[Entry]:
    return [Entry(*row) for row in tx.execute(query, args)]
