"""Enrollments: seats, places in line and applications."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from storage.database import Transaction, insert
from storage.engine.prepared import Prepared
from storage.states import ATTENDED, EnrollmentState
from storage.tables import UtcDateTime, enrollments, seat_holds


@dataclass(frozen=True)
class Enrollment:
    """`state` is confirmed, offered, waiting or applied while it lives; `ended_at` is set when it doesn't any more.

    `rank` is the place that a draw or a selection gave, and 0 where the order of arrival counts.
    """

    id: int
    course_id: int
    resident_id: int
    state: EnrollmentState
    channel: str
    applied_at: datetime
    ended_at: datetime | None
    rank: int = 0
    decided_at: datetime | None = None
    offer_until: datetime | None = None
    ended_from: str | None = None  # the state in which a resident ended it, so that they can take that back
    source: str | None = None  # where it came from, as far as that tells of bursts
    unchecked_since: datetime | None = None  # it keeps its place, and counts once an officer has looked at it
    end_reason: str = ""  # why an officer ended it; "" where that isn't told
    origin: str | None = None  # the flyer, poster or link that had led them here
    seated_at: datetime | None = None  # from when on the seat was theirs; None is from the start
    no_show_waived: str = ""  # why an officer lets it pass that they never came
    line_order: int = 0  # an officer's word on the place in line: less is sooner, and counts before the rank

    @property
    def turn(self) -> tuple[int, int, int]:
        """Who waits is served in this order."""
        return self.line_order, self.rank, self.id

    @property
    def is_unchecked(self) -> bool:
        return self.unchecked_since is not None and self.ended_at is None


LIVE = enrollments.c.ended_at.is_(None)
IS_ATTENDEE = enrollments.c.state.in_(ATTENDED) & enrollments.c.unchecked_since.is_(None)
"""Whether somebody attends a course or has."""
_THEIRS = enrollments.c.resident_id.in_(bindparam("people", expanding=True)) & LIVE
_FIELDS = [enrollments.c[name] for name in Enrollment.__dataclass_fields__]
_OF_PERSON = Prepared(select(*_FIELDS).where(enrollments.c.course_id == bindparam("course_id"), _THEIRS))
_OF_RESIDENT = Prepared(
    select(*_FIELDS)
    .where(enrollments.c.resident_id == bindparam("resident_id"))
    .order_by(enrollments.c.ended_at.is_not(None), enrollments.c.id.desc())
)
_BY_ID = Prepared(select(*_FIELDS).where(enrollments.c.id == bindparam("id")))
_COURSES_OF = select(enrollments.c.id, enrollments.c.course_id).where(
    enrollments.c.id.in_(bindparam("ids", expanding=True))
)
_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
_DECIDED = select(enrollments).where(
    enrollments.c.decided_at > _SINCE, enrollments.c.decided_at <= _UNTIL, enrollments.c.state == bindparam("in_state")
)


def add(
    tx: Transaction,
    course_id: int,
    resident_id: int,
    state: EnrollmentState,
    channel: str,
    now: datetime,
    source: str | None = None,
    is_unchecked: bool = False,
    origin: str | None = None,
) -> Enrollment | None:
    """Enroll; None when the resident has a live enrollment in the course already. The course must be locked.

    One that is unchecked waits for an officer before it counts.
    """
    came = {"channel": channel, "source": source, "origin": origin}
    who = {"course_id": course_id, "resident_id": resident_id, **came}
    row = {**who, "state": state, "applied_at": now, "unchecked_since": now if is_unchecked else None}
    row |= {"seated_at": now if state == "confirmed" else None}
    added = insert(tx, enrollments).values(row).on_conflict_do_nothing().returning(enrollments)
    found = tx.execute(added).one_or_none()
    return Enrollment(**found._mapping) if found else None


def find(tx: Transaction, enrollment_id: int) -> Enrollment | None:
    row = _BY_ID.first(tx, id=enrollment_id)
    return Enrollment(*row) if row else None


def get(tx: Transaction, enrollment_id: int) -> Enrollment:
    """One that must be there, as something refers to it."""
    (row,) = _BY_ID.all(tx, id=enrollment_id)
    return Enrollment(*row)


def live(tx: Transaction, course_id: int, resident_ids: Sequence[int]) -> Enrollment | None:
    """The live enrollment in a course of a person, whom several resident ids may stand for."""
    row = _OF_PERSON.first(tx, course_id=course_id, people=resident_ids)
    return Enrollment(*row) if row else None


def of_resident(tx: Transaction, resident_id: int) -> list[Enrollment]:
    """All of a resident's enrollments: live ones first, then the newest."""
    return [Enrollment(*row) for row in _OF_RESIDENT.all(tx, resident_id=resident_id)]


def live_of(tx: Transaction, resident_ids: Collection[int]) -> list[Enrollment]:
    """What these have applied for and not lost, in the order of arrival."""
    rows = tx.execute(select(enrollments).where(_THEIRS).order_by(enrollments.c.id), {"people": list(resident_ids)})
    return [Enrollment(**row._mapping) for row in rows]


