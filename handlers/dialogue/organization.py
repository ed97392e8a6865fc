"""The organization that speaks: its names, its place and time, and its hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from handlers.calendar.hours import Hours


@dataclass(frozen=True)
class House:
    """The organization that speaks, as settings describe it."""

    name: str
    team: str
    phone: str
    district: str
    dongs: tuple[str, ...]
    public_url: str
    timezone: ZoneInfo
    language: str
    hours: Hours = field(default_factory=Hours)
    closed_days: Mapping[date, str] = field(default_factory=dict)  # besides public holidays

    @cached_property
    def named(self) -> dict[str, str]:
        """What any text may name."""
        named = {"house": self.name, "team": self.team, "phone": self.phone, "district": self.district}
        return {**named, "web": self.public_url}
