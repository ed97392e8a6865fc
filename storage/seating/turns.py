"""Whose turn it is: places in line, and offers until they lapse."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select, tuple_

from storage.database import Transaction
from storage.engine.prepared import Prepared
from storage.people.reaching import Carried, can_be_reached
from storage.seating.enrollments import LIVE, Enrollment
from storage.states import OFFLINE, Share
from storage.tables import UtcDateTime, enrollments

_IN_LINE = (enrollments.c.course_id == bindparam("course_id"), enrollments.c.state == "waiting", LIVE)
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
_LAPSED = (
    select(enrollments.c.id, enrollments.c.course_id)
    .where(enrollments.c.state == "offered", enrollments.c.offer_until < bindparam("now", type_=UtcDateTime), LIVE)
    .order_by(enrollments.c.course_id)
)
_LAPSING = select(enrollments).where(
    enrollments.c.state == "offered",
    LIVE,
    enrollments.c.offer_until > bindparam("since", type_=UtcDateTime),
    enrollments.c.offer_until <= bindparam("until", type_=UtcDateTime),
)


def position(tx: Transaction, enrollment: Enrollment) -> int:
    """The place in line, from 1. Ids are given out under the lock of the course, so they are the order of arrival."""
    order = {"line_order": enrollment.line_order, "rank": enrollment.rank, "id": enrollment.id}
    place = {"course_id": enrollment.course_id, **order}
    return int(_POSITION.value(tx, **place))


def next_in_line(tx: Transaction, course_id: int, count: int, after: datetime, share: Share = "") -> list[Enrollment]:
    """The first who wait for all or a share, but for those whom an officer has had to look at since before `after`."""
    rows = tx.execute(_NEXT_BY[share], {"course_id": course_id, "count": count, "after": after})
    return [Enrollment(**row._mapping) for row in rows]


def count_offered(tx: Transaction, course_ids: Collection[int]) -> dict[int, int]:
    """How many in each of these courses have a seat that they haven't answered for."""
    live = (enrollments.c.course_id.in_(course_ids), enrollments.c.ended_at.is_(None))
    query = select(enrollments.c.course_id, func.count()).where(*live, enrollments.c.state == "offered")
    return {row[0]: row[1] for row in tx.execute(query.group_by(enrollments.c.course_id))}


def out_of_reach(tx: Transaction, ids: Sequence[int], ways: Sequence[str]) -> list[int]:
    """Those of these enrollments whose resident none of `ways` reaches with an offer."""
    is_alone = ~can_be_reached(enrollments.c.resident_id, ways, Carried("offer"))
    return list(tx.execute(select(enrollments.c.id).where(enrollments.c.id.in_(ids), is_alone)).scalars())


def lapsing(tx: Transaction, since: datetime, until: datetime) -> list[Enrollment]:
    """Offers whose deadline lies after `since` and no later than `until`."""
    return [Enrollment(**row._mapping) for row in tx.execute(_LAPSING, {"since": since, "until": until})]


def lapsed(tx: Transaction, now: datetime) -> dict[int, list[int]]:
    """Offers whose deadline has passed: their ids by course."""
    found: dict[int, list[int]] = {}
    for row in tx.execute(_LAPSED, {"now": now}):
        found.setdefault(row.course_id, []).append(row.id)
    return found
