"""A course once more in a coming term, proposed as a form: nothing is made before somebody saves it."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.calendar.timetable import Plan
from handlers.language.days import dates
from handlers.staff.courses.forms import form
from handlers.staff.courses.forms.form import CourseForm
from handlers.staff.courses.forms.writing import texts_of
from handlers.staff.courses.sheets.reading import plan_of
from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import term
from handlers.staff.desk.lookup import called
from handlers.staff.files.cells import code_form
from storage.database import Transaction
from storage.teaching import courses
from storage.teaching.course import Course

HALF = timedelta(weeks=26)  # days keep their weekdays
LATER = timedelta(weeks=10)  # so much longer it may take to have as many classes
_DIGITS = re.compile(r"(\d+)(?!.*\d)", re.DOTALL)


def copied(tx: Transaction, desk: Desk, code: str) -> CourseForm:
    """Number, term and days of the next term that is still to come; all else as it is. Nobody is in it."""
    old = lookup.course(tx, code)
    halves = _halves(old.start_date, desk.today)
    new = _shifted(old, halves, desk)
    new = replace(new, code=_number(old, new, courses.codes(tx)))
    shown = form.written_as("", texts_of(new, desk.organization.timezone))
    return replace(shown, notes=tuple(_notes(old, new, desk)))


def _halves(start: date, today: date) -> int:
    """How many half-years later it begins: at least one, and so many that the day is still to come."""
    return max(1, -((start - today).days // HALF.days)) if start <= today else 1


def _shifted(old: Course, halves: int, desk: Desk) -> Course:
    zone, by = desk.organization.timezone, HALF * halves
    moved = replace(
        old,
        term=_term(old.term, halves),
        start_date=old.start_date + by,
        end_date=old.end_date + by,
        apply_start=_same_clock(old.apply_start, by, desk),
        apply_end=_same_clock(old.apply_end, by, desk),
        offline_until=old.offline_until and _same_clock(old.offline_until, by, desk),
        days_off=(),
        extra_days=(),
        state="published",
    )
    wanted = len(_plan(old, desk).sessions)
    longer = _plan(replace(moved, end_date=moved.end_date + LATER), desk).sessions[:wanted]
    last = longer[-1][0].astimezone(zone).date() if longer else moved.end_date
    return replace(moved, end_date=max(moved.end_date, last))


def _same_clock(at: datetime, by: timedelta, desk: Desk) -> datetime:
    here = at.astimezone(desk.organization.timezone)
    return datetime.combine(here.date() + by, here.time(), tzinfo=desk.organization.timezone)


def _term(before: str, halves: int) -> str:
    year, half = (int(part) for part in before.split("-H"))
    years, rest = divmod(half - 1 + halves, 2)
    return f"{year + years}-H{rest + 1}"


def _plan(course: Course, desk: Desk) -> Plan:
    return plan_of(course, desk.organization.timezone, desk.organization.closed_days)


def _number(old: Course, new: Course, known: Collection[str]) -> str:
    """With the year of the new term where it has that of the old; the next one that is free."""
    taken = {code_form(each) for each in known}
    found = _with_term(old.code, old.term, new.term)
    while code_form(found) in taken:
        found = _next(found)
    return found


def _with_term(code: str, old: str, new: str) -> str:
    """With year and half of the new term where it has those of the old, as 26-2-07, or the year alone."""
    (year, half), (later, other) = old.split("-H"), new.split("-H")
    for before, after in ((year, later), (year[2:], later[2:])):
        for was, will in ((rf"{before}-{half}(?=-)", f"{after}-{other}"), (rf"{before}(?!\d)", after)):
            changed = re.sub(rf"(?<!\d){was}", will, code, count=1)
            if changed != code:
                return changed
    return code


def _next(code: str) -> str:
    """The last number in it one higher, as wide as it is."""
    found = _DIGITS.search(code)
    if not found:
        return f"{code}-2"
    return f"{code[: found.start()]}{int(found[1]) + 1:0{len(found[1])}}{code[found.end() :]}"


def _notes(old: Course, new: Course, desk: Desk) -> list[str]:
    held = _plan(new, desk)
    told = [f"{called(old)} 과정을 {term(new.term)}로 옮겨 적었습니다. 저장해야 만들어집니다."]
    told.append(
        f"수업은 {dates.span(new.start_date, new.end_date, 'ko', today=desk.today)} {len(held.sessions)}회입니다."
    )
    if held.skipped:
        days = ", ".join(f"{dates.day(day, 'ko')} {reason}" for day, reason in held.skipped)
        told.append(f"쉬는 날은 뺐습니다: {days}")
    if old.days_off or old.extra_days:
        told.append("지난 ‘휴강일’과 ‘보강일’은 옮기지 않았습니다.")
    return told
