"""Telegram: the token, how its messages reach us, and what time it is there."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram import client
from bot.channels.telegram.http import AiohttpRequest
from bot.checks.result import Result
from bot.sections import Telegram
from bot.settings import Settings

NAME, CLOCK = "텔레그램", "텔레그램의 시계"
FAR = timedelta(minutes=5)
PORTS = (None, 443, 80, 88, 8443)  # to which Telegram posts


class Unmet(Exception):
    """Telegram doesn't know this token, or can't be reached; the message says what to do."""


@dataclass(frozen=True)
class Met:
    """The bot of a token, as Telegram knows it."""

    name: str
    hook: WebhookInfo
    told_at: datetime | None


async def check(settings: Settings) -> list[Result]:
    if not settings.telegram:
        return [Result(NAME, True, "[telegram]이 없어 꺼져 있습니다")]
    try:
        met = await meet(settings.telegram)
    except Unmet as unmet:
        return [Result(NAME, False, str(unmet))]
    fault = _fault(settings, met.hook, met.name)
    return [Result(NAME, not fault, fault or connected(met)), *_clock(met.told_at, datetime.now(UTC))]


async def meet(section: Telegram) -> Met:
    """It doesn't ask for updates, which would take them from a service that runs. Raises Unmet."""
    request = AiohttpRequest()
    await request.initialize()
    try:
        bot = client.make_bot(section, request, request)
        met, hook = await bot.get_me(), await bot.get_webhook_info()
    except InvalidToken:
        raise Unmet("토큰이 맞지 않습니다. BotFather가 준 토큰을 telegram.token에 적어 주세요") from None
    except TelegramError as error:
        told = f"{section.api_url}에 연결할 수 없습니다 ({type(error).__name__}). 인터넷 연결을 확인해 주세요"
        raise Unmet(told) from None
    finally:
        await request.shutdown()
    return Met(f"@{met.username}", hook, request.told_at)


def connected(met: Met) -> str:
    return f"{met.name} 봇에 연결했습니다"


def _fault(settings: Settings, hook: WebhookInfo, name: str) -> str:
    """What keeps messages from us."""
    own = f"{settings.web.public_url}/telegram"
    if hook.url and hook.url != own:
        elsewhere = f"{name} 봇의 메시지를 다른 곳에서 받고 있습니다: {urlsplit(hook.url).hostname}"
        return f"{elsewhere}. 같은 토큰을 쓰는 그 서비스를 멈춰 주세요"
    assert settings.telegram
    if settings.telegram.mode == "polling":
        todo = "서비스를 다시 시작하면 풀립니다. 웹훅으로 받으려면 telegram.mode를 webhook으로 적어 주세요"
        return f"mode는 polling인데 웹훅이 걸려 있어 메시지를 가져올 수 없습니다. {todo}" if hook.url else ""
    if not own.startswith("https://"):
        todo = "web.public_url을 https 주소로 적거나 telegram.mode를 polling으로 적어 주세요"
        return f"webhook은 https로만 받을 수 있습니다: {own}. {todo}"
    if urlsplit(own).port not in PORTS:
        return f"텔레그램은 443, 80, 88, 8443번 포트로만 보냅니다: {own}. web.public_url의 포트를 바꿔 주세요"
    return ""


def _clock(there: datetime | None, here: datetime) -> list[Result]:
    if there is None:
        return []
    off = here - there
    if abs(off) < FAR:
        return [Result(CLOCK, True, "컴퓨터의 시계와 맞습니다")]
    how = f"{_spoken(abs(off))} {'빠릅니다' if off > FAR else '늦습니다'}"
    return [Result(CLOCK, False, f"컴퓨터의 시계가 텔레그램의 시계보다 {how}. 컴퓨터의 시계를 맞춰 주세요")]


def _spoken(time: timedelta) -> str:
    if time.days:
        return f"{time.days}일"
    hours, minutes = divmod(time.seconds // 60, 60)
    return " ".join([f"{hours}시간"] * bool(hours) + [f"{minutes}분"] * bool(minutes))
