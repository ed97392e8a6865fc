"""The main screens exactly as Telegram is sent them; BAEUMTOK_UPDATE_GOLDEN=1 writes them anew."""

import json
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.channels.telegram.client import Delivery
from bot.channels.telegram.http import AiohttpRequest
from bot.messages.incoming import Incoming
from handlers.dialogue.conversation import Said
from handlers.dialogue.reply import Reply
from tests.support.botapi import BotApi
from tests.support.botapi.parameters import Upload
from tests.support.domain import School, Visitor

pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use 'Bot")]

GOLDEN = Path(__file__).with_name("golden")
UPDATES = "BAEUMTOK_UPDATE_GOLDEN" in os.environ

JOURNEY = (
    ("start", "/start"),
    ("courses", "강좌"),
    ("course", "바리스타 2급"),
    ("more", "자세히"),
    ("share", "친구에게 알리기"),
    ("abroad", "강좌 안내 보기|신청하기"),
    ("consent", "텔레그램으로 계속"),
    ("dong", "동의하고 계속"),
    ("name", "청구동"),
    ("year", "홍길동"),
    ("mobile", "1983"),
    ("summary", "010-0000-0001"),
    ("confirmed", "이대로 신청하기"),
    ("mine", "내 신청"),
    ("seat", "1"),
    ("calendar", "달력에 넣기"),
    ("cancelling", "/mine|1|신청 취소하기"),
    ("cancelled", "네, 취소할게요"),
)


@pytest.fixture
async def delivery(api: BotApi) -> AsyncIterator[Delivery]:
    request = AiohttpRequest()
    async with Bot(api.token, base_url=f"{api.url}/bot", request=request) as bot:
        yield Delivery(bot)


async def test_the_screens_of_a_journey_are_sent_as_agreed(
    api: BotApi, delivery: Delivery, school: School, visitor: Callable[..., Visitor]
):
    await school.opens(code="G1", waitlist_capacity=3)
    await school.opens(code="G2", title="꽃 & <b>화훼</b>", category="화훼")
    resident = visitor("1", channel="telegram")
    for screen, words in JOURNEY:
        for each in words.split("|"):
            await resident.says(each)
        assert await sent(api, delivery, resident.screen) == golden(screen, api)


@pytest.mark.parametrize(("screen", "places"), [("waitlist", 3), ("full", 0)])
async def test_a_course_without_seats_is_shown_as_agreed(
    api: BotApi, delivery: Delivery, school: School, visitor: Callable[..., Visitor], screen: str, places: int
):
    await school.opens(code="G1", capacity=0, waitlist_capacity=places)
    resident = visitor("1", channel="telegram")
    await resident.says("/start c1")
    assert await sent(api, delivery, resident.screen) == golden(screen, api)


async def test_a_pressed_screen_is_edited_with_the_same_payload(api: BotApi, delivery: Delivery):
    await delivery.deliver(Incoming("telegram", "1", "1", Said(), {}), Reply("먼저"))
    pressed = {"callback": "1", "message_id": api.person(1).screen.message_id}
    await delivery.deliver(Incoming("telegram", "2", "1", Said(), pressed), Reply("<나중>"))
    assert payload(api) == golden("edited", api)


async def sent(api: BotApi, delivery: Delivery, reply: Reply) -> dict[str, Any]:
    await delivery.deliver(Incoming("telegram", "1", "1", Said(), {}), reply)
    return payload(api)


def payload(api: BotApi) -> dict[str, Any]:
    """The newest call; of a file its name and the start of its content."""
    call = api.calls()[-1]
    shown = {name: _file(value) if isinstance(value, Upload) else value for name, value in call.params.items()}
    written: dict[str, Any] = json.loads(json.dumps({"method": call.method, **shown}, default=str))
    return written


def golden(screen: str, api: BotApi) -> dict[str, Any]:
    path = GOLDEN / f"{screen}.json"
    if UPDATES:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(json.dumps(payload(api), ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    agreed: dict[str, Any] = json.loads(path.read_text())
    return agreed


def _file(upload: Upload) -> dict[str, str]:
    return {"name": upload.name, "mime": upload.mime, "begins": upload.data[:15].decode()}
