"""Courses as a file alone has them: what can be read, what can't be together, and when they meet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from handlers.calendar.timetable import Plan, plan
from handlers.language.days import dates
from handlers.staff.courses.sheets import columns, shares
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import Row
from storage.teaching.course import Course

MOST = 5_000  # rows in one file: bounds the transaction
LONGEST = timedelta(days=731)


@dataclass(frozen=True)
class Planned:
    """A course as a row wants it, with its sessions."""

    row: Row
    course: Course
    plan: Plan


@dataclass(frozen=True)
class Checked:
    planned: tuple[Planned, ...]
    problems: tuple[Problem, ...]


def check(rows: Sequence[Row], timezone: ZoneInfo, closed_days: Mapping[date, str]) -> Checked:
    """All that can be found wrong without the database."""
    if len(rows) > MOST:
        return Checked(
            (), (Problem(rows[0].sheet, None, f"한 번에 {MOST:,}개까지 등록할 수 있습니다. 나누어 주세요."),)
        )
    checks = [_check_row(row, timezone, closed_days) for row in rows]
    planned = tuple(one for one, _ in checks if one)
    problems = (*COLUMNS.header_problems(rows), *chain.from_iterable(found for _, found in checks), *_twins(planned))
    return Checked(planned, problems)


def _check_row(row: Row, timezone: ZoneInfo, closed_days: Mapping[date, str]) -> tuple[Planned | None, list[Problem]]:
    course, problems = columns.read(row, timezone)
    return (None, problems) if course is None else planned_of(row, course, timezone, closed_days)


def planned_of(
    row: Row, course: Course, timezone: ZoneInfo, closed_days: Mapping[date, str]
) -> tuple[Planned | None, list[Problem]]:
    problems = [COLUMNS.wrong(row, field, why) for field, why in _conflicts(course, timezone)]
    if problems:
        return None, problems
    meetings = plan_of(course, timezone, closed_days)
    if not meetings.sessions:
        return None, [COLUMNS.wrong(row, "weekdays", _why_none(meetings))]
    return Planned(row, course, meetings), []


def _conflicts(course: Course, timezone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """Cells that are readable alone, but not together: (field, why)."""
    if course.end_date < course.start_date:
        yield "end_date", f"‘시작일’({course.start_date})보다 빠릅니다."
    if course.end_date - course.start_date > LONGEST:
        yield "end_date", f"‘시작일’({course.start_date})부터 2년이 넘습니다. 연도를 확인해 주세요."
    if course.apply_end <= course.apply_start:
        yield "apply_end", "‘접수시작’보다 뒤여야 합니다."
    if course.apply_end.astimezone(timezone).date() > course.end_date:
        yield "apply_end", f"‘종료일’({course.end_date})보다 늦습니다."
    if course.end_time <= course.start_time:
        yield "end_time", f"‘시작시간’({course.start_time:%H:%M})보다 늦어야 합니다."
    if course.minimum > course.capacity:
        yield "minimum", f"{course.minimum}명은 ‘정원’({course.capacity}명)보다 많습니다."
    yield from shares.conflicts(course, timezone)


def plan_of(course: Course, timezone: ZoneInfo, closed_days: Mapping[date, str]) -> Plan:
    """When a course meets by what its columns say."""
    span, times = (course.start_date, course.end_date), (course.start_time, course.end_time)
    rhythm = (course.every_weeks, course.extra_days)
    return plan(*span, course.weekdays, *times, course.days_off, closed_days, timezone, *rhythm)


def _why_none(meetings: Plan) -> str:
    days = skipped_days(meetings.skipped[:3])
    return f"‘시작일’부터 ‘종료일’까지 수업할 날이 하루도 없습니다{f'({days})' if days else ''}."


def skipped_days(skipped: Sequence[tuple[date, str]]) -> str:
    return ", ".join(f"{dates.day(day, 'ko')} {reason}" for day, reason in skipped)


def _twins(planned: Sequence[Planned]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for one in planned:
        before = first.setdefault(one.course.code, one.row)
        if before is not one.row:
            where = f"{before.sheet} {before.number}{'행' if before.letters else '번째'}"
            yield COLUMNS.wrong(one.row, "code", f"{where}에 같은 번호가 있습니다. 과정마다 다른 번호를 적어 주세요.")
