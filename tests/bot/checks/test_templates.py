"""A kind that nothing approved covers is named by `check`, where a way is on that asks for approved texts."""

from datetime import UTC, datetime

import pytest

from bot.checks import templates as check
from bot.settings import Settings
from handlers.notices.templates import TEXTS, found_at_sender
from storage.engine.opening import open_database
from storage.ways import templates
from tests.support.domain import SEAL, write_key

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def of_pushes(tmp_path, database_url):
    """The settings of a district, with these pushes."""
    write_key(tmp_path)
    return lambda **pushes: Settings(
        key_file=tmp_path / "baeumtok.key", database={"url": database_url}, telegram=None, pushes=pushes
    )


async def approve(database_url, kinds):
    database = await open_database(database_url, SEAL)
    now = datetime.now(UTC)
    found = [found_at_sender("file", kind, "1", TEXTS[kind].text, "approved", now) for kind in kinds]
    await database.write(lambda tx: templates.keep(tx, found))
    await database.close()


async def test_what_is_missing_is_named_and_how_to_see_it_all(of_pushes, database_url):
    await approve(database_url, set(TEXTS) - {"offer", "closed"})
    (told,) = await check.check(of_pushes(file=True))
    assert told.is_good  # the rest goes on
    assert "발송 파일 ‘자리 제안’, ‘폐강’" in told.finding
    assert "kakao-templates --compare" in told.finding


async def test_where_all_is_covered_that_is_said(of_pushes, database_url):
    await approve(database_url, TEXTS)
    (told,) = await check.check(of_pushes(file=True))
    assert "모든 안내에" in told.finding


async def test_where_no_way_asks_for_them_nothing_is_said(of_pushes):
    assert await check.check(of_pushes()) == []
