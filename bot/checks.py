"""Checking settings and connections before anybody relies on them."""

from dataclasses import dataclass

from telegram.error import InvalidToken, TelegramError

from bot import keys
from bot.channels.telegram import client
from bot.channels.telegram.http import AiohttpRequest
from bot.settings import Settings, SettingsError
from bot.settings import Telegram as TelegramSettings
from storage import journal, schema
from storage.database import DatabaseError, OutdatedError


@dataclass(frozen=True)
class Result:
    name: str
    is_good: bool
    finding: str


async def check(settings: Settings) -> list[Result]:
    results = [Result("설정", True, "읽었습니다"), *await _database(settings)]
    if settings.telegram:
        results.append(await _telegram(settings.telegram))
    else:
        results.append(Result("텔레그램", True, "[telegram]이 없어 꺼져 있습니다"))
    return [*results, _kakao(settings)]


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


async def _telegram(settings: TelegramSettings) -> Result:
    request = AiohttpRequest()
    await request.initialize()
    try:
        met = await client.make_bot(settings, request, request).get_me()
    except InvalidToken:
        return Result("텔레그램", False, "토큰이 맞지 않습니다. BotFather가 준 토큰을 telegram.token에 적어 주세요")
    except TelegramError as error:
        return Result("텔레그램", False, f"{settings.api_url}에 연결할 수 없습니다 ({type(error).__name__})")
    finally:
        await request.shutdown()
    return Result("텔레그램", True, f"@{met.username} 봇에 연결했습니다")


def _kakao(settings: Settings) -> Result:
    """KakaoTalk calls us, so there is nothing to call: only what it must be able to reach."""
    if not settings.kakao:
        return Result("카카오톡", True, "[kakao]가 없어 꺼져 있습니다")
    skill = f"{settings.web.public_url}/kakao/skill"
    if not skill.startswith("https://"):
        return Result("카카오톡", False, f"카카오가 부를 수 있도록 web.public_url이 https여야 합니다: {skill}")
    return Result("카카오톡", True, f"스킬 주소는 {skill}, 헤더는 X-Skill-Secret입니다")
