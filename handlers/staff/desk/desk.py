"""The desk at which an officer works: who it is, the organization, and the time."""

from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.dialogue.organization import Organization
from handlers.language.days import dates
from storage.audit.journal import Officer

SERVICE = Officer("배움톡", "service")  # what is done without anybody's asking


@dataclass(frozen=True)
class Desk:
    """`now` is aware. A preview is done like the act itself and then taken back, so only its words differ.

    `seen` are the residents whose data is being told: the journal says so before the officer reads it.
    """

    organization: Organization
    now: datetime
    officer: Officer = SERVICE
    is_preview: bool = False
    seen: set[int] = field(default_factory=set, compare=False)

    @property
    def ways(self) -> tuple[str, ...]:
        """By which the service speaks first."""
        return self.organization.ways

    @property
    def today(self) -> date:
        return self.now.astimezone(self.organization.timezone).date()

    def moment(self, at: datetime) -> str:
        """With the year where it isn't this one."""
        return dates.moment(at, "ko", self.organization.timezone, today=self.today)

    def done(self, done: str, would_do: str) -> str:
        """What an act did, or in a preview what it would do: "폐강했습니다", "폐강합니다"."""
        return would_do if self.is_preview else done
