"""AlimTalk: whether the dealer knows us, what is left in the account, and where it tells of results."""

from datetime import UTC, datetime

from bot.checks import reach
from bot.checks.result import Result
from bot.sections import AlimTalk
from bot.settings import Settings
from bot.ways.calls import CallError
from bot.ways.solapi import client, looking
from bot.ways.solapi.client import Client, Refused
from bot.ways.solapi.webhook import PATH

NAME, RESULTS = "알림톡", "알림톡 결과"
FEW = 100  # messages for which there should be money


async def check(settings: Settings) -> list[Result]:
    """Nothing is sent by it."""
    if not settings.alimtalk:
        return [Result(NAME, True, "[alimtalk]이 없어 꺼져 있습니다")]
    return [await _account(settings.alimtalk), _results(settings, settings.alimtalk)]


async def _account(section: AlimTalk) -> Result:
    calls = Client(section, lambda: datetime.now(UTC))
    await calls.open()
    try:
        left = looking.balance(await calls.ask(client.BALANCE))
    except Refused as refused:
        return Result(NAME, False, _refused(section, refused))
    except CallError as error:
        return Result(NAME, False, f"{section.api_url}에 연결할 수 없습니다 ({error}). 인터넷 연결을 확인해 주세요")
    finally:
        await calls.close()
    if left < section.price * FEW:
        return Result(NAME, False, f"솔라피에 {left:,.0f}원만 남아 곧 보낼 수 없습니다. 솔라피에서 충전해 주세요")
    return Result(NAME, True, f"솔라피에 연결했습니다. 남은 돈은 {left:,.0f}원입니다")


def _refused(section: AlimTalk, refused: Refused) -> str:
    name = refused.answer.error
    if name == "RequestTimeTooSkewed":
        return "컴퓨터의 시계가 15분 넘게 틀려 솔라피가 받지 않습니다. 컴퓨터의 시계를 맞춰 주세요"
    if refused.answer.status in (401, 403):
        where = "alimtalk.api_key와 alimtalk.api_secret"
        return f"솔라피가 우리를 모릅니다 ({name}). {where}를 솔라피의 API Key 관리에 보이는 대로 적어 주세요"
    return f"{section.api_url}에서 남은 돈을 알려 주지 않습니다 ({name}). 잠시 뒤 다시 해 주세요"


def _results(settings: Settings, section: AlimTalk) -> Result:
    if not section.webhook_secret:
        return Result(RESULTS, True, "alimtalk.webhook_secret이 없어 물어보기만 합니다")
    address = f"{settings.web.public_url}{PATH}"
    if reach.is_only_inside(settings.web.public_url):
        return Result(RESULTS, False, f"솔라피가 부를 수 없는 주소입니다: {address}. web.public_url을 고쳐 주세요")
    return Result(RESULTS, True, f"솔라피의 웹훅(SINGLE-REPORT) 주소는 {address}입니다")
