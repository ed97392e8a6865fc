"""What `check` finds of a service that runs: its faults in words that say what to do."""

import socket

import pytest
import pytest_asyncio
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot import health
from bot.channels.telegram import receiving
from bot.checks import service
from bot.keeping import backups
from bot.sections import Web
from bot.settings import Settings
from bot.ticks import wall
from storage.engine.ailments import Ailment
from tests.support.web.site import served


@pytest_asyncio.fixture
async def beside():
    """What is found beside a service whose health is this."""

    async def find(text, status):
        async def healthz(_):
            return PlainTextResponse(text, status)

        async with served([Route("/healthz", healthz)]) as url:
            host, port = url.removeprefix("http://").split(":")
            return await service.check(Settings(web=Web(host=host, port=int(port))))

    return find


@pytest.mark.parametrize(
    ("status", "text", "is_good", "found"),
    [
        (200, "ok", True, "돌고 있습니다"),
        (503, receiving.FAULT, False, "같은 텔레그램 토큰으로"),
        (503, wall.AHEAD, False, "시계가 갑자기 앞으로"),
        (503, wall.BEHIND, False, "시계가 전보다 뒤로"),
        (503, f"{health.DATABASE}{Ailment.FULL}", False, "디스크가 가득 찼습니다. 자리를 비워 주세요"),
        (503, f"{health.DATABASE}{Ailment.READ_ONLY}", False, "쓸 수 없습니다. 파일과 폴더의 권한"),
        (503, backups.FAULT, False, "밤 백업을 만들지 못했습니다. backup.folder에"),
        (403, "only for", False, "web.monitors에 이 컴퓨터의 주소를"),
        (
            503,
            "seats: silent for 80 s\ndatabase: OSError",
            False,
            "seats: 80초째 소식이 없습니다. 다시 시작해 주세요 / database: OSError",
        ),
        (404, "Not Found", False, "다른 프로그램"),
    ],
)
async def test_what_a_running_service_tells_of_its_health_is_found(beside, status, text, is_good, found):
    result = await beside(text, status)
    assert (result.is_good, found in result.finding) == (is_good, True)


async def test_a_service_that_does_not_run_is_no_fault():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    result = await service.check(Settings(web=Web(port=port)))
    assert (result.is_good, result.finding) == (True, "지금은 돌고 있지 않습니다")
