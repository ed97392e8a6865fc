"""A clock that is wrong is noticed before anything acts on it: also one that was wrong before the start."""

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.app import App
from bot.ticks.wall import AHEAD, AWAY, BEHIND, Wall
from bot.ticks.watching import Watch
from storage.dialogue import inbox
from storage.engine import pulse
from storage.tables import enrollments
from tests.support.domain import MONDAY

pytestmark = pytest.mark.on_sqlite

DAY = timedelta(days=1)
YEAR_1970 = datetime(1970, 1, 1, tzinfo=UTC)


class Machine:
    """A computer on which seconds pass and the clock is turned only by tests."""

    def __init__(self, database):
        self.database = database
        self.moment = MONDAY
        self.passed = 0.0

    async def starts(self, at=None):
        self.moment = at or self.moment
        self.wall = Wall(lambda: self.moment, lambda: self.passed)
        self.watch = Watch(self.database, self.wall)
        await self.watch.begin()
        return self.wall.fault()

    async def seen_after(self, seconds, at=None):
        self.passed += seconds
        self.moment = at or self.moment + timedelta(seconds=seconds)
        await self.watch.go_on()
        return self.wall.fault()


@pytest_asyncio.fixture
async def machine(database):
    """One whose service ran on a Monday."""
    machine = Machine(database)
    await machine.starts()
    return machine


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        (YEAR_1970, BEHIND),
        (MONDAY - DAY, BEHIND),
        (MONDAY - timedelta(minutes=20), BEHIND),
        (MONDAY - timedelta(minutes=10), ""),
        (MONDAY + DAY, ""),
        (MONDAY + 12 * DAY, ""),  # longer than any holiday
        (MONDAY + AWAY - DAY, ""),
        (MONDAY + AWAY + DAY, AHEAD),
        (MONDAY + 365 * DAY, AHEAD),
    ],
)
async def test_a_clock_is_compared_at_the_start_with_what_is_known_from_before(machine, at, fault):
    assert await machine.starts(at) == fault


@pytest.mark.parametrize("at", [YEAR_1970, MONDAY + 365 * DAY])
async def test_a_clock_that_was_wrong_at_the_start_is_believed_once_it_is_set_right(machine, at):
    await machine.starts(at)
    assert await machine.seen_after(9, MONDAY + DAY) == ""
    assert await machine.seen_after(9, MONDAY + 2 * DAY) == AHEAD


async def test_a_wrong_clock_leaves_no_trace_of_itself_as_the_time_that_is_known(machine):
    for wrong in (YEAR_1970, MONDAY + 365 * DAY):
        await machine.starts(wrong)
        await machine.seen_after(60)
    assert (await machine.database.read(pulse.look)).newest == MONDAY


async def test_while_the_clock_is_wrong_residents_are_answered_by_the_time_that_passed(machine):
    for wrong in (YEAR_1970, MONDAY + 365 * DAY):
        await machine.seen_after(9, wrong)
        assert machine.wall.now() == MONDAY + timedelta(seconds=machine.passed)


async def test_a_clock_before_the_newest_row_is_never_taken_for_the_time(machine):
    await machine.starts(YEAR_1970)
    assert machine.wall.now() == MONDAY


async def test_a_quiet_time_is_no_jump_though_nobody_wrote_and_nobody_served(database):
    await database.write(lambda tx: inbox.keep(tx, ("web", "1", "r1", {}), MONDAY, {"text": "답"}))
    assert await Machine(database).starts(MONDAY + 365 * DAY) == ""  # nothing is known of a clock here


async def test_the_word_of_an_operator_ends_the_doubt_of_a_service_that_runs_and_of_the_next(machine):
    later = MONDAY + 100 * DAY
    assert await machine.starts(later) == AHEAD
    await machine.database.write(lambda tx: pulse.vouch(tx, later))
    assert await machine.seen_after(30) == ""
    assert await machine.starts() == ""


async def test_the_word_for_a_clock_that_was_put_back_is_heard_too(machine):
    assert await machine.seen_after(30, MONDAY - 9 * DAY) == BEHIND
    await machine.database.write(lambda tx: pulse.vouch(tx, MONDAY - 9 * DAY))
    assert await machine.seen_after(30) == ""
    assert await machine.starts() == ""


# --- the two stories, with the whole service ---


@pytest_asyncio.fixture
async def serve(database, settings, monkeypatch):
    """What becomes of the seats when a service begins at this moment and every tick has its turn."""

    async def serve(at, then=None):
        app = App(settings.model_copy(update={"telegram": None}), database)
        monkeypatch.setattr(app._clock._wall, "_now", lambda: at)
        async with app._services():
            monkeypatch.setattr(app._clock._wall, "_now", lambda: then or at)
            for job in app._clock._scheduler.get_jobs():
                await job.func(*job.args)
        return [each.state for each in await database.read(lambda tx: tx.execute(IN_LINE).all())]

    return serve


IN_LINE = select(enrollments.c.state).where(enrollments.c.ended_at.is_(None)).order_by(enrollments.c.id)
AFTER = datetime(2026, 12, 30, 9, tzinfo=UTC)  # when the course of these tests is over


async def free_seat(school, resident):
    """A course with a free seat, and one in line for it."""
    course = await school.opens(capacity=1)
    for number in (1, 2):
        await resident(number).registers(course, mobile=f"010-0000-000{number}")
    ended = update(enrollments).where(enrollments.c.id == 1).values(state="cancelled", ended_at=school.now)
    await school.database.write(lambda tx: tx.execute(ended))


@pytest.mark.parametrize("is_before_the_start", [True, False])
async def test_a_clock_at_1970_offers_no_seat_of_a_finished_course(school, resident, serve, is_before_the_start):
    await free_seat(school, resident)
    assert await serve(AFTER) == ["waiting"]
    assert await (serve(YEAR_1970) if is_before_the_start else serve(AFTER, then=YEAR_1970)) == ["waiting"]


@pytest.mark.parametrize("is_before_the_start", [True, False])
async def test_a_clock_a_year_ahead_lets_no_offer_lapse(school, resident, serve, is_before_the_start):
    await free_seat(school, resident)
    assert await serve(MONDAY) == ["offered"]
    year = MONDAY + 365 * DAY
    assert await (serve(year) if is_before_the_start else serve(MONDAY, then=year)) == ["offered"]
