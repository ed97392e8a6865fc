"""What may stand in a setting: each kind of value, and the sentence that says how it is to be written."""

import re
from contextlib import suppress
from functools import cache, partial
from importlib.util import find_spec
from ipaddress import ip_network
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, PlainValidator, SecretStr

from handlers.calendar.published import WEEKDAYS
from handlers.language import embedding
from storage.people.forgetting.periods import Period

LONGEST = 100 * 365  # days
TOLD_ONCE = "같은 안내를 두 번 보내지 않으려면 90일보다 짧을 수 없습니다"
REVIEWED = "접속기록은 적어도 1년 보관해야 합니다"

_timezones = cache(available_timezones)  # it reads hundreds of files


def _timezone(name: str) -> str:
    if name not in _timezones():
        raise ValueError("알 수 없는 시간대입니다. 예: Asia/Seoul")
    return name


def _address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("http:// 나 https:// 로 시작해야 합니다")
    return url.rstrip("/")


def _token(token: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token.get_secret_value()):
        raise ValueError("BotFather가 준 토큰을 그대로 적어 주세요. 예: 123456:ABC-def")
    return token


def _secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.get_secret_value()):
        raise ValueError("영문, 숫자, _, - 로 16자 이상이어야 합니다")
    return secret


def _bot_id(bot_id: str) -> str:
    """The development channel shows the same bot with a "!" behind its id."""
    if not re.fullmatch(r"[0-9A-Za-z]+!?", bot_id):
        raise ValueError("카카오 챗봇 관리자센터에 보이는 봇 ID를 그대로 적어 주세요")
    return bot_id.removesuffix("!")


def _block_id(block_id: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z]+", block_id):
        raise ValueError("폴백 블록의 ID를 그대로 적어 주세요")
    return block_id


def _key(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9-]{6,128}", secret.get_secret_value()):
        raise ValueError("발급받은 인증키를 그대로 적어 주세요")
    return secret


def _by_meaning(is_on: bool) -> bool:
    if is_on and find_spec(embedding.LIBRARY) is None:
        raise ValueError(
            "뜻으로 찾는 데 필요한 프로그램이 없습니다. .venv/bin/pip install -c constraints.txt -e '.[words]' 로 "
            "설치하거나, false로 바꿔 주세요"
        )
    return is_on


def _weekdays(days: str) -> str:
    if not days or set(days) - set(WEEKDAYS):
        raise ValueError("요일을 이어 적어 주세요. 예: 토, 화목")
    return days


def _map(url: str) -> str:
    if not url.startswith("https://") or url.count("{query}") != 1 or url.count("{") != 1:
        raise ValueError("https:// 로 시작하고, 찾을 말이 들어갈 곳에 {query}를 한 번 적어야 합니다")
    return url


def _period(written: object) -> Period:
    with suppress(ValueError):
        if (period := Period.of(str(written))).days <= LONGEST:
            return period
    raise ValueError("기간을 ‘90일’, ‘6개월’, ‘5년’처럼 적어 주세요")


def _at_least(days: int, why: str, period: Period) -> Period:
    if period.days < days:
        raise ValueError(why)
    return period


def _network(written: str) -> str:
    try:
        return str(ip_network(written))
    except ValueError:
        raise ValueError("IP 주소나 네트워크를 적어 주세요. 예: 10.0.0.5, 10.0.0.0/24") from None


Timezone = Annotated[str, AfterValidator(_timezone)]
Address = Annotated[str, AfterValidator(_address)]
Token = Annotated[SecretStr, AfterValidator(_token)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]
BotId = Annotated[str, AfterValidator(_bot_id)]
BlockId = Annotated[str, AfterValidator(_block_id)]
Key = Annotated[SecretStr, AfterValidator(_key)]
ByMeaning = Annotated[bool, AfterValidator(_by_meaning)]
Weekdays = Annotated[str, AfterValidator(_weekdays)]
MapAddress = Annotated[str, AfterValidator(_map)]
Network = Annotated[str, AfterValidator(_network)]
Kept = Annotated[Period, PlainValidator(_period)]
KeptAsToldOnce = Annotated[Kept, AfterValidator(partial(_at_least, 90, TOLD_ONCE))]
KeptForReview = Annotated[Kept, AfterValidator(partial(_at_least, 365, REVIEWED))]
