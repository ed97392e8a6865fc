"""The one gate through which every officer's act and look goes, from commands and pages alike."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.ticks import wall
from handlers.dialogue.organization import Organization
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step
from storage import journal, pulse
from storage.database import Database, Transaction
from storage.journal import Officer

T = TypeVar("T")
Work = Callable[[Transaction, Desk], T]


class Gate:
    """Knows who asks and from where, gives the work its transaction, and writes the journal.

    The database must be up to date; acts write their own entry, beside what they change (`acts.perform`).
    """

    def __init__(
        self,
        database: Database,
        organization: Organization,
        officer: Officer,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._organization = organization
        self._officer = officer
        self._now = now

    async def look(self, action: str, args: Mapping[str, Any], work: Work[T]) -> T:
        """What work finds; that somebody looked is written down before it is shown."""
        desk = self._desk()
        found = await self._database.read(lambda tx: work(tx, desk))
        await self._database.write(lambda tx: journal.add(tx, desk.officer, action, args, desk.now))
        return found

    async def preview(self, work: Work[T]) -> T:
        """What an act would tell: it is done, and all of it taken back."""
        desk = replace(self._desk(), is_preview=True)

        def done_for_show(tx: Transaction) -> None:
            raise _Shown(work(tx, desk))

        try:
            await self._database.write(done_for_show)
        except _Shown as shown:
            return shown.found  # type: ignore[no-any-return]
        raise AssertionError("unreachable")

    async def act(self, work: Work[T]) -> T:
        desk = self._desk()

        def act(tx: Transaction) -> T:
            _refuse_wrong_clock(tx, desk)
            return work(tx, desk)

        return await self._database.write(act)

    def _desk(self) -> Desk:
        return Desk(self._organization, self._now(), self._officer)


def _refuse_wrong_clock(tx: Transaction, desk: Desk) -> None:
    """Beside a service, which knows what time it was just now."""
    believed_at = pulse.look(tx).believed_at
    if wall.misfit(desk.now, believed_at, believed_at):
        here = f"{desk.now.astimezone(desk.organization.timezone):%Y-%m-%d %H:%M}"
        raise Declined(
            f"컴퓨터의 시계가 맞지 않는 듯해 하지 않았습니다({here}). 시계를 맞춘 뒤에 다시 해 주세요.",
            Step("지금이 맞는 시각이면", "trust-clock"),
        )


class _Shown(Exception):
    """Carries what a preview found out of its transaction, which is rolled back."""

    def __init__(self, found: Any) -> None:
        super().__init__()
        self.found = found
