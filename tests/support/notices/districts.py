"""Districts whose service speaks first by ways that cost money."""

from collections.abc import Callable
from itertools import count
from typing import Any

from pydantic import SecretStr

from bot.messages.answering import Answering
from bot.sections import AlimTalk, Event, Kakao, Pushing, Telegram
from bot.settings import Settings
from tests.support.domain import School, Visitor

EVENT = Event(rest_api_key=SecretStr("0" * 32))
KAKAO = Kakao(
    bot_id="00000000000000000000000a",
    skill_secret=SecretStr("a-secret-of-skills-0001"),
    block_id="00000000000000000000000b",
    event=EVENT,
)
ALIMTALK = AlimTalk(
    api_key=SecretStr("NCS0000000000000"), api_secret=SecretStr("0" * 32), channel="KA01PF000000000000000000000000000"
)
TELEGRAM = Telegram(token=SecretStr("123456:test"))


def people_of(school: School, settings: Settings) -> Callable[..., Visitor]:
    """As the fixture `visitor`, in another district."""
    answering = Answering(school.database, settings.to_organization(), lambda: school.now)
    keys = count(1)
    return lambda address="r1", channel="web": Visitor(answering, channel, address, keys)


def district(event: bool = False, alimtalk: bool = False, **pushes: Any) -> Settings:
    """With these ways on besides Telegram."""
    kakao = KAKAO if event else _silent(KAKAO)
    numbers = ALIMTALK if alimtalk else None
    return Settings(telegram=TELEGRAM, kakao=kakao, alimtalk=numbers, pushes=Pushing(**pushes))


def _silent(kakao: Kakao) -> Kakao:
    return kakao.model_copy(update={"event": None})
