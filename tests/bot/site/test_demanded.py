"""The page of what residents want to learn: where the settings turn it on, in both languages, counted now and then."""

import html
import re

import httpx
import pytest
from starlette.applications import Starlette

from bot.app import App
from bot.site.demanded import KEPT, Demanded
from storage.teaching import wishes
from tests.support.domain import SETTINGS
from tests.support.year.half_year import HalfYear

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def looks(school):
    """What the page says, as text."""
    school.now = school.now.replace(year=2025)
    app = Starlette(routes=Demanded(school.database, SETTINGS.to_organization(), lambda: school.now).routes())

    async def look(language="ko"):
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t") as http:
            answer = await http.get("/demand", headers={"accept-language": language})
        assert answer.status_code == 200
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())

    return look


def wanted(people, words):
    def work(tx):
        half = HalfYear(tx)
        half.fills(half.course(category="<b>화훼</b>"), people, "waiting")
        for _ in range(people):
            wishes.add(tx, half.person(), words, half.now)

    return work


async def test_it_tells_fields_times_and_wishes_in_both_languages(school, looks):
    await school.database.write(wanted(6, "도배"))
    korean, english = await looks(), await looks("en")
    assert "<b>화훼</b> 1 15 6" in korean
    assert "주간 1 15 6" in korean
    assert "도배 6" in korean
    assert "Daytime 1 15 6" in english
    assert "What residents want to learn" in english


async def test_of_fewer_than_five_it_tells_nothing(school, looks):
    await school.database.write(wanted(4, "도배"))
    assert "아직 보여 드릴 것이 없어요" in await looks()


async def test_it_is_counted_anew_after_some_minutes(school, looks):
    before = await looks()
    await school.database.write(wanted(6, "도배"))
    assert await looks() == before
    school.now += KEPT
    assert "도배 6" in await looks()


@pytest.mark.parametrize("shows", [False, True])
async def test_it_is_there_only_where_the_settings_turn_it_on(school, shows):
    settings = SETTINGS.model_copy(update={"web": SETTINGS.web.model_copy(update={"shows_demand": shows})})
    paths = [getattr(each, "path", "") for each in App(settings, school.database)._pages]
    assert ("/demand" in paths) == shows
