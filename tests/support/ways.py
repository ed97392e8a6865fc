"""Districts whose service speaks first by ways that cost money, and what a sender has approved there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from bot.sections import AlimTalk, Event, Kakao, Pushing, Telegram
from bot.settings import Settings
from storage.database import Transaction
from storage.ways import templates
from storage.ways.templates import Approved

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
_TEXT = Approved("alimtalk", "", "KA01TP", "", "[#{기관}]", "approved", True, None, datetime(2026, 11, 1, tzinfo=UTC))


def district(event: bool = False, alimtalk: bool = False, **pushes: Any) -> Settings:
    """With these ways on besides Telegram."""
    kakao = KAKAO if event else _silent(KAKAO)
    numbers = ALIMTALK if alimtalk else None
    return Settings(telegram=TELEGRAM, kakao=kakao, alimtalk=numbers, pushes=Pushing(**pushes))


def _silent(kakao: Kakao) -> Kakao:
    return kakao.model_copy(update={"event": None})


def approve(tx: Transaction, kinds: Sequence[str], way: str = "alimtalk") -> None:
    templates.keep(tx, [replace(_TEXT, way=way, kind=kind, name=kind) for kind in kinds])
