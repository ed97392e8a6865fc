"""Values that are published at set hours, which nobody knows before: the numbers of a public draw."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.calendar.hours import DAY, local

BEFOREHAND = timedelta(hours=2)
WEEKDAYS = "월화수목금토일"


@dataclass(frozen=True)
class PublicValue:
    """Comes out at `at` on each of `weekdays` (0 is Monday) and has so many numbers; without a name there is none."""

    name: str = "로또 6/45 당첨번호 6개와 보너스 번호"
    weekdays: tuple[int, ...] = (5,)
    at: time = time(20, 45)
    numbers: int = 7

    @property
    def rule(self) -> str:
        """What is fixed beforehand, in words."""
        days = "·".join(WEEKDAYS[day] for day in self.weekdays)
        return f"{self.name}({days}요일 {self.at:%H:%M})" if self.name else ""

    def next_after(self, now: datetime, zone: ZoneInfo) -> datetime:
        """When the first one comes out that nobody can know yet: it is drawn a while before it is published."""
        days = (day for day in _from(now.astimezone(zone).date()) if day.weekday() in self.weekdays)
        return next(moment for day in days if (moment := local(day, self.at, zone)) > now + BEFOREHAND)

    def read(self, text: str) -> str:
        """The numbers, the small ones first, so that one value is written in one way; "" when their count is wrong."""
        found = [int(each) for each in re.findall(r"\d+", unicodedata.normalize("NFKC", text))]
        return " ".join(map(str, sorted(found))) if len(found) == self.numbers else ""


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY
