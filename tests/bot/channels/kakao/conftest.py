"""The skill in this process, and people who talk to it."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.channels.kakao.service import KakaoSkill
from bot.http.limits import Rates
from bot.messages.answering import Answering
from bot.messages.screens import Screens
from bot.sections import Kakao
from tests.support.kakao.talker import BLOCK_ID, BOT_ID, SECRET, Talker
from tests.support.kakao.watch import Reader, Watch


@pytest.fixture
def kakao() -> Kakao:
    return Kakao(bot_id=BOT_ID, skill_secret=SecretStr(SECRET), block_id=BLOCK_ID)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def skill(kakao: Kakao, answering: Answering, watch: Watch) -> KakaoSkill:
    return KakaoSkill(kakao, answering, Rates(per_minute=1e6, burst=10**6), deadline=60, screens=Screens(watch.read))


@pytest.fixture
async def client(skill: KakaoSkill) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=Starlette(routes=skill.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://skill.example.org") as opened:
        yield opened


@pytest.fixture
def talker(client: httpx.AsyncClient, watch: Watch) -> Callable[..., Talker]:
    return lambda name="하나": Reader(client, watch, name)
