"""Health and metrics, over HTTP on the real application."""

from datetime import timedelta

import httpx
import pytest_asyncio

from bot.app import App


@pytest_asyncio.fixture
async def app(database, settings):
    return App(settings, database)


async def get(app, path):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app._site()), base_url="http://test") as client:
        return await client.get(path)


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

    monkeypatch.setattr(app._database, "read", fails)
    answer = await get(app, "/healthz")
    assert answer.status_code == 503
    assert "database" in answer.text


async def test_metrics_count_the_messages(app, visitor):
    await visitor().says("메뉴")
    assert 'baeumtok_messages_total{channel="web"}' in (await get(app, "/metrics")).text


async def test_the_kiosk_and_the_printed_survey_are_served(app):
    for page in ("kiosk", "paper"):
        assert "설문을 찾지 못했어요" in (await get(app, f"/{page}/22222222")).text
