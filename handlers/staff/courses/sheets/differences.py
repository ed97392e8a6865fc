"""What a file changes of courses, and how many people will hear of it."""

from collections.abc import Iterator, Sequence

from handlers.language.days import dates
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.courses.sheets.comparing import Known, Pair
from handlers.staff.courses.sheets.reading import Planned
from handlers.staff.desk import differences
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import Changed, Rows
from storage.teaching.sessions import Times


def told(changed: Sequence[Pair], desk: Desk) -> Iterator[Changed]:
    """Each course with its number, what changes, and whom that reaches."""
    for before, one in changed:
        name = f"{before.course.code} {before.course.title}"
        yield Changed(name, of_course(before, one, desk), _reach(before, one, desk))


def of_course(before: Known, one: Planned, desk: Desk) -> Rows:
    """The fields that differ, and the classes where they do."""
    rows = differences.rows(COLUMNS, one.row, before.course, one.course, desk.organization.timezone)
    if not is_rescheduled(before, one):
        return rows
    old, new = (_classes(each, desk) for each in (before.planned, before.left_of(one)))
    if old != new:
        return (*rows, ("수업", f"{old} → {new}"))
    return rows or (("수업", "날짜가 바뀝니다"),)


def is_rescheduled(before: Known, one: Planned) -> bool:
    return before.planned != before.left_of(one)


def _classes(times: Sequence[Times], desk: Desk) -> str:
    return f"{span(times, desk)} {len(times)}회" if times else "없음"


def span(times: Sequence[Times], desk: Desk) -> str:
    """From the first to the last day on which there is a class."""
    first, last = (at.astimezone(desk.organization.timezone).date() for at, _ in (times[0], times[-1]))
    return dates.span(first, last, "ko", today=desk.today)


def _reach(before: Known, one: Planned, desk: Desk) -> str:
    told = before.told_of(one, desk.now)
    if told:
        return f"{len(told)}명에게 알립니다."
    return f"신청한 {before.people}명에게는 알리지 않습니다." if before.people else "신청한 분이 없습니다."
