"""What a file says of courses, one line each, and the days on which they have no class."""

from collections.abc import Iterable, Iterator

from handlers.language.days import dates
from handlers.staff.courses.sheets.columns import STATE
from handlers.staff.courses.sheets.differences import span
from handlers.staff.courses.sheets.reading import Planned, skipped_days
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import SELECTIONS
from storage.teaching.course import Course

_STATES = {STATE.parse(word): word for word in STATE.choices}


def line(one: Planned, desk: Desk) -> str:
    """Number, title, when one applies and when it is held, seats, how people are chosen, costs, place and state."""
    course = one.course
    rhythm = "매주" if course.every_weeks == 1 else "격주"
    times = dates.hours(course.start_time, course.end_time, "ko")
    weekly = f"{rhythm} {dates.weekdays(course.weekdays, 'ko')}요일 {times}"
    parts = (
        f"접수 {_applying(course, desk)}",
        f"수업 {span(one.plan.sessions, desk)} {weekly} {len(one.plan.sessions)}회",
        f"정원 {course.capacity}명(대기 {course.waitlist_capacity}명{_shares(course, desk)})",
        SELECTIONS[course.selection],
        _fees(course),
        course.venue,
        _STATES[course.state],
    )
    return f"{course.code} {course.title}: {', '.join(parts)}"


def _shares(course: Course, desk: Desk) -> str:
    if not course.offline_until:
        return ""
    online, until = course.capacity - course.offline_seats, desk.moment(course.offline_until)
    return f", 온라인 {online}명·방문 {course.offline_seats}명, 남으면 {until}에 함께"


def _applying(course: Course, desk: Desk) -> str:
    """From when to when, the year of the end where it is another one than that of the start."""
    zone = desk.organization.timezone
    opens = course.apply_start.astimezone(zone).date()
    until = dates.moment(course.apply_end, "ko", zone, today=opens)
    return f"{desk.moment(course.apply_start)} ~ {until}"


def _fees(course: Course) -> str:
    fees = {"재료비": course.material_fee, "교재비": course.textbook_fee, "응시료": course.exam_fee}
    return "·".join(f"{name} {dates.money(fee, 'ko')}" for name, fee in fees.items() if fee) or "무료"


def skipped(planned: Iterable[Planned]) -> Iterator[str]:
    """Courses with days on which they would have had a class."""
    for one in planned:
        if one.plan.skipped:
            yield f"{one.course.title}({one.course.code}): {skipped_days(one.plan.skipped)}"
