"""Once a night, by a clock that is believed, and told in counts alone."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot import app
from bot.app import App
from bot.settings import Settings
from bot.ticks.forgetting import Forgetting
from bot.ticks.wall import AWAY
from storage.engine import pulse
from storage.people.forgetting import retention
from storage.tables import inbox, retention_runs
from tests.support.domain import MONDAY, SEOUL
from tests.support.waiting import until

NIGHT = datetime(2027, 6, 1, 4, tzinfo=SEOUL)


@pytest.fixture
def sleeper(school):
    """A service that looks at the clock: at which nights it did its work."""

    async def looks(*moments):
        now = [NIGHT]
        forgetting = Forgetting(school.database, Settings().to_organization(), lambda: now[0])
        for now[0] in moments:
            await forgetting.tend()
        return [row.day for row in await school.rows(select(retention_runs.c.day).order_by(retention_runs.c.day))]

    return looks


@pytest.mark.on_sqlite
async def test_it_is_done_once_a_night_from_its_hour_on(sleeper):
    assert await sleeper(NIGHT - timedelta(minutes=1)) == []
    assert await sleeper(NIGHT, NIGHT + timedelta(hours=1)) == [NIGHT.date()]
    assert await sleeper(NIGHT + timedelta(hours=19), NIGHT + timedelta(days=1)) == [
        NIGHT.date(),
        NIGHT.date() + timedelta(days=1),
    ]


@pytest.mark.on_postgres
async def test_of_many_processes_one_does_it(sleeper, logged):
    await asyncio.gather(*(sleeper(NIGHT) for _ in range(10)))
    assert logged.text.count("forgot what was over") == 1


@pytest.mark.on_sqlite
async def test_a_night_that_was_broken_off_is_gone_through_again(school, visitor, sleeper, monkeypatch):
    await visitor().registers(await school.opens())

    def breaks(*_):
        raise ValueError("the machine went down")

    with monkeypatch.context() as patched:
        patched.setattr(retention, "note", breaks)
        with pytest.raises(ValueError, match="went down"):
            await sleeper(NIGHT)
    assert await sleeper(NIGHT) == [NIGHT.date()]


async def test_counts_are_kept_and_told_and_nothing_of_whom(school, visitor, sleeper, logged):
    await visitor("visitor-of-this-test").registers(await school.opens(), name="꾀꼬리", mobile="010-0000-9876")
    said = len(await school.rows(select(inbox)))
    await sleeper(NIGHT)
    (row,) = await school.rows(select(retention_runs))
    assert (row.counts["talk"], f"talk={said}" in logged.text) == (said, True)
    told = logged.text + str(row)
    assert not any(hint in told for hint in ("꾀꼬리", "9876", "visitor-of-this-test"))


@pytest.mark.parametrize("days", [AWAY.days + 1, -1])
async def test_a_service_whose_clock_is_not_believed_destroys_nothing(school, visitor, monkeypatch, days):
    await visitor().registers(await school.opens())
    before = datetime.now(UTC) - timedelta(days=days)
    await school.database.write(lambda tx: tx.execute(update(inbox).values(received_at=MONDAY - timedelta(days=999))))
    await school.database.write(lambda tx: pulse.believe(tx, before))
    monkeypatch.setattr(app, "TICK", timedelta(hours=1))
    settings = Settings(retention={"at": time(0)})
    async with App(settings, school.database)._services():
        await asyncio.sleep(0.3)
    assert await school.rows(select(retention_runs)) == []
    assert len(await school.rows(select(inbox))) > 0


async def test_a_service_whose_clock_is_believed_forgets_as_it_starts(school, visitor):
    await visitor().registers(await school.opens())
    await school.database.write(lambda tx: tx.execute(update(inbox).values(received_at=MONDAY - timedelta(days=999))))
    async with App(Settings(retention={"at": time(0)}), school.database)._services():
        await until(lambda: school.rows(select(retention_runs)))
    assert await school.rows(select(inbox)) == []
