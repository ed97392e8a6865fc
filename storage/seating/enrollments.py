"""Enrollments: seats, places in line and applications."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, select, tuple_, update

from storage.database import Transaction, insert
from storage.engine.prepared import Prepared
from storage.people.reaching import Carried, can_be_reached
from storage.states import ATTENDED, OFFLINE, EnrollmentState, Share
from storage.tables import UtcDateTime, courses, enrollments, seat_holds, sessions
from storage.teaching.course import Course
from storage.teaching.courses import TAKES_PLACE


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


_LIVE = enrollments.c.ended_at.is_(None)
IS_ATTENDEE = enrollments.c.state.in_(ATTENDED) & enrollments.c.unchecked_since.is_(None)
"""Whether somebody attends a course or has."""
_THEIRS = enrollments.c.resident_id.in_(bindparam("people", expanding=True)) & _LIVE
_FIELDS = [enrollments.c[name] for name in Enrollment.__dataclass_fields__]
_OF_PERSON = Prepared(select(*_FIELDS).where(enrollments.c.course_id == bindparam("course_id"), _THEIRS))
_OF_RESIDENT = Prepared(
    select(*_FIELDS)
    .where(enrollments.c.resident_id == bindparam("resident_id"))
    .order_by(enrollments.c.ended_at.is_not(None), enrollments.c.id.desc())
)
_BY_ID = Prepared(select(*_FIELDS).where(enrollments.c.id == bindparam("id")))
_SEATED = or_((enrollments.c.state == "confirmed") & _LIVE, enrollments.c.state.in_(("completed", "not_completed")))
_SEATS = (
    select(enrollments.c.id, enrollments.c.resident_id, courses.c.id)
    .select_from(enrollments.join(courses))
    .where(enrollments.c.resident_id.in_(bindparam("people", expanding=True)), _SEATED, TAKES_PLACE)
    .where(courses.c.id != bindparam("course_id"))
)
_IN_TERM = Prepared(_SEATS.where(courses.c.term == bindparam("term")).order_by(enrollments.c.id))
_ATTENDED, _WANTED = sessions.alias(), sessions.alias()
_OVERLAPPING = Prepared(
    _SEATS.where(_ATTENDED.c.course_id == courses.c.id)
    .where((_WANTED.c.starts_at < _ATTENDED.c.ends_at) & (_WANTED.c.ends_at > _ATTENDED.c.starts_at))
    .where(_WANTED.c.course_id == bindparam("course_id"), _LIVE)
    .limit(1)
)
_IN_LINE = (enrollments.c.course_id == bindparam("course_id"), enrollments.c.state == "waiting", _LIVE)
_TURN = (enrollments.c.line_order, enrollments.c.rank, enrollments.c.id)
_POSITION = Prepared(
    select(func.count()).where(
        *_IN_LINE, tuple_(*_TURN) <= tuple_(bindparam("line_order"), bindparam("rank"), bindparam("id"))
    )
)
_UNCHECKED_SINCE = enrollments.c.unchecked_since
_NEXT = (
    select(enrollments)
    .where(*_IN_LINE, or_(_UNCHECKED_SINCE.is_(None), bindparam("after", type_=UtcDateTime) <= _UNCHECKED_SINCE))
    .order_by(*_TURN)
    .limit(bindparam("count"))
)
_NEXT_BY = {
    "": _NEXT,
    "offline": _NEXT.where(enrollments.c.channel.in_(OFFLINE)),
    "online": _NEXT.where(enrollments.c.channel.not_in(OFFLINE)),
}
_MINE = enrollments.alias()
_AT_LIMIT = select(_MINE.c.id).where(
    _MINE.c.id.in_(bindparam("ids", expanding=True)),
    select(func.count())
    .select_from(enrollments.join(courses))
    .where(enrollments.c.resident_id == _MINE.c.resident_id, _SEATED, TAKES_PLACE)
    .where(courses.c.id != bindparam("course_id"), courses.c.term == bindparam("term"))
    .scalar_subquery()
    >= bindparam("limit"),
)
_LAPSED = (
    select(enrollments.c.id, enrollments.c.course_id)
    .where(enrollments.c.state == "offered", enrollments.c.offer_until < bindparam("now", type_=UtcDateTime), _LIVE)
    .order_by(enrollments.c.course_id)
)
_COURSES_OF = select(enrollments.c.id, enrollments.c.course_id).where(
    enrollments.c.id.in_(bindparam("ids", expanding=True))
)
_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
_DECIDED = select(enrollments).where(
    enrollments.c.decided_at > _SINCE, enrollments.c.decided_at <= _UNTIL, enrollments.c.state == bindparam("in_state")
)
_LAPSING = select(enrollments).where(
    enrollments.c.state == "offered", _LIVE, enrollments.c.offer_until > _SINCE, enrollments.c.offer_until <= _UNTIL
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


def position(tx: Transaction, enrollment: Enrollment) -> int:
    """The place in line, from 1. Ids are given out under the lock of the course, so they are the order of arrival."""
    order = {"line_order": enrollment.line_order, "rank": enrollment.rank, "id": enrollment.id}
    place = {"course_id": enrollment.course_id, **order}
    return int(_POSITION.value(tx, **place))


def next_in_line(tx: Transaction, course_id: int, count: int, after: datetime, share: Share = "") -> list[Enrollment]:
    """The first who wait for all or a share, but for those whom an officer has had to look at since before `after`."""
    rows = tx.execute(_NEXT_BY[share], {"course_id": course_id, "count": count, "after": after})
    return [Enrollment(**row._mapping) for row in rows]


def of_course(tx: Transaction, course_id: int) -> list[Enrollment]:
    """All enrollments in a course, those that are over too, in the order of arrival."""
    rows = tx.execute(select(enrollments).where(enrollments.c.course_id == course_id).order_by(enrollments.c.id))
    return [Enrollment(**row._mapping) for row in rows]


def count_offered(tx: Transaction, course_ids: Collection[int]) -> dict[int, int]:
    """How many in each of these courses have a seat that they haven't answered for."""
    live = (enrollments.c.course_id.in_(course_ids), enrollments.c.ended_at.is_(None))
    query = select(enrollments.c.course_id, func.count()).where(*live, enrollments.c.state == "offered")
    return {row[0]: row[1] for row in tx.execute(query.group_by(enrollments.c.course_id))}


