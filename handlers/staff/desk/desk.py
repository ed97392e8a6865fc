"""The desk at which an officer works: the house, the channels that it can write in first, and the time."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.dialogue.organization import House
from handlers.language import dates


@dataclass(frozen=True)
class Desk:
    """`now` is aware."""

    house: House
    channels: tuple[str, ...]
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(self.house.timezone).date()

    def moment(self, at: datetime) -> str:
        """With the year where it isn't this one."""
        return dates.moment(at, "ko", self.house.timezone, today=self.today)
