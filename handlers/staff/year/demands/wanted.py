"""How much a course was wanted: who applied, who was turned away, and how many classes would have sufficed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.year import taught
from storage.year.taught import Interest, Taught

NOBODY = Interest(0, 0, 0)


@dataclass(frozen=True)
class Wanted:
    """A course, and who wanted it."""

    course: Taught
    interest: Interest

    @property
    def at_close(self) -> int:
        return self.interest.at_close

    @property
    def beyond(self) -> int:
        """How many more stood there than there are seats: who waited at the close, however seats were given."""
        return max(self.at_close - self.course.capacity, 0)

    @property
    def classes(self) -> int:
        """So many would have taken all who stood there."""
        return max(-(-self.at_close // max(self.course.capacity, 1)), 1)

    @property
    def is_worth_more(self) -> bool:
        """Whether as many were left as open a class."""
        return self.beyond >= max(self.course.minimum, 1)


def of_courses(tx: Transaction, year: int, courses: Iterable[Taught], now: datetime) -> list[Wanted]:
    """Of those among these that take place."""
    found = taught.interests(tx, year, now)
    shown = (each for each in courses if each.state not in ("cancelled", "hidden"))
    return [Wanted(each, found.get(each.id, NOBODY)) for each in shown]
