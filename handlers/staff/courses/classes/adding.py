"""One more class of a course, which its sheet has as an extra day from then on."""

from dataclasses import replace
from datetime import date, datetime

from handlers.staff.courses.classes.moving import check_is_free, telling
from handlers.staff.courses.forms.writing import row_of, texts_of
from handlers.staff.courses.scope import of_course
from handlers.staff.courses.sheets.importing import NEW, import_courses
from handlers.staff.courses.sheets.reading import plan_of
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Meant
from handlers.staff.desk.lookup import called
from handlers.staff.desk.times import read_when
from handlers.staff.desk.told import Told
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction, hold
from storage.teaching import sessions
from storage.teaching.course import Course


def add(tx: Transaction, desk: Desk, code: str, when: str) -> Told:
    """On a day alone it is at the course's usual time; it lasts as long as its others."""
    hold(tx, NEW)
    course = lookup.locked(tx, code)
    zone = desk.organization.timezone
    usual = datetime.combine(course.start_date, course.start_time, tzinfo=zone)
    starts_at = read_when(desk, usual, when)
    day = starts_at.date()
    _check_day(tx, desk, course, day)
    length = datetime.combine(day, course.end_time) - datetime.combine(day, course.start_time)
    times = (starts_at, starts_at + length)
    check_is_free(tx, desk, course, times)
    sessions.add(tx, course.id, times, datetime.combine(day, course.start_time, tzinfo=zone), desk.now)
    _keep(tx, desk, course, day)
    number = next(each.number for each in sessions.of_courses(tx, [course.id]) if each.starts_at == starts_at)
    title = f"{called(course)}: {desk.moment(starts_at)} 수업을 {desk.done('넣었습니다', '넣습니다')}."
    longer = [f"종료일을 {day}로 늘립니다."] if day > course.end_date else []
    told = Told(title, (f"{number}회차입니다. 뒤의 회차는 하나씩 밀립니다.",), notes=tuple(longer))
    return telling(tx, desk, course, told, starts_at)


def _check_day(tx: Transaction, desk: Desk, course: Course, day: date) -> None:
    if day < course.start_date:
        raise Declined(f"{called(course)}: 시작일({course.start_date})보다 앞입니다. 먼저 시작일을 고쳐 주세요.")
    zone = desk.organization.timezone
    known = sessions.of_courses(tx, [course.id])
    if day in {at.astimezone(zone).date() for each in known for at in (each.starts_at, each.planned[0])}:
        raise Declined(f"{called(course)}: {day}에는 이미 수업이 있습니다. 시각을 바꾸려면 수업을 옮겨 주세요.")


def _keep(tx: Transaction, desk: Desk, course: Course, day: date) -> None:
    """In the columns of the sheet, so that no import takes it away that was written from them."""
    here = desk.organization
    extra = tuple(sorted({*course.extra_days, day}))
    wanted = replace(course, extra_days=extra, days_off=(), end_date=max(course.end_date, day))
    # A later end alone would bring more classes: these days are off.
    held = {
        since.astimezone(here.timezone).date() for since, _ in plan_of(wanted, here.timezone, here.closed_days).sessions
    }
    off = {*course.days_off, *(each for each in held if each > course.end_date)} - {day}
    row = row_of(texts_of(replace(wanted, days_off=tuple(sorted(off))), here.timezone))
    imported = import_courses(tx, desk, [row], meant=Meant(True, frozenset({course.code})))
    if imported.is_refused:
        raise Declined(f"{called(course)}: 수업을 넣지 못했습니다.", items=map(str, imported.problems))


def _scope(tx: Transaction, desk: Desk, code: str, **args: object) -> tuple[Scope, list[Subject]]:
    hold(tx, NEW)  # before the course is locked, as an import does
    scope, subjects = of_course(tx, desk, code, **args)
    return scope, list(subjects)


ADD = acts.add(Act("add-session", "수업 넣기", add, _scope, ("changed",)))
