"""For how long each kind of record is kept: what the settings say, and what consents promise."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

Unit = Literal["days", "months", "years"]

_UNITS: dict[str, Unit] = {"일": "days", "개월": "months", "년": "years"}
_WRITTEN = re.compile(r"([1-9][0-9]{0,4}) ?(일|개월|년)")
_WORDS = {
    "ko": {"days": ("{}일", "{}일"), "months": ("{}개월", "{}개월"), "years": ("{}년", "{}년")},
    "en": {"days": ("{} day", "{} days"), "months": ("{} month", "{} months"), "years": ("{} year", "{} years")},
}


@dataclass(frozen=True)
class Period:
    """A number of days, or of months or years as the calendar has them."""

    number: int
    unit: Unit = "days"

    @classmethod
    def of(cls, written: str) -> "Period":
        """90일, 6개월, 5년; ValueError for anything else."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(written)
        return cls(int(found[1]), _UNITS[found[2]])

    def after(self, day: date) -> date:
        """The last day on which something of this day is kept."""
        if self.unit == "days":
            return day + timedelta(days=self.number)
        months = day.year * 12 + day.month - 1 + self.number * (12 if self.unit == "years" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))

    def before_day(self, today: date) -> date:
        """What was earlier than this day is over: the first whose last day is today, or is yet to come."""
        if self.unit == "days":
            return today - timedelta(days=self.number)
        first = Period(-self.number, self.unit).after(today)
        while self.after(first) < today:  # the end of February, in years that differ
            first += timedelta(days=1)
        return first

    def in_words(self, language: str) -> str:
        one, many = _WORDS[language][self.unit]
        return (one if self.number == 1 else many).format(self.number)

    @property
    def days(self) -> int:
        """About so many, to compare periods by."""
        return self.number * {"days": 1, "months": 30, "years": 365}[self.unit]


@dataclass(frozen=True)
class Periods:
    """By what the settings call them."""

    talk: Period = Period(90)
    drafts: Period = Period(30)
    notices: Period = Period(365)
    wishes: Period = Period(1, "years")
    callbacks: Period = Period(30)  # after the call, or when it isn't wanted any more
    applications: Period = Period(1, "years")  # that got no seat, after the course has ended
    attended: Period = Period(5, "years")  # seats and completions, after the course has ended
    counseling: Period = Period(3, "years")  # after the talk
    consents: Period = Period(3, "years")  # after they were taken back, or whoever gave them was erased
    answers: Period = Period(3, "years")  # with a name, and that somebody answered, after the survey has closed
    access_log: Period = Period(730)
    strangers: Period = Period(7)  # who only looked around
    missed: Period = Period(90)  # phrases that found nothing, after they were said last
    missed_kept: Period = Period(1, "years")  # and those that officers keep for the next term
    payloads: Period = Period(30)  # what feeds of postings sent
    runs: Period = Period(365)  # how feeds and nights went


@dataclass(frozen=True)
class Night:
    """A moment in local time, at which what is over goes."""

    now: datetime
    periods: Periods

    @property
    def today(self) -> date:
        return self.now.date()

    def before(self, name: str) -> datetime:
        """The beginning of the first day that isn't over yet."""
        return datetime.combine(self.before_day(name), time(0), self.now.tzinfo)

    def before_day(self, name: str) -> date:
        period: Period = getattr(self.periods, name)
        return period.before_day(self.today)
