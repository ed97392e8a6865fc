"""A half-year in tests: courses with people in them, written as rows, and what is reported of it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Table
from handlers.staff.year.reports import reporting
from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections import given
from handlers.staff.year.reports.sections.given import Given
from storage import tables
from storage.database import Transaction
from storage.states import Progress
from storage.year import entries
from storage.year.entries import BudgetEntry, Entry
from tests.support.domain import COURSE, SEOUL, SETTINGS, add_course

ORGANIZATION = SETTINGS.to_organization()
DAY = timedelta(days=1)
RUNNING: Progress = "running"
_codes = count(1)


class HalfYear:
    """Of 2025 unless courses say otherwise, seen at the end of 2025."""

    def __init__(self, tx: Transaction, now: datetime = datetime(2026, 1, 5, 10, tzinfo=SEOUL)) -> None:
        self.tx, self.now = tx, now

    @property
    def desk(self) -> Desk:
        return Desk(ORGANIZATION, self.now)

    def course(self, begins: date = date(2025, 3, 4), **differing: Any) -> int:
        """Applying is over ten days before it begins; it lasts a month."""
        closes = datetime.combine(begins - 10 * DAY, time(18), SEOUL)
        half = 1 if begins.month < 7 else 2
        course = {
            **COURSE, "code": f"H{next(_codes)}", "term": f"{begins.year}-H{half}", "start_date": begins,
            "end_date": begins + 30 * DAY, "apply_start": closes - 14 * DAY, "apply_end": closes, "instructor": "",
            **differing,
        }  # fmt: skip
        return add_course(self.tx, course)

    def person(self, **told: Any) -> int:
        row = {"language": "ko", "created_at": self.now, **told}
        added = tables.residents.insert().values(row).returning(tables.residents.c.id)
        return int(self.tx.execute(added).scalar_one())

    def applies(self, course: int, state: str = "completed", person: int | None = None, **differing: Any) -> int:
        """A day after applying began; whoever has a seat has it from then on."""
        at = self.moments(course)[0] + DAY
        row = {
            "course_id": course, "resident_id": person or self.person(), "state": state, "channel": "web",
            "applied_at": at, "seated_at": at if state in ("confirmed", "completed", "not_completed") else None,
            **differing,
        }  # fmt: skip
        added = tables.enrollments.insert().values(row).returning(tables.enrollments.c.id)
        return int(self.tx.execute(added).scalar_one())

    def fills(self, course: int, people: int, state: str = "completed", **told: Any) -> list[int]:
        """So many people of whom the same is told; their enrollments."""
        return [self.applies(course, state, self.person(**told)) for _ in range(people)]

    def acquires(self, enrollment: int, name: str = "바리스타 2급") -> None:
        row = {"enrollment_id": enrollment, "name": name, "acquired_on": self.now.date(), "told_at": self.now}
        self.tx.execute(tables.qualifications.insert().values(row))

    def answers(self, enrollment: int, stage: int, said: str | None) -> None:
        row = {"enrollment_id": enrollment, "stage": stage, "asked_at": self.now, "answer": said}
        self.tx.execute(tables.followups.insert().values(row))

    def enters(self, *those: Entry) -> None:
        entries.save(self.tx, those)

    def moments(self, course: int) -> tuple[datetime, datetime]:
        """Between which people may apply."""
        row = self.tx.execute(tables.courses.select().where(tables.courses.c.id == course)).one()
        return row.apply_start, row.apply_end

    def given(self, half: int | None = 1, year: int = 2025) -> Given:
        return given.read(self.tx, self.desk, year, half)

    def part(self, number: int, half: int | None = 1, year: int = 2025) -> Section:
        return reporting.report(self.tx, self.desk, year, half).sections[number - 1]


def spent(amount: int, item: str, day: date | None, course: int | None = None) -> BudgetEntry:
    return BudgetEntry(0, 2025, "spent", "district", day, amount, item, "", course)


def rows(section: Section, title: str) -> dict[str, tuple[str, ...]]:
    """The cells of a table by the first of each row."""
    return {row[0]: row[1:] for row in table(section.tables, title).rows}


def table(among: Sequence[Any], title: str) -> Table:
    found = [each for each in among if each.title == title]
    assert found, f"no table {title!r} among {[each.title for each in among]}"
    return found[0]
