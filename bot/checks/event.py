"""KakaoTalk's Event API: whether it can be reached, and knows our key. Nothing is sent by it."""

from bot.checks.result import Result
from bot.settings import Settings
from bot.ways.calls import CallError
from bot.ways.event.calling import EventCalls

NAME = "카카오톡 먼저 알림"
NO_TASK = "baeumtok-check"


async def check(settings: Settings) -> list[Result]:
    """Nothing where it isn't on."""
    kakao = settings.kakao
    if not kakao or not kakao.event:
        return []
    calls = EventCalls(kakao.bot_id, kakao.event)
    await calls.start()
    try:
        answer = await calls.task(NO_TASK)
    except CallError:
        told = f"{kakao.event.api_url}에 연결할 수 없습니다. 인터넷 연결을 확인해 주세요"
        return [Result(NAME, False, told)]
    finally:
        await calls.stop()
    if answer.status in (401, 403):
        todo = "봇과 연결한 카카오 개발자 앱의 REST API 키를 kakao.event.rest_api_key에 적어 주세요"
        return [Result(NAME, False, f"키가 맞지 않습니다. {todo}")]
    if answer.status == 429 or answer.status >= 500:
        return [Result(NAME, False, f"지금은 답하지 않습니다 (HTTP {answer.status}). 잠시 뒤 다시 확인해 주세요")]
    told = f"한 건에 {kakao.event.price}원. 이벤트 이름이 {kakao.event.name}인 블록이 배포되어 있어야 합니다"
    return [Result(NAME, True, f"연결했습니다. {told}")]
