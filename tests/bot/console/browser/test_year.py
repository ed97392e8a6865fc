"""The year in a real browser: every page looked at, and the card as a printer gets it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from storage.database import Database
from storage.engine.opening import open_database
from storage.year import entries, quarters
from storage.year.entries import Promotion
from storage.year.quarters import Quarter
from tests.support.console.sitting import sitting
from tests.support.domain import SEAL, School
from tests.support.surveys.ballots import Ballots
from tests.support.surveys.poll import Office, standard
from tests.support.web.browsers import DESK, IN_BROWSER, PHONE, Resident
from tests.support.year import policy

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
AT = "/desk/year/2023"
PATHS = {
    "overview": AT,
    "this": "/desk/year",
    "sources": f"{AT}/indicators/1",
    "log": f"{AT}/rows/log",
    "budget": f"{AT}/rows/budget",
    "past": f"{AT}/rows/past",
    "enter": f"{AT}/rows/log/add",
    "task": f"{AT}/rows/policy/1",
    "quarter": f"{AT}/quarters/4",
    "card": f"{AT}/card/4",
    "report": f"{AT}/report",
    "report-now": "/desk/year/2026/report?half=2",
    "demand": "/desk/year/2026/demand",
}


async def reported(school: School) -> None:
    """A term of office as the sheet tells of it, a quarter that waits to be frozen, and a course of today."""
    await school.database.write(policy.enter)
    told = Promotion(0, 2023, school.day(2023, 3, 2), "구 소식지", "3월호에 모집 안내", "", "done")
    checked = Quarter(0, 2023, 4, "checked", "추진중", "kim 님", school.now, "lee 님", school.now, "", None, None, "")
    await school.database.write(lambda tx: (entries.save(tx, [told]), quarters.save(tx, checked)))
    office = Office(school)
    await office.imports(standard())
    await office.opens(await office.seats(await school.opens(code="26-01", start_date=school.day(2026, 9, 1)), 30))
    await school.database.write(lambda tx: Ballots(tx, school.now).course({"chat": 7}))


@pytest_asyncio.fixture(loop_scope="session")
async def lead(browser: Browser, sqlite_url: str) -> AsyncIterator[Resident]:
    database: Database = await open_database(sqlite_url, SEAL)
    school = School(database)
    await reported(school)
    async with sitting(browser, school) as someone:
        yield someone
    await database.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_on_any_page_of_the_year_and_nobody_scrolls_sideways(lead, viewport):
    await lead.page.set_viewport_size(viewport)
    found = {}
    for name, path in PATHS.items():
        answer = await lead.page.goto(path)
        await lead.is_photographed(f"desk-year-{name}-{viewport['width']}")
        found[name] = answer.status, await lead.violations(), await lead.overflow()
    assert found == dict.fromkeys(PATHS, (200, [], 0))


async def test_of_the_page_with_the_card_a_printer_gets_the_card_alone(lead):
    await lead.page.goto(PATHS["card"])
    await lead.page.emulate_media(media="print")
    await lead.is_photographed("desk-year-card-print")
    seen = [await lead.page.locator(each).is_visible() for each in (".top", ".places", ".year-files", ".year-card")]
    assert seen == [False, False, False, True]
