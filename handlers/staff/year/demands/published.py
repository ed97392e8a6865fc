"""What everybody may see of demand: sums of courses that at least five applied for, and words that five wish for.

A course is counted whole, once applying is over, or not at all. So no figure, and no difference of two, is of fewer.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from handlers.staff.desk.desk import Desk
from handlers.staff.surveys.tally.results import Asked
from handlers.staff.year.demands import asked
from handlers.staff.year.demands.wanted import Wanted, of_courses
from storage.asking import surveys
from storage.asking.survey import FEWEST, MULTI, SINGLE
from storage.database import Transaction
from storage.year import awaiting, taught

MOST_WORDS = 20


@dataclass(frozen=True)
class Sum:
    """Of courses of a field or a time of day; `name` is "" where they have none."""

    name: str
    courses: int
    seats: int
    applied: int


@dataclass(frozen=True)
class Published:
    """Of a year; `asked` is what a survey of needs was answered."""

    year: int
    by_category: tuple[Sum, ...]
    by_daypart: tuple[Sum, ...]
    wishes: tuple[tuple[str, int], ...]
    asked: tuple[Asked, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.by_category or self.wishes or self.asked)


def published(tx: Transaction, desk: Desk) -> Published:
    """Of this year, or of the last as long as there is nothing of this one."""
    this = desk.today.year
    year, found = next(((year, of) for year in (this, this - 1) if (of := _counted(tx, desk, year))), (this, []))
    return Published(
        year,
        _sums(found, lambda each: each.course.category),
        _sums(found, lambda each: each.course.daypart),
        tuple(awaiting.wished(tx, MOST_WORDS, fewest=FEWEST)),
        tuple(_asked(tx, desk, this)),
    )


def _counted(tx: Transaction, desk: Desk, year: int) -> list[Wanted]:
    over = [each for each in taught.of_year(tx, year) if each.apply_end < desk.now]
    found = of_courses(tx, year, over, desk.now)
    return [each for each in found if each.at_close >= FEWEST]


def _sums(found: Iterable[Wanted], way: Callable[[Wanted], str]) -> tuple[Sum, ...]:
    """Most wanted first."""
    courses, seats, applied = Counter[str](), Counter[str](), Counter[str]()
    for each in found:
        name = way(each)
        courses[name] += 1
        seats[name] += each.course.capacity
        applied[name] += each.at_close
    return tuple(Sum(name, courses[name], seats[name], people) for name, people in applied.most_common())


def _asked(tx: Transaction, desk: Desk, year: int) -> Sequence[Asked]:
    """Choices alone: what people wrote isn't for everybody."""
    kept = [each for each in surveys.all_newest(tx) if each.kind == asked.NEEDS]
    found = [result for each in kept if (result := asked.of_survey(tx, desk, each, year))]
    return [
        each
        for result in found
        for each in result.questions
        if each.item.kind in (SINGLE, MULTI) and each.figures and asked.SAYS.search(each.item.text.ko)
    ]
