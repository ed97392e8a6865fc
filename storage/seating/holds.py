"""Seats that an officer keeps for an institution until a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select, update

from storage.database import Transaction
from storage.tables import seat_holds


@dataclass(frozen=True)
class Hold:
    """So many seats for an institution, of which some are used; it is over once it has `ended_at`."""

    id: int
    course_id: int
    institution: str
    seats: int
    used: int
    until: datetime
    made_at: datetime
    ended_at: datetime | None

    @property
    def left(self) -> int:
        return self.seats - self.used


def add(tx: Transaction, course_id: int, institution: str, seats: int, until: datetime, now: datetime) -> int:
    """Its id. The course must be locked, and have so many free seats."""
    row = {"course_id": course_id, "institution": institution, "seats": seats, "until": until, "made_at": now}
    added: int = tx.execute(seat_holds.insert().values(row).returning(seat_holds.c.id)).scalar_one()
    return added


def find(tx: Transaction, hold_id: int) -> Hold | None:
    row = tx.execute(select(seat_holds).where(seat_holds.c.id == hold_id)).one_or_none()
    return Hold(**row._mapping) if row else None


def living(tx: Transaction, course_id: int | None = None) -> list[Hold]:
    """Those that aren't over, of one course or of all; the first to end comes first."""
    these = select(seat_holds).where(seat_holds.c.ended_at.is_(None))
    if course_id is not None:
        these = these.where(seat_holds.c.course_id == course_id)
    rows = tx.execute(these.order_by(seat_holds.c.until, seat_holds.c.id))
    return [Hold(**row._mapping) for row in rows]


def use(tx: Transaction, hold_id: int, seats: int, now: datetime) -> bool:
    """Take seats of it, the last of which ends it; False when it hasn't as many. The course must be locked."""
    this = (seat_holds.c.id == hold_id, seat_holds.c.ended_at.is_(None), seat_holds.c.until >= now)
    enough = seat_holds.c.seats - seat_holds.c.used >= seats
    used = seat_holds.c.used + seats
    values = {"used": used, "ended_at": case((used == seat_holds.c.seats, now), else_=None)}
    return tx.execute(update(seat_holds).where(*this, enough).values(values)).rowcount == 1


def end(tx: Transaction, ids: Sequence[int], now: datetime) -> None:
    these = (seat_holds.c.id.in_(ids), seat_holds.c.ended_at.is_(None))
    tx.execute(update(seat_holds).where(*these).values(ended_at=now))


def lapsed(tx: Transaction, now: datetime) -> list[int]:
    """Courses with a hold whose time is over."""
    these = (seat_holds.c.ended_at.is_(None), seat_holds.c.until < now)
    return list(tx.execute(select(seat_holds.c.course_id).where(*these).distinct()).scalars())
