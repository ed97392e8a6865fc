"""The clock makes a backup each night, keeps so many, and tells when it couldn't."""

import os
from datetime import datetime, timedelta

import pytest

from bot import metrics
from bot.keeping import backups
from bot.keeping.backups import FAULT, Nightly
from bot.settings import Settings
from tests.support.databases.backups import TOOLS, answer, answered_in
from tests.support.domain import SEOUL

NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=SEOUL)


class Nights:
    """A service whose clock tests turn, and the folder of its backups."""

    def __init__(self, database, url, folder, **backup):
        self.now = NIGHT
        self.folder = folder
        settings = Settings(database={"url": url}, backup={"folder": folder, "keep": 3, "tools": TOOLS, **backup})
        self.nightly = Nightly(settings, database, lambda: self.now)

    async def passes(self, **time):
        self.now += timedelta(**time)
        await self.nightly.tend()
        return [path.name for _, path in backups.nightly(self.folder)]


@pytest.fixture
def nights(database, database_url, tmp_path):
    return Nights(database, database_url, tmp_path / "copies")


@pytest.mark.on_sqlite
async def test_there_is_one_a_day_from_its_hour_on(nights):
    assert await nights.passes(minutes=-1) == []
    assert await nights.passes(minutes=1) == ["baeumtok-2026-11-24.db"]
    assert await nights.passes(hours=20) == ["baeumtok-2026-11-24.db"]
    assert await nights.passes(hours=11) == ["baeumtok-2026-11-24.db", "baeumtok-2026-11-25.db"]


@pytest.mark.on_sqlite
async def test_a_service_that_has_just_started_tells_when_the_newest_was_made(nights):
    nights.folder.mkdir()
    made = nights.folder / "baeumtok-2026-11-23.db"
    made.touch()
    os.utime(made, (1_700_000_000, 1_700_000_000))
    await nights.passes(minutes=-1)
    assert metrics.BACKED_UP._value.get() == 1_700_000_000


@pytest.mark.on_sqlite
async def test_an_hour_just_before_midnight_is_not_missed_by_a_look_just_after_it(database, database_url, tmp_path):
    nights = Nights(database, database_url, tmp_path / "copies", at="23:58")
    nights.now = datetime(2026, 12, 31, 23, 57, tzinfo=SEOUL)
    await nights.passes(minutes=1)
    assert await nights.passes(minutes=-1, days=1) == ["baeumtok-2026-12-31.db"]
    assert await nights.passes(minutes=5) == ["baeumtok-2026-12-31.db", "baeumtok-2027-01-01.db"]


@pytest.mark.on_sqlite
async def test_a_file_that_is_named_after_no_day_is_none_of_the_nights(nights):
    await nights.passes()
    (nights.folder / "baeumtok-2026-13-45.db").touch()
    assert await nights.passes() == ["baeumtok-2026-11-24.db"]


@pytest.mark.on_sqlite
async def test_the_oldest_go_and_nothing_else_in_the_folder(nights):
    await nights.passes()
    for name in ("baeumtok-before-0021-20200101-000000.db", "baeumtok-2020-01-01.db.mine", "photo.png"):
        (nights.folder / name).touch()
    for _ in range(4):
        await nights.passes(days=1)
    assert [path.name[-5:-3] for _, path in backups.nightly(nights.folder)] == ["26", "27", "28"]
    assert len(list(nights.folder.iterdir())) == 6


@pytest.mark.on_postgres
async def test_on_postgresql_it_is_a_dump(nights):
    assert await nights.passes() == ["baeumtok-2026-11-24.dump"]


@pytest.mark.on_sqlite
async def test_what_was_answered_by_day_is_in_the_backup_of_the_night(nights, database):
    await answer(database, "1")
    (name,) = await nights.passes()
    assert await answered_in(f"sqlite+aiosqlite:///{nights.folder}/{name}") == {"1": "답: 1"}


@pytest.mark.on_sqlite
async def test_a_night_that_fails_is_a_fault_until_one_succeeds_and_leaves_nothing_half(nights, logged):
    nights.folder.touch()
    await nights.passes()
    assert (nights.nightly.fault(), "Traceback" in logged.text) == (FAULT, False)
    nights.folder.unlink()
    await nights.passes(minutes=5)
    assert (nights.nightly.fault(), len(list(nights.folder.iterdir()))) == ("", 1)


@pytest.mark.on_sqlite
async def test_without_a_folder_nothing_is_made(database, database_url, tmp_path):
    before = list(tmp_path.iterdir())
    await Nightly(Settings(database={"url": database_url}), database, lambda: NIGHT).tend()
    assert list(tmp_path.iterdir()) == before
