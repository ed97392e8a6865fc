"""Which courses are news on a day, and whom they fit."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, or_, select

from storage.database import Transaction, there_is
from storage.tables import UtcDateTime, courses, enrollments, interests, residents

DAYPARTS = {"day": "time:day", "evening": "time:outside", "weekend": "time:outside"}
"""The topic under which residents choose a part of the day."""


class Days(NamedTuple):
    """The midnights at which a day of news begins and ends, and at which the day begins and ends that is soon."""

    today: datetime
    tomorrow: datetime
    soon: datetime
    after_soon: datetime


def _between(moment: ColumnElement[Any], first: str, last: str) -> ColumnElement[bool]:
    since, until = bindparam(first, type_=UtcDateTime), bindparam(last, type_=UtcDateTime)
    return (moment >= since) & (moment < until)


IS_NEWS = (courses.c.state == "published") & or_(
    _between(courses.c.apply_start, "soon", "after_soon"),
    _between(courses.c.apply_start, "today", "tomorrow"),
    _between(courses.c.apply_end, "today", "tomorrow"),
)
"""Whether a course opens soon or today, or closes today; takes Days."""


def _chose(topic: ColumnElement[Any]) -> ColumnElement[bool]:
    return there_is(interests, interests.c.resident_id == residents.c.id, interests.c.topic == topic)


def _chose_some(is_time: bool) -> ColumnElement[bool]:
    is_of_time = interests.c.topic.like("time:%")
    return there_is(interests, interests.c.resident_id == residents.c.id, is_of_time if is_time else ~is_of_time)


_time = courses.c.daypart  # day, evening or weekend
_fits_time = or_(
    ~_chose_some(True),
    (_time == "day") & _chose(bindparam(None, "time:day", unique=True)),
    (_time != "day") & _chose(bindparam(None, "time:outside", unique=True)),
)
_fits_category = or_(~_chose_some(False), _chose("category:" + courses.c.category))
_completed, _related = enrollments.alias(), courses.alias()
_completed_related = there_is(
    _completed.join(_related, _related.c.id == _completed.c.course_id),
    _completed.c.resident_id == residents.c.id,
    _completed.c.state == "completed",
    _related.c.category == courses.c.category,
)
FITS = or_(_fits_time & _fits_category, _completed_related)
"""Whether a course fits what a resident chose, or what they completed; who chose nothing wants to hear of all."""

CHOSE_NOTHING = ~there_is(interests, interests.c.resident_id == residents.c.id)


def course_ids(tx: Transaction, days: Days, resident_id: int | None = None) -> list[int]:
    """Of the courses that are news on these days, soonest to close first; for a resident those that fit them."""
    found = select(courses.c.id).where(IS_NEWS).order_by(courses.c.apply_end, courses.c.id)
    if resident_id is not None:
        found = found.where(there_is(residents, residents.c.id == resident_id, FITS))
    return list(tx.execute(found, days._asdict()).scalars())
