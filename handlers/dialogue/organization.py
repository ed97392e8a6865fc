"""The organization that speaks: its names, its place and time, and its hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from handlers.calendar.hours import Hours


@dataclass(frozen=True)
class ChannelTraits:
    """What handlers have to know of a channel, so that they needn't know its name."""

    name: str = ""  # as officers call it
    speaks_first: bool = False  # whether the service can write there without being asked
    stores_abroad: bool = False  # whether what is said there is kept in another country
    may_be_shared: bool = False  # whether others come to sit before what was said there
    has_accounts: bool = False  # whether an address there costs an account, so that nobody makes them by the dozen


@dataclass(frozen=True)
class Organization:
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
    channels: Mapping[str, ChannelTraits] = field(default_factory=dict)  # those that are on

    @property
    def pushing_channels(self) -> tuple[str, ...]:
        """The channels in which the service can speak first."""
        return tuple(name for name, traits in self.channels.items() if traits.speaks_first)

    @cached_property
    def named(self) -> dict[str, str]:
        """What any text may name."""
        named = {"organization": self.name, "team": self.team, "phone": self.phone, "district": self.district}
        return {**named, "public_url": self.public_url}
