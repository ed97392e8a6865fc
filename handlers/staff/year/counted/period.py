"""Of which years a figure tells, and until which day: those of the term of office in which a year lies."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from handlers.calendar.terms import half_of
from handlers.staff.desk.desk import Desk
from storage.database import Transaction
from storage.year import entries
from storage.year.counted import Held
from storage.year.entries import PolicyTask

MONTHS = 3  # of a quarter
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Period:
    """`year` is the one that was asked for, and `until` the last day of it that counts, which is never after today."""

    year: int
    years: tuple[int, ...]
    until: date
    now: datetime
    timezone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.timezone).date()

    @cached_property
    def counted(self) -> tuple[int, ...]:
        """The years that have come."""
        return tuple(each for each in self.years if each <= min(self.year, self.until.year))

    def is_over(self, year: int) -> bool:
        return date(year, 12, 31) <= self.until

    @property
    def since(self) -> date:
        """From when on courses may be of one of the years: a term may begin before its year."""
        return date(self.years[0] - 1, 7, 1)

    @property
    def begun(self) -> date:
        """Until when they may have begun: a term may begin after its year, too."""
        return min(self.today, date(self.until.year + 1, 6, 30))

    @property
    def ends_at(self) -> datetime:
        """What is over by then counts."""
        return min(self.now, datetime.combine(self.until + timedelta(days=1), time(), self.timezone))

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(date(self.years[0], 1, 1), time(), self.timezone)


def of(tx: Transaction, desk: Desk, year: int, quarter: int | None = None) -> Period:
    """The term in which the year lies, until its end or that of a quarter of it; without a task the year alone."""
    task = task_of(tx, year)
    years = tuple(range(task.first_year, task.last_year + 1)) if task else (year,)
    return Period(year, years, min(desk.today, last_day(year, quarter)), desk.now, desk.organization.timezone)


def alone(when: Period) -> Period:
    """The year itself, without its term."""
    return replace(when, years=(when.year,))


def task_of(tx: Transaction, year: int) -> PolicyTask | None:
    """The first that was entered of those in whose years it lies."""
    return next(iter(tasks_of(tx, year)), None)


def tasks_of(tx: Transaction, year: int) -> Sequence[PolicyTask]:
    return [each for each in entries.all_of(tx, PolicyTask) if each.first_year <= year <= each.last_year]


def first_day(year: int, quarter: int) -> date:
    return date(year, MONTHS * (quarter - 1) + 1, 1)


def newest_quarter(year: int, today: date) -> int:
    """The last of its quarters that has begun; the first where none has."""
    return max((each for each in QUARTERS if first_day(year, each) <= today), default=QUARTERS[0])


def last_day(year: int, quarter: int | None = None) -> date:
    month = MONTHS * (quarter or QUARTERS[-1])
    return date(year, month, monthrange(year, month)[1])


def half_year(course: Held) -> tuple[int, int]:
    """That of its term; of one that is called otherwise, that in which it began."""
    return half_of(course.term) or (course.start_date.year, 1 if course.start_date.month <= 6 else 2)
