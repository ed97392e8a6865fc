"""Addresses that lead nowhere: a page of ours, with the shield, and never an error."""

import httpx
import pytest
import pytest_asyncio

from bot.app import App
from bot.http.headers import SHIELD

pytestmark = pytest.mark.on_sqlite

BROWSER = {"Accept": "text/html,application/xhtml+xml"}
NOWHERE = [
    *(
        "/files/9223372036854775808",
        "/files/2147483648",
        f"/files/{'9' * 5000}",
        "/files/%00",
        "/files/-1",
        "/files/1.5",
    ),
    *("/kakao/files/%00/x", "/kakao/files/x/%00", "/kakao/files/%ED%A0%BD/x", "/static/%00", "/static/%2e%2e"),
    *("/kiosk/%00", "/kiosk/%ED%A0%BD", "/paper/%00", "/%00", "/없는길", "/wp-login.php", "/" + "a" * 3000),
]
EVERYWHERE = ["/", "/healthz", "/metrics", "/nowhere", "/say", "/static/chat.js", "/kiosk/22222222", "/events"]


@pytest_asyncio.fixture
async def app(database, settings):
    return App(settings, database)


async def get(app, path, **headers):
    site = httpx.ASGITransport(app=app._site(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=site, base_url="http://test", headers=headers) as client:
        return await client.get(path)


@pytest.mark.parametrize("path", NOWHERE, ids=lambda path: path[:30])
async def test_what_does_not_exist_is_told_as_such(app, path):
    answer = await get(app, path, **BROWSER)
    assert answer.status_code == 404
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_that_does_not_exist_is_one_of_ours(app, settings):
    answer = await get(app, "/nowhere", **BROWSER)
    assert "찾는 화면이 없어요" in answer.text
    assert settings.organization.phone in answer.text
    assert 'href="/"' in answer.text


async def test_it_speaks_the_language_of_the_browser(app):
    headers = {**BROWSER, "Accept-Language": "en-US,en;q=0.9"}
    assert "This page doesn’t exist" in (await get(app, "/nowhere", **headers)).text


async def test_a_script_is_told_in_json_and_a_probe_in_words(app):
    assert (await get(app, "/nowhere", Accept="application/json")).json() == {"error": "찾는 화면이 없어요"}
    assert (await get(app, "/nowhere", Accept="*/*")).text == "Not Found"


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize(("url", "sealed"), [("http://127.0.0.1:8080", False), ("https://learn.example.org", True)])
async def test_every_answer_has_the_shield_and_https_stays_https(database, settings, path, url, sealed):
    web = settings.web.model_copy(update={"public_url": url})
    answer = await get(App(settings.model_copy(update={"web": web}), database), path)
    assert {name: answer.headers.get(name) for name in SHIELD if name != "Cache-Control"} == {
        name: value for name, value in SHIELD.items() if name != "Cache-Control"
    }
    assert ("strict-transport-security" in answer.headers) is sealed


@pytest.mark.parametrize("number", ["9223372036854775808", "2147483648", "999999999999999"])
@pytest.mark.parametrize("path", ["courses/{}", "courses/{}/enroll", "mine/{}", "postings/{}", "start/c{}"])
async def test_a_number_that_no_database_counts_to_is_no_bug(visitor, path, number):
    assert "문제가 생겨서" not in (await visitor().goes_to(path.format(number)))
