"""Moving a class of a course to another time, or dropping it; what becomes of it is told to who attends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.language.days import dates
from handlers.staff.courses import venues
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.times import read_when
from handlers.staff.desk.told import Step, Told
from storage.database import Transaction, hold
from storage.seating import enrollments
from storage.states import HOLDING
from storage.teaching import sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session, Times


def move(tx: Transaction, desk: Desk, code: str, number: int, when: str) -> Told:
    """Move a class; it keeps its length, and imports leave it where it is."""
    course = lookup.locked(tx, code)
    session = coming(tx, desk, course, number)
    starts_at = read_when(desk, session.starts_at, when)
    times = (starts_at, starts_at + (session.ends_at - session.starts_at))
    if starts_at == session.starts_at:
        raise Declined(f"{called(course)} {number}회차: 이미 그때({desk.moment(starts_at)})입니다.")
    check_is_free(tx, desk, course, times, [session])
    sessions.move(tx, session, times, desk.now)
    moved = sessions.find(tx, session.id)
    assert moved is not None
    what = f"{called(course)} {number}회차를 {desk.done('옮겼습니다', '옮깁니다')}"
    title = f"{what}: {desk.moment(session.starts_at)} → {desk.moment(moved.starts_at)}"
    now_is = desk.done(f"이제 {moved.number}회차입니다", f"{moved.number}회차가 됩니다")
    turned = [f"순서가 바뀌어 {now_is}."] if moved.number != number else []
    told = Told(title, notes=(*turned, *outside(desk, course, starts_at)))
    return telling(tx, desk, course, told, session.starts_at, starts_at)


def drop(tx: Transaction, desk: Desk, code: str, number: int) -> Told:
    """Drop a class; imports don't bring it back as long as the course file has it at the same time."""
    course = lookup.locked(tx, code)
    session = coming(tx, desk, course, number)
    if len(sessions.of_courses(tx, [course.id])) == 1:
        close = Step("과정을 폐강하려면", "close-course", {"course": course.code, "reason": "…"})
        raise Declined(f"{called(course)}: 하나 남은 수업이라 없앨 수 없습니다.", close)
    sessions.drop(tx, session, desk.now)
    what = f"{called(course)} {number}회차를 {desk.done('없앴습니다', '없앱니다')}"
    title = f"{what}: {desk.moment(session.starts_at)}. 뒤의 회차는 하나씩 당겨집니다."
    return telling(tx, desk, course, Told(title), session.starts_at)


def coming(tx: Transaction, desk: Desk, course: Course, number: int) -> Session:
    """The class of this number, which hasn't begun."""
    meetings = sessions.of_courses(tx, [course.id])
    found = next((each for each in meetings if each.number == number), None)
    if found is None:
        listed = [f"{each.number}회차 {desk.moment(each.starts_at)}" for each in meetings]
        raise Declined(f"{called(course)}: {number}회차가 없습니다. 이 과정의 수업입니다.", items=listed)
    if found.starts_at <= desk.now:
        raise Declined(
            f"{called(course)} {number}회차({desk.moment(found.starts_at)}): 이미 시작했거나 끝난 수업입니다."
        )
    return found


def check_is_free(tx: Transaction, desk: Desk, course: Course, times: Times, but: Sequence[Session] = ()) -> None:
    """Whether a class can be then: of the course, and of others in its place, only those in `but` may be there."""
    shown = desk.moment(times[0])
    if times[0] <= desk.now:
        raise Declined(f"옮길 때 ‘{shown}’: 이미 지난 때입니다. 날짜와 시각을 확인해 주세요.")
    hold(tx, f"venue {venues.fold(course.venue)}")  # two classes that move into one room wait for each other
    ids = [each.id for each in but]
    if found := sessions.clashing(tx, course.id, venues.same(tx, course.venue), times, ids):
        other, title = found
        where = "같은 과정" if other.course_id == course.id else f"같은 장소({course.venue})"
        clash = f"‘{title}’ {other.number}회차({_hours(desk, other)})"
        raise Declined(f"옮길 때 ‘{shown}’: {where}의 {clash}와 겹칩니다. 다른 때를 골라 주세요.")


def telling(tx: Transaction, desk: Desk, course: Course, told: Told, *times: datetime) -> Told:
    """With whom it tells; a class of today is urgent."""
    living = [each for each in enrollments.of_course(tx, course.id) if not each.ended_at]
    attending = [each.resident_id for each in living if each.state in HOLDING]
    is_urgent = any(at.astimezone(desk.organization.timezone).date() == desk.today for at in times)
    return with_reach(tx, desk, replace(told, is_urgent=is_urgent), attending, "changed")


def outside(desk: Desk, course: Course, starts_at: datetime) -> list[str]:
    if course.start_date <= starts_at.astimezone(desk.organization.timezone).date() <= course.end_date:
        return []
    return [f"교육기간({dates.span(course.start_date, course.end_date, 'ko')}) 밖입니다. 맞는지 확인해 주세요."]


def _hours(desk: Desk, session: Session) -> str:
    start, end = (at.astimezone(desk.organization.timezone) for at in (session.starts_at, session.ends_at))
    return f"{dates.day(start.date(), 'ko')} {dates.hours(start.time(), end.time(), 'ko')}"


MOVE = acts.add(Act("move-session", "수업 옮기기", move, of_course, ("changed",)))
DROP = acts.add(Act("drop-session", "수업 없애기", drop, of_course, ("changed",)))
