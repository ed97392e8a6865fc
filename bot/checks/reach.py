"""What residents and vendors must be able to reach: addresses and the telephone number that texts show."""

import re
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from bot.assistants import opening
from bot.checks.result import Result
from bot.sections import INSIDE
from bot.settings import Settings, SettingsError


def check(settings: Settings) -> list[Result]:
    """What the texts tell to residents, once there are any: in the web chat of one machine anything will do."""
    return [_phone(settings), _address(settings)] if settings.telegram or settings.kakao else []


def _phone(settings: Settings) -> Result:
    phone = settings.organization.phone
    if is_example(phone):
        return Result(
            "전화번호", False, f"{phone}은 예시 번호입니다. organization.phone에 담당 부서의 번호를 적어 주세요"
        )
    return Result("전화번호", True, f"주민에게 알려 주는 번호: {phone}")


def is_example(phone: str) -> bool:
    return bool(re.fullmatch(r"0\d{1,2}0{7,8}", re.sub(r"\D", "", phone)))


def _address(settings: Settings) -> Result:
    url = settings.web.public_url
    if is_only_inside(url):
        return Result(
            "공개 주소", False, f"주민의 휴대전화에서 열 수 없습니다: {url}. web.public_url에 열리는 주소를 적어 주세요"
        )
    return Result("공개 주소", True, f"주민이 여는 주소: {url}")


def is_only_inside(url: str) -> bool:
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))
    inside = any(address in ip_network(each) for each in INSIDE)
    return inside or address.is_loopback or address.is_unspecified or address.is_link_local


def kakao(settings: Settings) -> Result:
    """KakaoTalk calls us, so there is nothing to call: only what it must be able to reach."""
    if not settings.kakao:
        return Result("카카오톡", True, "[kakao]가 없어 꺼져 있습니다")
    skill = f"{settings.web.public_url}/kakao/skill"
    if not skill.startswith("https://"):
        return Result("카카오톡", False, f"카카오가 부를 수 있도록 web.public_url이 https여야 합니다: {skill}")
    return Result("카카오톡", True, f"스킬 주소는 {skill}, 헤더는 X-Skill-Secret입니다")


def assistants(settings: Settings) -> Result:
    if not settings.assistants:
        return Result("AI 비서", True, "[assistants]가 없어 꺼져 있습니다")
    try:
        opening.check(settings)
    except SettingsError as error:
        return Result("AI 비서", False, str(error))
    return Result("AI 비서", True, f"연결 주소는 {settings.web.public_url}{opening.PATH}입니다")
