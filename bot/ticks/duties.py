"""What is done each time the clock ticks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from handlers.clock import followups, notices, surveys
from handlers.clock.span import Span
from handlers.dialogue.organization import Organization
from handlers.seating import holds, lottery, offers
from storage.asking import rounds, settling
from storage.database import Database
from storage.jobs import feed_runs, intake
from storage.notices import planning
from storage.people.forgetting.periods import Night
from storage.seating import duties, turns
from storage.seating import holds as seat_holds

CATCH_UP = timedelta(days=7)  # how far back a process that starts looks for what nobody planned
OVERLAP = timedelta(minutes=1)  # ticks look back so far, for what was committed late and for clocks that differ


class Duties:
    """Each can be done by several processes at once: keys, locks and conditions see to it that it counts once."""

    def __init__(self, database: Database, organization: Organization, now: Callable[[], datetime]) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._planned_until: datetime | None = None

    async def give_seats(self) -> None:
        """End offers and holds that lapsed, offer what is free to the line, and go on with lotteries that are over."""
        now, write = self._now(), self._database.write
        today = now.astimezone(self._organization.timezone).date()
        await write(partial(lottery.promise_seeds, organization=self._organization))
        for course_id in await self._database.read(lambda tx: list(turns.lapsed(tx, now))):
            await write(partial(offers.lapse, organization=self._organization, course_id=course_id, now=now))
        for course_id in await self._database.read(lambda tx: seat_holds.lapsed(tx, now)):
            await write(partial(holds.lapse, organization=self._organization, course_id=course_id, now=now))
        for course_id in await self._database.read(lambda tx: duties.with_free_seats_and_a_line(tx, today)):
            await write(partial(offers.fill, organization=self._organization, course_id=course_id, now=now))
        for course_id in await self._database.read(lambda tx: duties.to_draw(tx, now)):
            await write(partial(lottery.go_on, organization=self._organization, course_id=course_id, now=now))

    async def tend_surveys(self) -> None:
        """Open those of courses that are over, and shuffle the answers of those that have closed."""
        now, write = self._now(), self._database.write
        for due in await self._database.read(lambda tx: surveys.due(tx, now - surveys.LONGEST, now)):
            await write(partial(surveys.ask, organization=self._organization, due_=due, now=now))
        for round_id in await self._database.read(lambda tx: rounds.over(tx, now)):
            await write(partial(settling.settle, round_id=round_id, now=now))

    async def ask_completers(self) -> None:
        """Whether they are working: once some months after each completion, and nobody twice in a short time."""
        now = self._now()
        for due in await self._database.read(lambda tx: followups.due(tx, self._organization, now - CATCH_UP, now)):
            await self._database.write(partial(followups.ask, due_=due, now=now))

    async def plan_notices(self) -> None:
        """Owe what has fallen due since the last time; what a missed tick left out is made up, unless it is too old."""
        now = self._now()
        since = max(self._looked_at(now) - OVERLAP, now - CATCH_UP)
        for batch in await self._database.read(lambda tx: notices.due(tx, self._organization, Span(since, now))):
            await self._database.write(partial(planning.plan, planned=batch))
        self._planned_until = now

    def _looked_at(self, now: datetime) -> datetime:
        """The last time, unless the clock has been put back since; what is found twice is owed once."""
        return min(self._planned_until or now - CATCH_UP, now)

    async def tend_postings(self) -> None:
        """Forget what feeds sent, and show another posting of a job when the one that was shown is over."""
        now = self._now()
        night = Night(now.astimezone(self._organization.timezone), self._organization.periods)
        await self._database.write(lambda tx: intake.forget_payloads_before(tx, night.before("payloads")))
        await self._database.write(lambda tx: feed_runs.forget_before(tx, night.before("runs")))
        await self._database.write(lambda tx: intake.fold(tx, night.today))
