"""Checking settings and connections before anybody relies on them."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
from telegram.error import InvalidToken, TelegramError

from bot import keys
from bot.assistants import opening
from bot.channels.telegram import client, receiving
from bot.channels.telegram.http import AiohttpRequest
from bot.settings import Settings, SettingsError
from bot.ticks import wall
from storage import journal, schema
from storage.database import DatabaseError, OutdatedError

PATIENCE = aiohttp.ClientTimeout(total=5)
FAULTS = {
    receiving.FAULT: "다른 서비스가 같은 텔레그램 토큰으로 메시지를 받고 있습니다. 하나만 남기고 멈춰 주세요",
    wall.FAULT: "컴퓨터의 시계가 갑자기 앞으로 가서 추첨, 마감, 알림, 지우기를 멈추었습니다. "
    "시계를 맞춰 주세요. 지금이 맞는 시각이면 서비스를 다시 시작해 주세요",
}


@dataclass(frozen=True)
class Result:
    name: str
    is_good: bool
    finding: str


async def check(settings: Settings) -> list[Result]:
    results = [Result("설정", True, "읽었습니다"), *await _database(settings)]
    results.append(await _service(settings))
    if settings.telegram:
        results.append(await _telegram(settings))
    else:
        results.append(Result("텔레그램", True, "[telegram]이 없어 꺼져 있습니다"))
    return [*results, _kakao(settings), _assistants(settings)]


async def _database(settings: Settings) -> list[Result]:
    """Whether it opens, and whether the journal of officers' acts holds together."""
    try:
        database = await keys.open_sealed(settings)
    except (DatabaseError, SettingsError) as error:
        return [Result("데이터베이스", False, str(error))]
    try:
        await database.read(schema.check)
        broken = await database.read(journal.broken)
    except OutdatedError:
        return [Result("데이터베이스", True, "연결했습니다. 서비스를 시작할 때 새 버전으로 바꿉니다")]
    except DatabaseError as error:
        return [Result("데이터베이스", False, str(error))]
    finally:
        await database.close()
    holds = (
        "끊긴 곳이 없습니다" if broken is None else f"{broken}번 기록이 처음 적힌 것과 다르거나 그 앞의 기록이 없습니다"
    )
    return [Result("데이터베이스", True, "연결했습니다"), Result("한 일의 기록", broken is None, holds)]


async def _service(settings: Settings) -> Result:
    """What a service that runs here tells of its health: it alone knows who else asks Telegram."""
    host = f"[{settings.web.host}]" if ":" in settings.web.host else settings.web.host
    url = f"http://{host}:{settings.web.port}/healthz"
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, session.get(url) as answer:
            status, told = answer.status, await answer.text()
    except aiohttp.ClientConnectorError:
        return Result("서비스", True, "지금은 돌고 있지 않습니다")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return Result("서비스", False, f"대답하지 않습니다: {url} ({type(error).__name__})")
    if status not in (200, 503):
        return Result("서비스", False, f"{settings.web.port}번 포트를 다른 프로그램이 쓰고 있습니다")
    return Result("서비스", status == 200, "돌고 있습니다" if status == 200 else _in_korean(told))


def _in_korean(faults: str) -> str:
    said = (FAULTS.get(line, line) for line in faults.splitlines())
    return re.sub(r"silent for (\d+) s\b", r"\1초째 소식이 없습니다", " / ".join(said))


async def _telegram(settings: Settings) -> Result:
    """Neither asks for updates, which would take them from a service that runs."""
    assert settings.telegram
    telegram = settings.telegram
    request = AiohttpRequest()
    await request.initialize()
    try:
        bot = client.make_bot(telegram, request, request)
        met, hook = await bot.get_me(), await bot.get_webhook_info()
    except InvalidToken:
        return Result("텔레그램", False, "토큰이 맞지 않습니다. BotFather가 준 토큰을 telegram.token에 적어 주세요")
    except TelegramError as error:
        return Result("텔레그램", False, f"{telegram.api_url}에 연결할 수 없습니다 ({type(error).__name__})")
    finally:
        await request.shutdown()
    if hook.url and hook.url != f"{settings.web.public_url}/telegram":
        elsewhere = f"@{met.username} 봇의 메시지를 다른 곳에서 받고 있습니다: {urlsplit(hook.url).hostname}"
        return Result("텔레그램", False, f"{elsewhere}. 같은 토큰을 쓰는 그 서비스를 멈춰 주세요")
    return Result("텔레그램", True, f"@{met.username} 봇에 연결했습니다")


def _kakao(settings: Settings) -> Result:
    """KakaoTalk calls us, so there is nothing to call: only what it must be able to reach."""
    if not settings.kakao:
        return Result("카카오톡", True, "[kakao]가 없어 꺼져 있습니다")
    skill = f"{settings.web.public_url}/kakao/skill"
    if not skill.startswith("https://"):
        return Result("카카오톡", False, f"카카오가 부를 수 있도록 web.public_url이 https여야 합니다: {skill}")
    return Result("카카오톡", True, f"스킬 주소는 {skill}, 헤더는 X-Skill-Secret입니다")


def _assistants(settings: Settings) -> Result:
    if not settings.assistants:
        return Result("AI 비서", True, "[assistants]가 없어 꺼져 있습니다")
    try:
        opening.check(settings)
    except SettingsError as error:
        return Result("AI 비서", False, str(error))
    return Result("AI 비서", True, f"연결 주소는 {settings.web.public_url}{opening.PATH}입니다")
