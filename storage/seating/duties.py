"""What there is to do with courses: seats to offer, lotteries to draw, people to choose, and who completed."""

from datetime import date, datetime

from sqlalchemy import BindParameter, and_, bindparam, func, or_, select

from storage.database import Transaction, there_is
from storage.states import BY_OFFICERS
from storage.tables import UtcDateTime, courses, draws, enrollments, sessions
from storage.teaching.course import Course
from storage.teaching.courses import COUNTS, COURSE, IS_FREE, NOW, PUBLISHED, TAKES_PLACE, read

_UNTIL: BindParameter[datetime] = bindparam("until", type_=UtcDateTime)
_OFFERING = select(courses.c.id).where(
    TAKES_PLACE, courses.c.start_date > bindparam("today"), COUNTS["waiting"] > 0, IS_FREE
)
_TO_DRAW = (
    select(courses.c.id)
    .join(draws, draws.c.course_id == courses.c.id)
    .where(TAKES_PLACE, courses.c.selection == "lottery", courses.c.apply_end < NOW, draws.c.drawn_at.is_(None))
    .where(or_(draws.c.fixed_at.is_(None), draws.c.public_name == ""))
)
_IS_SHORT = COUNTS["held"] + COUNTS["applied"] < courses.c.minimum
_TOO_FEW = COURSE.where(
    TAKES_PLACE,
    courses.c.apply_end < NOW,
    courses.c.start_date > bindparam("today"),
    _IS_SHORT,
)
_FILLING_SLOWLY = COURSE.where(
    PUBLISHED, courses.c.apply_start <= NOW, courses.c.apply_end >= NOW, courses.c.apply_end < _UNTIL, _IS_SHORT
).order_by(courses.c.apply_end, courses.c.id)
_TO_DECIDE = COURSE.where(
    TAKES_PLACE, courses.c.selection.in_(BY_OFFICERS), courses.c.apply_end < NOW, COUNTS["applied"] > 0
).order_by(courses.c.start_date, courses.c.id)
_ATTENDING = (
    enrollments.c.course_id == courses.c.id,
    enrollments.c.state == "confirmed",
    enrollments.c.ended_at.is_(None),
    enrollments.c.unchecked_since.is_(None),
)
_LAST_CLASS = select(func.max(sessions.c.ends_at)).where(sessions.c.course_id == courses.c.id).scalar_subquery()
_TO_COMPLETE = COURSE.where(
    TAKES_PLACE,
    courses.c.end_date <= bindparam("today"),
    there_is(enrollments, *_ATTENDING),
    or_(_LAST_CLASS <= NOW, and_(_LAST_CLASS.is_(None), courses.c.end_date < bindparam("today"))),
).order_by(courses.c.end_date, courses.c.id)


def with_free_seats_and_a_line(tx: Transaction, today: date) -> list[int]:
    return list(tx.execute(_OFFERING, {"today": today}).scalars())


def to_draw(tx: Transaction, now: datetime) -> list[int]:
    """Lotteries whose registration is over, whose list isn't fixed yet or that wait for no value to be drawn."""
    return list(tx.execute(_TO_DRAW, {"now": now}).scalars())


def below_minimum(tx: Transaction, now: datetime, today: date) -> list[Course]:
    """Courses that have closed with fewer people than they need, and haven't begun."""
    return read(tx, _TOO_FEW, now=now, today=today)


def filling_slowly(tx: Transaction, now: datetime, until: datetime) -> list[Course]:
    """Courses that close before a moment and have fewer people than they need so far, soonest to close first."""
    return read(tx, _FILLING_SLOWLY, now=now, until=until)


def to_decide(tx: Transaction, now: datetime) -> list[Course]:
    """Courses for which officers choose, whose registration is over, with applications that nobody has decided."""
    return read(tx, _TO_DECIDE, now=now)


def to_complete(tx: Transaction, now: datetime, today: date) -> list[Course]:
    """Courses whose last class is over, with people of whom nobody has decided whether they completed."""
    return read(tx, _TO_COMPLETE, now=now, today=today)
