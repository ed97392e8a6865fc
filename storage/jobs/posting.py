"""A job posting, and what its dates mean."""

from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from typing import NamedTuple


@dataclass(frozen=True)
class Posting:
    """A job that somebody offers. Texts are "" where the source says nothing."""

    source: str  # work24, seoul, file or desk
    source_key: str
    company: str
    title: str
    category: str  # as courses have them
    occupation: str  # six digits of the 고용24 table
    region: str
    region_code: str  # five digits; "11000" is all of Seoul
    salary: str
    employment: str
    education: str
    career: str  # none, new or experienced
    hours: str
    daypart: str  # day, evening or weekend
    certificate: str
    description: str
    benefits: str
    openings: int | None
    close_on: date | None  # the last day, included
    until_filled: bool
    registered_on: date | None
    url: str
    institution: str  # that takes care of it
    id: int = 0
    listed_on: date = date.min
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None
    missed: int = 0
    hidden_at: datetime | None = None
    duplicate_of: int | None = None
    is_barred: bool = False

    def is_open(self, today: date) -> bool:
        return self.hidden_at is None and (self.close_on is None or today <= self.close_on)


CONTENT = tuple(field.name for field in fields(Posting) if field.default is MISSING)  # what a source tells


class SourcedPosting(NamedTuple):
    """A posting as a source tells it, and what it is found by; `payload` holds no person's name or number.

    `search` has the title in its first line and is compact, as are the words that are looked for in it.
    """

    posting: Posting
    twin: str
    search: str
    payload: dict[str, str] | None = None
