"""Importing courses: all rows or none, and the same file twice changes nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Literal
from zoneinfo import ZoneInfo

from handlers.calendar.timetable import Plan, plan
from handlers.dialogue.organization import Organization
from handlers.language import dates
from handlers.seating import lottery
from handlers.staff.courses import columns, differences, template
from handlers.staff.courses.columns import COLUMNS
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Imported, Importer, first_of
from handlers.staff.desk.told import Listing
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import COURSE, Row
from storage import courses, enrollments, sessions
from storage.course import Course
from storage.database import Transaction
from storage.sessions import Session, Times
from storage.states import HOLDING, CourseState

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


@dataclass(frozen=True)
class _Compared:
    """Rows beside the courses that are known; with problems nothing else."""

    problems: tuple[Problem, ...] = ()
    new: tuple[Planned, ...] = ()
    changed: tuple[tuple["_Known", Planned], ...] = ()
    same: tuple[Planned, ...] = ()

    @property
    def wanted(self) -> tuple[Planned, ...]:
        """What is to be written."""
        return *self.new, *(one for _, one in self.changed)


# --- by the file alone ---


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
    return (None, problems) if course is None else _planned(row, course, timezone, closed_days)


def _planned(
    row: Row, course: Course, timezone: ZoneInfo, closed_days: Mapping[date, str]
) -> tuple[Planned | None, list[Problem]]:
    problems = [COLUMNS.wrong(row, field, why) for field, why in _conflicts(course, timezone)]
    if problems:
        return None, problems
    meetings = _plan(course, timezone, closed_days)
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


def _plan(course: Course, timezone: ZoneInfo, closed_days: Mapping[date, str]) -> Plan:
    span, times = (course.start_date, course.end_date), (course.start_time, course.end_time)
    rhythm = (course.every_weeks, course.extra_days)
    return plan(*span, course.weekdays, *times, course.days_off, closed_days, timezone, *rhythm)


def _why_none(meetings: Plan) -> str:
    days = _days(meetings.skipped[:3])
    return f"‘시작일’부터 ‘종료일’까지 수업할 날이 하루도 없습니다{f'({days})' if days else ''}."


def _twins(planned: Sequence[Planned]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for one in planned:
        before = first.setdefault(one.course.code, one.row)
        if before is not one.row:
            where = f"{before.sheet} {before.number}{'행' if before.letters else '번째'}"
            yield COLUMNS.wrong(one.row, "code", f"{where}에 같은 번호가 있습니다. 과정마다 다른 번호를 적어 주세요.")


# --- beside what is known ---


@dataclass(frozen=True)
class _Known:
    """A course with its sessions in the order of time; `dropped` begin what was dropped by hand."""

    course: Course
    sessions: Sequence[Session]
    dropped: Collection[datetime]

    def is_as(self, planned: Planned) -> bool:
        bare = replace(self.course, id=0, held=0, waiting=0, applied=0, first_class=None)
        times = sorted(session.planned for session in self.sessions)
        return bare == planned.course and times == self.left_of(planned)

    def left_of(self, planned: Planned) -> list[Times]:
        """The times of a row, but for what was dropped by hand."""
        return [times for times in planned.plan.sessions if times[0] not in self.dropped]

    def is_closed_by(self, planned: Planned, today: date) -> bool:
        return self.course.state != "cancelled" == planned.course.state and planned.course.end_date >= today

    def is_moved_by(self, planned: Planned) -> bool:
        return sessions.would_tell(self.sessions, self.left_of(planned))


def import_courses(tx: Transaction, desk: Desk, rows: Sequence[Row], only_check: bool = False) -> Imported:
    """Add and change courses by their code, with their sessions."""
    checked = check(rows, desk.organization.timezone, desk.organization.closed_days)
    if not (checked.problems or only_check):
        _lock_changing(tx, checked, desk.organization)
    compared = _compare(tx, checked, desk.organization)
    if compared.problems:
        return Imported(problems=compared.problems)
    if not only_check:
        _write(tx, desk, compared.wanted)
    return replace(_imported(compared, desk), concerned=frozenset(_concerned(tx, compared, desk.today)))


IMPORTER = Importer((COURSE,), import_courses, template.pages)


def _imported(compared: _Compared, desk: Desk) -> Imported:
    late = [one.course.title for one in compared.wanted if one.course.apply_end < desk.now]
    pairs = [(before.course, one.course) for before, one in compared.changed]
    changes = differences.told(pairs, desk.organization.timezone)
    skipped = _skipped((*compared.wanted, *compared.same))
    listings = (Listing(changes, "바뀌는 것입니다."), Listing(skipped, "쉬는 날이라 수업을 넣지 않은 날입니다."))
    return Imported(
        new=len(compared.new),
        changed=len(compared.changed),
        same=len(compared.same),
        facts=(f"접수기간이 이미 지난 과정이 있습니다. 연도를 확인해 주세요: {first_of(late)}",) if late else (),
        tables=tuple(listing for listing in listings if listing.items),
    )


def _concerned(tx: Transaction, compared: _Compared, today: date) -> Iterator[int]:
    """Residents who are told of it: those in a course that is closed, and those with a seat in one that moves."""
    for before, one in compared.changed:
        if before.is_closed_by(one, today):
            yield from enrollments.living(tx, before.course.id)
        elif before.is_moved_by(one):
            yield from enrollments.living(tx, before.course.id, *HOLDING)


def _skipped(planned: Iterable[Planned]) -> tuple[str, ...]:
    """Courses with days on which they would have had a class."""
    found = [(one.course, _days(one.plan.skipped)) for one in planned if one.plan.skipped]
    return tuple(f"{course.title}({course.code}): {days}" for course, days in found)


def _days(skipped: Iterable[tuple[date, str]]) -> str:
    return ", ".join(f"{dates.day(day, 'ko')} {reason}" for day, reason in skipped)


def _known(tx: Transaction, planned: Sequence[Planned]) -> dict[str, _Known]:
    found = courses.by_code(tx, [one.course.code for one in planned])
    its: dict[int, list[Session]] = {course.id: [] for course in found.values()}
    for session in sessions.of_courses(tx, list(its)):
        its[session.course_id].append(session)
    dropped = sessions.dropped_by_hand(tx, list(its))
    return {code: _Known(one, its[one.id], dropped[one.id]) for code, one in found.items()}


def _lock_changing(tx: Transaction, checked: Checked, here: Organization) -> None:
    """Nobody takes a seat in a course between our look at its seats and our change of it."""
    there, _ = _there(_known(tx, checked.planned), checked.planned, here)
    # Always in the order of ids, so that two imports can't wait for each other.
    for course_id in sorted(before.course.id for before, one in there if not before.is_as(one)):
        courses.lock(tx, course_id)


def _compare(tx: Transaction, checked: Checked, here: Organization) -> _Compared:
    known = _known(tx, checked.planned)
    there, unfit = _there(known, checked.planned, here)
    problems = (*checked.problems, *unfit, *_too_small(there), *_reopened(there))
    if problems:
        return _Compared(problems)
    same = tuple(one for before, one in there if before.is_as(one))
    changed = tuple((before, one) for before, one in there if not before.is_as(one))
    new = tuple(_in_state("published", one) for one in checked.planned if one.course.code not in known)
    return _Compared((), new, changed, same)


def _there(
    known: Mapping[str, _Known], planned: Sequence[Planned], here: Organization
) -> tuple[list[tuple[_Known, Planned]], list[Problem]]:
    """Courses that are known already, beside what their rows want of them; problems where that doesn't fit together."""
    there, problems = [], []
    for before, one in ((known[one.course.code], one) for one in planned if one.course.code in known):
        wanted, found = _planned(one.row, _kept(before.course, one), here.timezone, here.closed_days)
        there += [(before, _in_state(before.course.state, wanted))] if wanted else []
        problems += found
    return there, problems


