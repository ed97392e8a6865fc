"""How much a course was wanted: who applied, who was turned away, and how many classes would have sufficed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.year.taught import Application, Taught


@dataclass(frozen=True)
class Wanted:
    """People, each counted once a course. `at_close` is who stood when the time of applying was over, or now."""

    course: Taught
    applied: int
    at_close: int
    turned_away: int

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


def of_courses(
    courses: Iterable[Taught], applications: Mapping[int, Sequence[Application]], now: datetime
) -> list[Wanted]:
    """Of those that take place."""
    shown = (each for each in courses if each.state not in ("cancelled", "hidden"))
    return [_of(each, applications.get(each.id, ()), now) for each in shown]


def _of(course: Taught, found: Sequence[Application], now: datetime) -> Wanted:
    at = min(course.apply_end, now)
    is_decided = course.apply_end < now
    return Wanted(
        course,
        len({each.resident_id for each in found}),
        len({each.resident_id for each in found if each.stood(at)}),
        len({each.resident_id for each in found if is_decided and _is_turned_away(each)}),
    )


def _is_turned_away(one: Application) -> bool:
    """No seat, and not by their own word: not chosen, or still in line, or in line when they gave up waiting."""
    return one.state in ("not_selected", "waiting") or (one.state == "cancelled" and one.ended_from == "waiting")
