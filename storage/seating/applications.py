"""What officers alone do to applications and ask of them: an order of the line, a second life, earlier ones."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from storage.database import Transaction
from storage.states import EnrollmentState
from storage.tables import enrollments


def set_line_order(tx: Transaction, orders: Mapping[int, int]) -> None:
    """An officer's word on the places of these in line."""
    rows = [{"at": enrollment_id, "place": place} for enrollment_id, place in orders.items()]
    if rows:
        this = enrollments.c.id == bindparam("at")
        tx.execute(update(enrollments).where(this).values(line_order=bindparam("place")), rows)


def revive(tx: Transaction, enrollment_id: int, state: EnrollmentState, decided_at: datetime | None) -> None:
    """One that is over lives again; the course must be locked, and no other enrollment of theirs in it may live."""
    this = (enrollments.c.id == enrollment_id, enrollments.c.ended_at.is_not(None))
    living = {"ended_at": None, "ended_from": None, "end_reason": "", "offer_until": None, "unchecked_since": None}
    tx.execute(update(enrollments).where(*this).values(state=state, decided_at=decided_at, **living))


def earlier(tx: Transaction, resident_ids: Collection[int], course_id: int) -> dict[int, Counter[str]]:
    """How often these people's applications for other courses are in each state."""
    found: dict[int, Counter[str]] = {}
    theirs = enrollments.c.resident_id.in_(resident_ids) & (enrollments.c.course_id != course_id)
    columns = (enrollments.c.resident_id, enrollments.c.state, func.count())
    for resident_id, state, count in tx.execute(select(*columns).where(theirs).group_by(*columns[:2])):
        found.setdefault(resident_id, Counter())[state] = count
    return found
