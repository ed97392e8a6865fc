"""Health and metrics, over HTTP on the real application."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from sqlalchemy.exc import OperationalError
from starlette.requests import Request

from bot.app import App
from bot.channels.web.visitor import new
from bot.http import requests
from bot.ticks import wall
from storage.dialogue import inbox
from storage.notices import outbox

pytestmark = pytest.mark.on_sqlite


@pytest_asyncio.fixture
async def app(database, settings):
    return App(settings, database)


async def get(app, path, **headers):
    transport = httpx.ASGITransport(app._site(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path, headers=headers)


async def test_a_sound_service_is_healthy(app):
    assert (await get(app, "/healthz")).status_code == 200


async def test_a_silent_poller_is_named_in_a_503(app, monkeypatch):
    app._heartbeats.expect("telegram", timedelta(seconds=-1))
    answer = await get(app, "/healthz")
    assert answer.status_code == 503
    assert "telegram" in answer.text


async def test_a_database_that_does_not_answer_is_named_in_a_503(app, monkeypatch):
    async def fails(work):
        raise OSError("gone")

    monkeypatch.setattr(app._database, "write", fails)
    answer = await get(app, "/healthz")
    assert answer.status_code == 503
    assert "database" in answer.text


async def said_ago(app, hours):
    """The page of somebody who said something so many hours ago."""
    who, ago = new(), app._answering.now() - timedelta(hours=hours)
    said = ("web", "k1", who.address, {"text": "나만의 말"})
    await app._database.write(lambda tx: inbox.keep(tx, said, ago, {"text": "답"}))
    return (await get(app, "/", cookie=f"baeumtok={app._channels[0]._visitors.issued(who)}")).text


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("set_to", "hours", "is_shown"), [(12, 11, True), (12, 13, False), (2, 1, True), (2, 3, False)]
)
async def test_a_page_shows_what_was_said_in_the_hours_that_are_set(settings, database, set_to, hours, is_shown):
    web = settings.web.model_copy(update={"shown_hours": set_to} if set_to != 12 else {})
    app = App(settings.model_copy(update={"web": web}), database)
    assert ("나만의 말" in await said_ago(app, hours)) == is_shown


FINAL = {"backup", "forget", "tend postings", "seats", "surveys", "followups", "notices", "set aside", "give up lost"}


@pytest.mark.on_sqlite
async def test_all_that_time_decides_waits_while_the_clock_is_ahead_and_health_tells_why(app, monkeypatch):
    async with app._services():
        jobs = {job.args[0] for job in app._clock._scheduler.get_jobs() if job.args[2]}
        monkeypatch.setattr(app._clock._wall, "_now", lambda: datetime.now(UTC) + timedelta(days=365))
        answer = await get(app, "/healthz")
        assert (jobs, answer.status_code, answer.text) == (FINAL, 503, wall.AHEAD)


@pytest.mark.on_sqlite
async def test_nothing_is_sent_while_the_clock_is_ahead(app, monkeypatch):
    monkeypatch.setattr(outbox, "claim", lambda *_: ["owed"])
    assert await app._courier._claim(10) == ["owed"]
    monkeypatch.setattr(app._clock._wall, "_now", lambda: datetime.now(UTC) + timedelta(days=365))
    assert await app._courier._claim(10) == []


FAR = ("203.0.113.9", 4242)
PROXY = ("10.0.0.5", 80)


async def seen_from(settings, database, peer, *forwarded):
    """Whom the service takes for the sender."""
    web = settings.web.model_copy(update={"trusted_proxies": ("10.0.0.0/24",)})
    config = App(settings.model_copy(update={"web": web}), database)._serving()
    seen = []

    async def look(scope, *_):
        seen.append(requests.client(Request(scope)))

    config.app = look
    config.load()
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    await config.loaded_app({"type": "http", "client": peer, "headers": headers, "scheme": "http"}, None, None)
    return seen[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "sender"),
    [
        (FAR, ["198.51.100.1"], "203.0.113.9"),
        (("127.0.0.1", 5), ["198.51.100.1"], "127.0.0.1"),
        (PROXY, ["198.51.100.1"], "198.51.100.1"),
        (PROXY, ["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
        (PROXY, ["192.0.2.66", "198.51.100.1, 10.0.0.7"], "198.51.100.1"),
        (PROXY, [], "10.0.0.5"),
        (PROXY, ["2001:db8:1:2:aaaa::1"], "2001:db8:1:2::/64"),
    ],
)
async def test_an_address_is_believed_from_a_trusted_proxy_only(settings, database, peer, forwarded, sender):
    assert await seen_from(settings, database, peer, *forwarded) == sender


async def test_without_trusted_proxies_nobody_is_believed(app):
    assert app._serving().proxy_headers is False


async def test_metrics_count_the_messages(app, visitor):
    await visitor().says("메뉴")
    assert 'baeumtok_messages_total{channel="web"}' in (await get(app, "/metrics")).text


async def test_the_kiosk_and_the_printed_survey_are_served(app):
    for page in ("kiosk", "paper"):
        assert "설문을 찾지 못했어요" in (await get(app, f"/{page}/22222222")).text


@pytest.mark.parametrize("error", [OSError("gone"), OperationalError("SELECT", {}, Exception("gone")), KeyError("bug")])
@pytest.mark.parametrize("path", ["/", "/kiosk/1", "/files/1"])
async def test_a_page_that_can_not_be_made_tells_the_number_to_call(app, monkeypatch, path, error):
    async def fails(work):
        raise error

    monkeypatch.setattr(app._database, "read", fails)
    cookie = {"cookie": f"baeumtok={app._channels[0]._visitors.issued(new())}"}
    answer = await get(app, path, accept="text/html", **cookie)
    assert (answer.status_code, answer.headers["retry-after"], "02-000-0000" in answer.text) == (503, "5", True)


@pytest.mark.parametrize("path", ["/nowhere", "/say", "/healthz", "/metrics", "/static/none.js"])
async def test_whatever_is_answered_is_shielded(app, path):
    answer = await get(app, path)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