def living(tx: Transaction, course_id: int, *states: str) -> list[int]:
    """Residents whose enrollment in a course lives and, where states are named, is in one of them."""
    these = (each for each in of_course(tx, course_id) if not each.ended_at)
    return [each.resident_id for each in these if not states or each.state in states]


def courses_of(tx: Transaction, ids: Collection[int]) -> dict[int, int]:
    """The course of each of these enrollments."""
    return {row.id: row.course_id for row in tx.execute(_COURSES_OF, {"ids": list(ids)})} if ids else {}


def out_of_reach(tx: Transaction, ids: Sequence[int], ways: Sequence[str]) -> list[int]:
    """Those of these enrollments whose resident none of `ways` reaches with an offer."""
    is_alone = ~can_be_reached(enrollments.c.resident_id, ways, Carried("offer"))
    return list(tx.execute(select(enrollments.c.id).where(enrollments.c.id.in_(ids), is_alone)).scalars())


def decided(tx: Transaction, state: EnrollmentState, since: datetime, until: datetime) -> list[Enrollment]:
    """Enrollments that got this state by a decision after `since` and no later than `until`, and still have it."""
    when = {"in_state": state, "since": since, "until": until}
    return [Enrollment(**row._mapping) for row in tx.execute(_DECIDED, when)]


def lapsing(tx: Transaction, since: datetime, until: datetime) -> list[Enrollment]:
    """Offers whose deadline lies after `since` and no later than `until`."""
    return [Enrollment(**row._mapping) for row in tx.execute(_LAPSING, {"since": since, "until": until})]


def last_given_back(tx: Transaction, course_id: int) -> datetime | None:
    """When an enrollment in a course or what was kept there last ended: each free seat has another moment."""
    ended = (select(func.max(of.c.ended_at)).where(of.c.course_id == course_id) for of in (enrollments, seat_holds))
    return max((at for each in ended if (at := tx.execute(each).scalar())), default=None)


