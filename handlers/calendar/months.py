"""Months of the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, order=True)
class Month:
    """Written as 2026-11."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def after(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> "Month":
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when on, and before when."""
        return datetime.combine(self.first, time(0), zone), datetime.combine(self.after.first, time(0), zone)


def month_of(at: datetime, zone: ZoneInfo) -> Month:
    here = at.astimezone(zone)
    return Month(here.year, here.month)


def read_month(written: str) -> Month:
    """Raises ValueError."""
    day = datetime.strptime(written, "%Y-%m").date()  # noqa: DTZ007 - of a month, which no time zone moves
    if day.year not in range(2000, 2100):
        raise ValueError(f"{day.year} is far off")
    return Month(day.year, day.month)
