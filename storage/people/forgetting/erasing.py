"""Erasing somebody: what goes, what has to be kept apart of who completed a course, and that it was done."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select, update

from storage.database import Transaction, insert, scrub
from storage.keys import sealing
from storage.people import personal, represented
from storage.people.forgetting.periods import Period
from storage.tables import appointments, courses, enrollments, erasures, kept_completions, residents


def standing(tx: Transaction, resident_id: int) -> tuple[list[int], list[int]]:
    """Ids of their enrollments and talks that live: they have to be cancelled before somebody can be erased."""
    found = []
    for table in (enrollments, appointments):
        live = (table.c.resident_id.in_(_records(tx, resident_id)), table.c.ended_at.is_(None))
        found.append(list(tx.execute(select(table.c.id).where(*live).order_by(table.c.id)).scalars()))
    return found[0], found[1]


def completions(tx: Transaction, resident_id: int) -> list[tuple[int, date]]:
    """(enrollment, last day of its course) of the courses that they completed."""
    done = (enrollments.c.resident_id.in_(_records(tx, resident_id)), enrollments.c.state == "completed")
    query = select(enrollments.c.id, courses.c.end_date).join_from(enrollments, courses).where(*done)
    return [(row.id, row.end_date) for row in tx.execute(query.order_by(enrollments.c.id))]


def erase(tx: Transaction, resident_id: int, now: datetime, kept_until: Sequence[tuple[int, date]] = ()) -> None:
    """Nothing leads from anything to who they were, but of completions that are kept apart until these days.

    Nothing of theirs may be live any more (`standing`). Once the transaction is over it can't be read in the files.
    """
    _keep_apart(tx, kept_until)
    erase_all(tx, [resident_id], now)


def erase_all(tx: Transaction, resident_ids: Collection[int], now: datetime) -> None:
    """The same for many of whom nothing is kept apart."""
    ids = _records(tx, *resident_ids)
    these = select(residents.c.id, residents.c.created_at).where(residents.c.id.in_(ids))
    for row in tx.execute(these.order_by(residents.c.id).with_for_update(key_share=True)).all():
        made = {"resident_id": row.id, "proof": proof(tx, row.id, row.created_at), "erased_at": now}
        tx.execute(insert(tx, erasures).values(made).on_conflict_do_nothing())
    represented.leave_to_themselves(tx, ids)
    personal.erase(tx, ids)
    tx.execute(update(residents).where(residents.c.id.in_(ids)).values(erased_at=now))
    scrub(tx)


def proof(tx: Transaction, resident_id: int, created_at: datetime) -> str:
    """Tells a record from another one that got the same number in a database that was restored."""
    return sealing.of(tx).digest("erased", str(resident_id), created_at.isoformat())


class Erasure(NamedTuple):
    """That a record was emptied; `proof` tells it from another one of the same number."""

    resident_id: int
    proof: str
    erased_at: datetime


def done(tx: Transaction) -> list[Erasure]:
    rows = tx.execute(select(*(erasures.c[name] for name in Erasure._fields)).order_by(erasures.c.resident_id))
    return [Erasure(*row) for row in rows]


def count_done(tx: Transaction) -> int:
    return tx.execute(select(func.count()).select_from(erasures)).scalar_one()


def undone(tx: Transaction, known: Iterable[Erasure]) -> list[Erasure]:
    """Those of them who are in this database as they were before, as it is older than their erasure."""
    here = {(each.resident_id, each.proof) for each in done(tx)}
    by_id = {each.resident_id: each for each in known if (each.resident_id, each.proof) not in here}
    query = select(residents.c.id, residents.c.created_at).where(residents.c.erased_at.is_(None))
    found = (row for row in tx.execute(query.order_by(residents.c.id)) if row.id in by_id) if by_id else ()
    return [by_id[row.id] for row in found if by_id[row.id].proof == proof(tx, row.id, row.created_at)]


def do_again(tx: Transaction, again: Sequence[Erasure], attended: Period) -> None:
    """Erase them as they were erased then. What lived when this database was copied isn't theirs any more."""
    for each in again:
        _end(tx, each)
        kept = [(enrollment_id, attended.after(last)) for enrollment_id, last in completions(tx, each.resident_id)]
        erase(tx, each.resident_id, each.erased_at, kept)


def _end(tx: Transaction, erased: Erasure) -> None:
    """Seats of courses that weren't over yet, and talks to come; the moment is when they gave them back."""
    seats, talks = standing(tx, erased.resident_id)
    ended = {"state": "cancelled", "ended_at": erased.erased_at}
    to_come = select(courses.c.id).where(courses.c.end_date >= erased.erased_at.date())
    theirs = (enrollments.c.id.in_(seats), enrollments.c.course_id.in_(to_come))
    tx.execute(update(enrollments).where(*theirs).values(**ended, ended_from=enrollments.c.state))
    coming = (appointments.c.id.in_(talks), appointments.c.starts_at > erased.erased_at)
    tx.execute(update(appointments).where(*coming).values(ended))


def _records(tx: Transaction, *resident_ids: int) -> Collection[int]:
    """The records and all that were merged into them."""
    found, newest = {*resident_ids}, {*resident_ids}
    while newest:
        merged = select(residents.c.id).where(residents.c.merged_into.in_(newest))
        newest = set(tx.execute(merged).scalars()) - found
        found |= newest
    return sorted(found)


def _keep_apart(tx: Transaction, kept_until: Sequence[tuple[int, date]]) -> None:
    for enrollment_id, until in kept_until:
        who = (
            select(residents.c.name, residents.c.birth_year).join(enrollments).where(enrollments.c.id == enrollment_id)
        )
        named = tx.execute(who).one()
        row = {"enrollment_id": enrollment_id, "who": dict(named._mapping), "until": until}
        tx.execute(insert(tx, kept_completions).values(row).on_conflict_do_nothing())