def applied(tx: Transaction, course_id: int) -> list[Enrollment]:
    """Applications that nobody has decided on, in the order of arrival."""
    these = (enrollments.c.course_id == course_id, enrollments.c.state == "applied", _LIVE)
    rows = tx.execute(select(enrollments).where(*these).order_by(enrollments.c.id))
    return [Enrollment(**row._mapping) for row in rows]


def lapsed(tx: Transaction, now: datetime) -> dict[int, list[int]]:
    """Offers whose deadline has passed: their ids by course."""
    found: dict[int, list[int]] = {}
    for row in tx.execute(_LAPSED, {"now": now}):
        found.setdefault(row.course_id, []).append(row.id)
    return found


def confirm(tx: Transaction, enrollment_id: int, now: datetime) -> bool:
    this = (enrollments.c.id == enrollment_id, enrollments.c.state.in_(("waiting", "offered")), _LIVE)
    values = {
        "state": "confirmed",
        "offer_until": None,
        "decided_at": None,
        "seated_at": now,
    }  # they know: it was their word
    return tx.execute(update(enrollments).where(*this).values(values)).rowcount == 1


def decide(tx: Transaction, ids: Sequence[int], state: EnrollmentState, now: datetime, **values: Any) -> None:
    """Give live enrollments a state; `values` are further columns, such as the deadline of an offer."""
    these = (enrollments.c.id.in_(ids), _LIVE)
    seated = {"seated_at": func.coalesce(enrollments.c.seated_at, now)} if state == "confirmed" else {}
    tx.execute(update(enrollments).where(*these).values(state=state, decided_at=now, **seated, **values))


def set_ranks(tx: Transaction, ids: Sequence[int]) -> None:
    """The order of a draw or a selection, from 1."""
    rows = [{"at": enrollment_id, "place": place} for place, enrollment_id in enumerate(ids, 1)]
    if rows:
        tx.execute(update(enrollments).where(enrollments.c.id == bindparam("at")).values(rank=bindparam("place")), rows)


def end(tx: Transaction, enrollment_id: int, state: EnrollmentState, now: datetime) -> bool:
    """End a live enrollment; False when it was over already."""
    this = (enrollments.c.id == enrollment_id, _LIVE)
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


class Seat(NamedTuple):
    """A seat that somebody has in a course, or had to its end. Waiting, offers and applications are none."""

    enrollment_id: int
    resident_id: int
    course_id: int


def seats_in_term(tx: Transaction, resident_ids: Sequence[int], course: Course) -> list[Seat]:
    """The seats of a person in the other courses of a course's term."""
    rows = _IN_TERM.all(tx, people=resident_ids, course_id=course.id, term=course.term)
    return [Seat(*row) for row in rows]


def overlapping(tx: Transaction, resident_ids: Sequence[int], course_id: int) -> Seat | None:
    """A seat of a person in another course that has a session at the same time as some session of this one."""
    row = _OVERLAPPING.first(tx, people=resident_ids, course_id=course_id)
    return Seat(*row) if row else None


def at_limit(tx: Transaction, course: Course, ids: Sequence[int]) -> list[int]:
    """Those of these enrollments in a course whose residents have as many seats in its term as it lets them have."""
    if not course.term_limit or not ids:
        return []
    return list(
        tx.execute(
            _AT_LIMIT, {"ids": ids, "course_id": course.id, "term": course.term, "limit": course.term_limit}
        ).scalars()
    )


def check(tx: Transaction, ids: Sequence[int], now: datetime) -> None:
    """An officer has looked at these, and they count; their residents are told how they stand."""
    these = (enrollments.c.id.in_(ids), _LIVE)
    tx.execute(update(enrollments).where(*these).values(unchecked_since=None, decided_at=now))


def remove(tx: Transaction, ids: Sequence[int], reason: str, now: datetime) -> None:
    """End live enrollments by an officer's word; with a reason it is a decision that their residents are told."""
    these = (enrollments.c.id.in_(ids), _LIVE)
    ended = {"state": "removed", "ended_at": now, "end_reason": reason, "decided_at": now if reason else None}
    tx.execute(update(enrollments).where(*these).values({**ended, "offer_until": None}))


def waive_no_show(tx: Transaction, enrollment_id: int, reason: str) -> None:
    """It is let pass that they never came; the course must be locked."""
    tx.execute(update(enrollments).where(enrollments.c.id == enrollment_id).values(no_show_waived=reason))