def of_course(tx: Transaction, course_id: int) -> list[Enrollment]:
    """All enrollments in a course, those that are over too, in the order of arrival."""
    rows = tx.execute(select(enrollments).where(enrollments.c.course_id == course_id).order_by(enrollments.c.id))
    return [Enrollment(**row._mapping) for row in rows]


def living(tx: Transaction, course_id: int, *states: str) -> list[int]:
    """Residents whose enrollment in a course lives and, where states are named, is in one of them."""
    these = (each for each in of_course(tx, course_id) if not each.ended_at)
    return [each.resident_id for each in these if not states or each.state in states]


def courses_of(tx: Transaction, ids: Collection[int]) -> dict[int, int]:
    """The course of each of these enrollments."""
    return {row.id: row.course_id for row in tx.execute(_COURSES_OF, {"ids": list(ids)})} if ids else {}


def decided(tx: Transaction, state: EnrollmentState, since: datetime, until: datetime) -> list[Enrollment]:
    """Enrollments that got this state by a decision after `since` and no later than `until`, and still have it."""
    when = {"in_state": state, "since": since, "until": until}
    return [Enrollment(**row._mapping) for row in tx.execute(_DECIDED, when)]


def last_given_back(tx: Transaction, course_id: int) -> datetime | None:
    """When an enrollment in a course or what was kept there last ended: each free seat has another moment."""
    ended = (select(func.max(of.c.ended_at)).where(of.c.course_id == course_id) for of in (enrollments, seat_holds))
    return max((at for each in ended if (at := tx.execute(each).scalar())), default=None)


def applied(tx: Transaction, course_id: int) -> list[Enrollment]:
    """Applications that nobody has decided on, in the order of arrival."""
    these = (enrollments.c.course_id == course_id, enrollments.c.state == "applied", LIVE)
    rows = tx.execute(select(enrollments).where(*these).order_by(enrollments.c.id))
    return [Enrollment(**row._mapping) for row in rows]


def confirm(tx: Transaction, enrollment_id: int, now: datetime) -> bool:
    this = (enrollments.c.id == enrollment_id, enrollments.c.state.in_(("waiting", "offered")), LIVE)
    values = {
        "state": "confirmed",
        "offer_until": None,
        "decided_at": None,
        "seated_at": now,
    }  # they know: it was their word
    return tx.execute(update(enrollments).where(*this).values(values)).rowcount == 1


def decide(tx: Transaction, ids: Sequence[int], state: EnrollmentState, now: datetime, **values: Any) -> None:
    """Give live enrollments a state; `values` are further columns, such as the deadline of an offer."""
    these = (enrollments.c.id.in_(ids), LIVE)
    seated = {"seated_at": func.coalesce(enrollments.c.seated_at, now)} if state == "confirmed" else {}
    tx.execute(update(enrollments).where(*these).values(state=state, decided_at=now, **seated, **values))


def set_ranks(tx: Transaction, ids: Sequence[int]) -> None:
    """The order of a draw or a selection, from 1."""
    rows = [{"at": enrollment_id, "place": place} for place, enrollment_id in enumerate(ids, 1)]
    if rows:
        tx.execute(update(enrollments).where(enrollments.c.id == bindparam("at")).values(rank=bindparam("place")), rows)


def end(tx: Transaction, enrollment_id: int, state: EnrollmentState, now: datetime) -> bool:
    """End a live enrollment; False when it was over already."""
    this = (enrollments.c.id == enrollment_id, LIVE)
    ended = {"state": state, "ended_at": now, "ended_from": enrollments.c.state}
    return tx.execute(update(enrollments).where(*this).values(ended)).rowcount == 1


def take_back(tx: Transaction, enrollment_id: int, unchecked_since: datetime | None = None) -> None:
    """Ending it has not been; the course must be locked, and no other enrollment of theirs in it may live.

    An officer may have to look at it from now on.
    """
    this = (enrollments.c.id == enrollment_id, enrollments.c.ended_from.is_not(None))
    as_before = {"state": enrollments.c.ended_from, "ended_at": None, "ended_from": None}
    doubted = {"unchecked_since": unchecked_since} if unchecked_since else {}
    tx.execute(update(enrollments).where(*this).values({**as_before, **doubted}))


def check(tx: Transaction, ids: Sequence[int], now: datetime) -> None:
    """An officer has looked at these, and they count; their residents are told how they stand."""
    these = (enrollments.c.id.in_(ids), LIVE)
    tx.execute(update(enrollments).where(*these).values(unchecked_since=None, decided_at=now))


def remove(tx: Transaction, ids: Sequence[int], reason: str, now: datetime) -> None:
    """End live enrollments by an officer's word; with a reason it is a decision that their residents are told."""
    these = (enrollments.c.id.in_(ids), LIVE)
    ended = {"state": "removed", "ended_at": now, "end_reason": reason, "decided_at": now if reason else None}
    tx.execute(update(enrollments).where(*these).values({**ended, "offer_until": None}))


def waive_no_show(tx: Transaction, enrollment_id: int, reason: str) -> None:
    """It is let pass that they never came; the course must be locked."""
    tx.execute(update(enrollments).where(enrollments.c.id == enrollment_id).values(no_show_waived=reason))
