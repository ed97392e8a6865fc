"""The one gate through which every officer's act and look goes, from commands and pages alike."""

# Whose names `work` tells, its desk has noted (`handlers/staff/persons/who.py`).

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from bot.ticks import wall
from handlers.dialogue.organization import Organization
from handlers.staff.desk import acts
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.masked import masked
from handlers.staff.desk.told import Step
from storage.audit import journal
from storage.audit.journal import Officer
from storage.database import Database, Transaction
from storage.engine import pulse

T = TypeVar("T")
NOTHING: Mapping[str, Any] = MappingProxyType({})
PURPOSE = "purpose"
LOOK, REFUSED = "look", "refused"  # before the names of actions that changed nothing
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

    def now(self) -> datetime:
        return self._now()

    async def look(
        self, action: str, args: Mapping[str, Any], work: Work[T], purpose: Callable[[], str] | None = None
    ) -> T:
        """What work finds; that somebody looked, and at whom, is written down before it is shown.

        `purpose` is asked for when work tells of people.
        """
        desk = self._desk()
        async with self._noting_refusals(desk, action, args):
            found = await self._database.read(lambda tx: work(tx, desk))
            why = purpose() if purpose and desk.seen else ""
        await self._note(desk, f"{LOOK}/{action}", args, why)
        return found

    async def glance(self, work: Work[T]) -> T:
        """What tells of nobody, so that it needn't be written down."""
        desk = self._desk()
        found = await self._database.read(lambda tx: work(tx, desk))
        if desk.seen:
            raise ValueError("a glance told of somebody")
        return found

    async def preview(self, work: Work[T], action: str = "act", args: Mapping[str, Any] = NOTHING) -> T:
        """What an act would tell: it is done, and all of it taken back. One that tells of people is a look."""
        desk = replace(self._desk(), is_preview=True)
        async with self._noting_refusals(desk, action, args):
            found = await self._done_for_show(desk, work)
        if desk.seen:
            await self._note(desk, f"{LOOK}/{action}", args)
        return found

    async def act(self, work: Work[T], action: str = "act", args: Mapping[str, Any] = NOTHING) -> T:
        """What work did; it writes its own entry, and the gate writes one where it is refused."""
        desk = self._desk()

        def act(tx: Transaction) -> T:
            _refuse_wrong_clock(tx, desk)
            return work(tx, desk)

        async with self._noting_refusals(desk, action, args):
            return await self._database.write(act)

    async def _done_for_show(self, desk: Desk, work: Work[T]) -> T:
        def done_for_show(tx: Transaction) -> None:
            raise _Shown(work(tx, desk))

        try:
            await self._database.write(done_for_show)
        except _Shown as shown:
            return shown.found  # type: ignore[no-any-return]
        raise AssertionError("unreachable")

    @asynccontextmanager
    async def _noting_refusals(self, desk: Desk, action: str, args: Mapping[str, Any]) -> AsyncIterator[None]:
        try:
            yield
        except WrongClock:
            raise
        except Declined:
            await self._note(desk, f"{REFUSED}/{action}", _without_texts(args))
            raise

    async def _note(self, desk: Desk, action: str, args: Mapping[str, Any], purpose: str = "") -> None:
        def note(tx: Transaction) -> None:
            words = masked(tx, {**acts.words_of(args), PURPOSE: purpose}, desk.seen)
            why = words.pop(PURPOSE)
            people = journal.people(desk.seen)
            journal.add(tx, desk.officer, action, words, desk.now, subjects=people, purpose=why)

        await self._database.write(note)

    def _desk(self) -> Desk:
        return Desk(self._organization, self._now(), self._officer)


def _without_texts(args: Mapping[str, Any]) -> dict[str, Any]:
    """Whom a text names isn't known where nothing was found."""
    return {name: value for name, value in args.items() if isinstance(value, int)}


def _refuse_wrong_clock(tx: Transaction, desk: Desk) -> None:
    """Beside a service, which knows what time it was just now."""
    believed_at = pulse.look(tx).believed_at
    if wall.misfit(desk.now, believed_at, believed_at):
        here = f"{desk.now.astimezone(desk.organization.timezone):%Y-%m-%d %H:%M}"
        raise WrongClock(
            f"컴퓨터의 시계가 맞지 않는 듯해 하지 않았습니다({here}). 시계를 맞춘 뒤에 다시 해 주세요.",
            Step("지금이 맞는 시각이면", "trust-clock"),
        )


class WrongClock(Declined):
    """By such a clock nothing is written either."""


class _Shown(Exception):
    """Carries what a preview found out of its transaction, which is rolled back."""

    def __init__(self, found: Any) -> None:
        super().__init__()
        self.found = found
