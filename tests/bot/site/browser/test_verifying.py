"""The page that confirms a certificate, in a real browser: for everybody, on a phone."""

from itertools import count

import pytest
from starlette.routing import Route

from bot.http.pages import serve_asset
from bot.messages.answering import Answering
from bot.site.verifying import Verifying
from handlers.staff.certificates import issuing
from storage.engine.opening import open_database
from tests.support.domain import SEAL, SETTINGS, School, Visitor
from tests.support.people.graduates import Graduation
from tests.support.web.browsers import IN_BROWSER, PHONE, Resident
from tests.support.web.site import served

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]


async def test_valid_revoked_and_unknown_read_well_on_a_phone(browser, sqlite_url):
    database = await open_database(sqlite_url, SEAL)
    school = School(database)
    answering = Answering(database, SETTINGS.to_organization(), lambda: school.now)
    graduation, keys = Graduation(school), count(1)
    await graduation.of(*(Visitor(answering, "telegram", f"{each}", keys) for each in (1, 2)))
    await graduation.issues()
    await graduation.does(issuing.REVOKE, code="T1", number="2027-000002", reason="잘못 냄")
    code = (await graduation.one("2027-000001")).code
    routes = Verifying(database, SETTINGS.to_organization(), lambda: school.now).routes()
    async with served([*routes, Route("/static/{name:path}", serve_asset)]) as url:
        page = await browser.new_page(viewport=PHONE, locale="ko-KR")
        somebody = Resident(page)
        for number, query in {"2027-000001": f"?c={code}", "2027-000002": "?c=0", "2027-999999": ""}.items():
            await page.goto(f"{url}/v/{number}{query}")
            assert await somebody.violations() == []
            assert await somebody.overflow() <= 0
            await somebody.is_photographed(f"certificate-{number}")
        await page.close()
    await database.close()