def _kept(before: Course, planned: Planned) -> Course:
    """The course that a row wants, with what is known already in the columns that its file doesn't have."""
    silent = [column.field for column in COLUMNS.all if not COLUMNS.has(planned.row, column.field)]
    course = replace(planned.course, **{field: getattr(before, field) for field in silent})
    if (before.weekdays, before.start_time) == (course.weekdays, course.start_time):
        return course
    return replace(course, daypart=planned.course.daypart)  # what was told or followed from other times


def _in_state(state: CourseState | Literal[""], planned: Planned) -> Planned:
    """A row that says nothing of the state leaves it: a closed course isn't opened by correcting its room."""
    return planned if planned.course.state else replace(planned, course=replace(planned.course, state=state))


def _too_small(there: Sequence[tuple[_Known, Planned]]) -> Iterator[Problem]:
    for before, one in there:
        held = before.course.held
        if one.course.capacity < min(held, before.course.capacity):
            why = f"이미 {held}명이 자리를 얻어 {held}명보다 줄일 수 없습니다."
            yield COLUMNS.wrong(one.row, "capacity", why)


def _reopened(there: Sequence[tuple[_Known, Planned]]) -> Iterator[Problem]:
    """A course is closed for good: everybody in it was told so."""
    for before, one in there:
        if before.course.state == "cancelled" != one.course.state:
            why = "폐강한 과정입니다. ‘상태’를 비우거나 ‘폐강’으로 적고, 다시 열려면 새 과정번호로 등록해 주세요."
            yield COLUMNS.wrong(one.row, "state", why)


def _write(tx: Transaction, desk: Desk, planned: Sequence[Planned]) -> None:
    courses.save(tx, [one.course for one in planned])
    saved = courses.by_code(tx, [one.course.code for one in planned])
    sessions.replace(tx, {saved[one.course.code].id: one.plan.sessions for one in planned}, desk.now)
    lottery.promise_seeds(tx, desk.organization)
