"""What became of completers: who would like to teach, and how many work some months later."""

from collections.abc import Mapping
from datetime import date, time

from handlers.calendar.hours import local
from handlers.language.days import dates
from handlers.staff.counseling import appointments
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Listing, Table, Told
from handlers.staff.persons.who import WHO, who
from storage.completion import followups, instructors
from storage.completion.followups import STAGES, WORKING
from storage.completion.instructors import Candidate
from storage.database import Transaction
from storage.teaching import courses

COLUMNS = ("번호", "과정", "자격증", *WHO, "언제부터", "맡은 강좌")
WORDS = {"related": "배운 일", "other": "다른 일", "looking": "찾는 중", "not_looking": "찾지 않음"}


def show_instructors(tx: Transaction, desk: Desk) -> Told:
    found = instructors.everybody(tx)
    known = courses.with_ids(tx, [each.teaches for each in found if each.teaches])
    codes = {course.id: course.code for course in known}
    rows = tuple((*_row(desk, each), codes.get(each.teaches or 0, "-")) for each in found)
    return Told(f"강사 후보: {len(found)}명", tables=(Table(rows, COLUMNS),) if rows else ())


def _row(desk: Desk, one: Candidate) -> tuple[str, ...]:
    since = dates.day(one.since.astimezone(desk.organization.timezone).date(), "ko", today=desk.today)
    number = str(one.enrollment_id)
    return number, f"‘{one.title}’", one.certificate or "자격증 없음", *who(desk, one.resident_id, one), f"{since}부터"


def show_year(tx: Transaction, desk: Desk, year: int) -> Told:
    """For the yearly report: appointments, and what became of completers."""
    return Told(facts=appointments.totals(tx, desk, year).facts, tables=show_followups(tx, desk, year).tables)


def show_followups(tx: Transaction, desk: Desk, year: int) -> Told:
    """Of those who were asked in this year."""
    since, until = (local(date(each, 1, 1), time(0), desk.organization.timezone) for each in (year, year + 1))
    stages = tuple(_line(stage, followups.counts(tx, stage, since, until)) for stage in STAGES)
    return Told(tables=(Listing(stages, f"{year}년에 물은 수료생의 취업"),))


def _line(stage: int, counts: Mapping[str | None, int]) -> str:
    asked = sum(counts.values())
    answered = asked - counts.get(None, 0)
    working = sum(counts.get(each, 0) for each in WORKING)
    each = ", ".join(f"{word} {counts.get(answer, 0)}명" for answer, word in WORDS.items())
    shares = f"{_share(working, answered, '답한 분')}, {_share(working, asked, '물은 분')}"
    return (
        f"수료 {stage}개월 뒤: 물은 분 {asked}명, 답한 분 {answered}명({_share(answered, asked, '물은 분')}), "
        f"일하는 분 {working}명({shares}). {each}."
    )


def _share(part: int, whole: int, of: str) -> str:
    return f"{of}의 {100 * part / whole:.1f}%" if whole else f"{of} 없음"
