"""What a service that runs here tells of its health: it alone knows who else asks Telegram."""

import re

import aiohttp

from bot import health
from bot.channels.telegram import receiving
from bot.checks.result import Result
from bot.keeping import backups
from bot.settings import Settings
from bot.ticks import wall
from storage.engine.ailments import SENTENCES, Ailment

PATIENCE = aiohttp.ClientTimeout(total=5)
_HELD = (
    "추첨, 마감, 알림, 지우기를 멈추었습니다. 시계를 맞춰 주세요. 지금이 맞는 시각이면 baeumtok trust-clock을 해 주세요"
)
FAULTS = {
    receiving.FAULT: "다른 서비스가 같은 텔레그램 토큰으로 메시지를 받고 있습니다. 하나만 남기고 멈춰 주세요",
    wall.AHEAD: f"컴퓨터의 시계가 갑자기 앞으로 가서 {_HELD}",
    backups.FAULT: "밤 백업을 만들지 못했습니다. backup.folder에 쓸 수 있는지, 디스크에 자리가 있는지 확인해 주세요",
    wall.BEHIND: f"컴퓨터의 시계가 전보다 뒤로 가서 {_HELD}",
    **{f"{health.DATABASE}{ailment}": SENTENCES[ailment] for ailment in Ailment},
}


async def check(settings: Settings) -> Result:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.web.host, settings.web.host)  # noqa: S104
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.web.port}/healthz"
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, session.get(url) as answer:
            status, told = answer.status, await answer.text()
    except aiohttp.ClientConnectorError:
        return Result("서비스", True, "지금은 돌고 있지 않습니다")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return Result("서비스", False, f"대답하지 않습니다: {url} ({type(error).__name__}). 다시 시작해 주세요")
    if status == 403:
        return Result(
            "서비스", False, "이 컴퓨터에서 상태를 볼 수 없습니다. web.monitors에 이 컴퓨터의 주소를 적어 주세요"
        )
    if status not in (200, 503):
        return Result("서비스", False, f"{settings.web.port}번 포트를 다른 프로그램이 쓰고 있습니다")
    return Result("서비스", status == 200, "돌고 있습니다" if status == 200 else _in_korean(told))


def _in_korean(faults: str) -> str:
    said = (FAULTS.get(line, line) for line in faults.splitlines())
    return re.sub(r"silent for (\d+) s\b", r"\1초째 소식이 없습니다. 다시 시작해 주세요", " / ".join(said))
