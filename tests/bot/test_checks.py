"""What `check` finds: a service that isn't well, and another one with the same token."""

import socket

import pytest
import pytest_asyncio
from pydantic import SecretStr
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.channels.telegram import receiving
from bot.checks import _service, _telegram
from bot.settings import Settings, Telegram, Web
from bot.ticks import wall
from tests.support.web.site import served


@pytest_asyncio.fixture
async def beside():
    """What is found beside a service whose health is this."""

    async def find(text, status):
        async def healthz(_):
            return PlainTextResponse(text, status)

        async with served([Route("/healthz", healthz)]) as url:
            host, port = url.removeprefix("http://").split(":")
            return await _service(Settings(web=Web(host=host, port=int(port))))

    return find


@pytest.mark.parametrize(
    ("status", "text", "is_good", "found"),
    [
        (200, "ok", True, "돌고 있습니다"),
        (503, receiving.FAULT, False, "같은 텔레그램 토큰으로"),
        (503, wall.FAULT, False, "시계가 갑자기 앞으로"),
        (503, "seats: silent for 80 s\ndatabase: OSError", False, "seats: 80초째 소식이 없습니다 / database: OSError"),
        (404, "Not Found", False, "다른 프로그램"),
    ],
)
async def test_what_a_running_service_tells_of_its_health_is_found(beside, status, text, is_good, found):
    result = await beside(text, status)
    assert (result.is_good, found in result.finding) == (is_good, True)


async def test_a_service_that_does_not_run_is_no_fault():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    result = await _service(Settings(web=Web(port=port)))
    assert (result.is_good, result.finding) == (True, "지금은 돌고 있지 않습니다")


@pytest.mark.parametrize(
    ("webhook", "is_good"), [("", True), ("https://chat.example/telegram", True), ("https://old.example/hook", False)]
)
async def test_a_webhook_of_another_service_with_the_same_token_is_found(api, bot, webhook, is_good):
    await bot.set_webhook(webhook)
    telegram = Telegram(token=SecretStr(api.token), api_url=api.url)
    result = await _telegram(Settings(web=Web(public_url="https://chat.example"), telegram=telegram))
    await bot.delete_webhook()
    assert (result.is_good, "old.example" in result.finding) == (is_good, not is_good)
