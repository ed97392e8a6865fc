"""From registering to being erased through the real channels: afterwards the files hold nothing of them."""

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select
from starlette.applications import Starlette

from bot.channels.kakao.service import KakaoSkill
from bot.http.limits import Rates
from bot.messages.screens import Screens
from bot.sections import Kakao
from storage.tables import addresses, inbox, outbox
from tests.support.clock.term import term
from tests.support.kakao.talker import BLOCK_ID, BOT_ID, SECRET
from tests.support.kakao.watch import Reader, Watch

pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use")]
TOLD = ("꾀꼬리", "01000009876", "010-0000-9876")
ANSWERS = ("청구동", "꾀꼬리", "1983", "010-0000-9876")


def found(folder, *of_the_chat):
    stored = b"".join(path.read_bytes() for path in folder.glob("test.db*"))
    return [said for said in (*TOLD, *of_the_chat) if said.encode() in stored]


async def left(school):
    """Rows that tell of a chat: addresses, what was said there, what is owed to it."""
    said = await school.rows(select(inbox.c.address))
    owed = [*await school.rows(select(addresses.c.id)), *await school.rows(select(outbox.c.id))]
    return len(owed), {row.address.split()[0] for row in said}


async def test_in_telegram(school, settings, tmp_path, logged):
    course = await school.opens(title="꽃차")
    async with term(school, settings, "11-23 10:00") as town:
        person = town.api.person(777_000_123, "꾀꼬리")
        await person.asks(f"/start c{course}")
        for label in ("신청하기", "텔레그램으로 계속", "동의하고 계속"):
            await person.taps(label)
        for answer in ANSWERS:
            await person.asks(answer)
        await person.taps("이대로 신청하기")
        assert found(tmp_path, "777000123")
        await person.asks("탈퇴")
        await person.taps("취소하고 모두 지우기")
        assert "다 지웠어요" in (await person.taps("네, 모두 지워 주세요")).text
        await town.ticks()
        assert await left(school) == (0, {"nobody"})
        assert found(tmp_path, "777000123") == []
        assert "아직 아무것도" in (await person.asks("내 정보")).text
    assert [said for said in (*TOLD, "777000123") if said in logged.text] == []


async def test_in_kakaotalk(school, answering, tmp_path):
    await school.opens(title="꽃차")
    kakao, watch = Kakao(bot_id=BOT_ID, skill_secret=SecretStr(SECRET), block_id=BLOCK_ID), Watch()
    skill = KakaoSkill(kakao, answering, Rates(1e6, 10**6), deadline=60, screens=Screens(watch.read))
    app = Starlette(routes=skill.routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://skill.example.org") as client:
        talker = Reader(client, watch, "꾀꼬리")
        await talker.says("꽃차")
        for label in ("신청하기", "동의하고 계속"):
            await talker.presses(label)
        for answer in ANSWERS:
            await talker.says(answer)
        await talker.presses("이대로 신청하기")
        assert found(tmp_path, talker.user)
        await talker.says("탈퇴")
        await talker.presses("취소하고 모두 지우기")
        assert "다 지웠어요" in await talker.presses("네, 모두 지워 주세요")
        assert await left(school) == (0, {"nobody"})
        assert found(tmp_path, talker.user) == []
        assert "아직 아무것도" in await talker.says("내 정보")
