"""What an answer makes of the settings, once it has been tried."""

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.checks import reach
from bot.commands.setup.draft import Draft
from bot.sections import OrganizationSection, Web
from bot.settings import SettingsError
from bot.values import Address, Token
from handlers.staff.desk.declined import Declined
from storage.database import DatabaseError

Taken = tuple[Draft, str]  # the settings with the answer in them, and what is told of it
YES, NO, NONE = "예", "아니요", "없음"
YESES, NOES = ("예", "네", "y", "yes"), ("아니요", "아니오", "n", "no")
ASKED = OrganizationSection()
HERE = Web()


class Back(Declined):
    """It is another question, of this flag, that has to be answered otherwise."""

    def __init__(self, message: str, flag: str) -> None:
        super().__init__(message)
        self.flag = flag


def names(draft: Draft, text: str) -> Taken:
    draft = written(draft, text, "organization", "name")
    return (draft.answered("organization", "district", value=text) if text.endswith(("구", "군")) else draft), ""


def written(draft: Draft, text: str, *key: str) -> Draft:
    if not text:
        raise Declined("비워 둘 수 없습니다. 적어 주세요.")
    return draft.answered(*key, value=text)


def phone(draft: Draft, text: str) -> Taken:
    if not re.fullmatch(r"[\d() +-]{3,20}", text) or not re.search(r"\d{3}", text):
        raise Declined(f"‘{text}’: 주민이 걸 전화번호를 숫자로 적어 주세요. 예: 02-1234-5678")
    if reach.is_example(text):
        raise Declined(f"{text}: 예시 번호입니다. 담당 부서의 번호를 적어 주세요.")
    return draft.answered("organization", "phone", value=text), ""


def valid(kind: Any, text: str) -> Any:
    try:
        return TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        raise Declined(f"{error.errors()[0]['ctx']['error']}.") from None


def token(draft: Draft, text: str) -> Taken:
    from bot.commands.setup import trying  # here and below, as it takes long to load

    if text in ("", NONE):
        without = draft.answered("telegram", value=None)
        without.settings()
        return without, ""
    draft = draft.answered("telegram", "token", value=valid(Token, text).get_secret_value())
    return draft, trying.bot(draft.settings())


def kakao(draft: Draft, text: str) -> Taken:
    if not is_yes(text):
        return draft.answered("kakao", value=None), ""
    secret = draft.found("kakao", "skill_secret") or secrets.token_urlsafe(24)
    return draft.answered("kakao", "skill_secret", value=secret), ""


def is_yes(text: str) -> bool:
    if text.casefold() not in (*YESES, *NOES):
        raise Declined(f"‘{text}’: 예나 아니요로 적어 주세요.")
    return text.casefold() in YESES


def database(draft: Draft, text: str) -> Taken:
    from bot.commands.setup import trying

    draft = draft.answered("database", "url", value=_url(text))
    return draft, trying.storing(draft.settings())


def _url(text: str) -> str:
    """A file is written by its whole way, so that it is the same wherever the service is started."""
    if "://" not in text:
        return f"sqlite+aiosqlite:///{Path(text).expanduser().absolute()}"
    return re.sub(r"^postgres(ql)?://", "postgresql+asyncpg://", text)


def hidden(url: str) -> str:
    """A file as a file, and an address without its password."""
    try:
        return make_url(url).render_as_string().removeprefix("sqlite+aiosqlite:///")
    except ArgumentError:
        return url


def listen(draft: Draft, text: str) -> Taken:
    from bot.commands.setup import trying

    before = listening(draft)
    host, _, port = (f"{_host(draft)}:{text}" if text.isdecimal() else text).rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 2**16:
        raise Declined(f"‘{text}’: 포트나 주소와 포트를 적어 주세요. 예: 8080, 0.0.0.0:8080")
    draft = draft.answered("web", "host", value=host.strip("[]")).answered("web", "port", value=int(port))
    return draft, trying.port(draft.settings(), is_ours=bool(draft.before) and listening(draft) == before)


def listening(draft: Draft) -> str:
    return f"{_host(draft)}:{draft.found('web', 'port') or HERE.port}"


def _host(draft: Draft) -> str:
    return str(draft.found("web", "host") or HERE.host)


def public(draft: Draft, text: str) -> Taken:
    if not text or text == NONE:
        if has_kakao(draft):
            raise Declined("카카오톡을 쓰려면 https 주소가 있어야 합니다. 예: https://baeumtok.example.kr")
        return draft.answered("web", "public_url", value=None), ""
    url = valid(Address, text if "://" in text else f"https://{text}")
    if not url.startswith("https://") and (has_kakao(draft) or not reach.is_only_inside(url)):
        raise Declined(f"{url}: 주민이 이름과 번호를 적는 곳이라 https:// 로 시작하는 주소여야 합니다.")
    if not urlsplit(url).hostname:
        raise Declined(f"{url}: 주민이 여는 주소를 적어 주세요. 예: https://baeumtok.example.kr")
    draft = draft.answered("web", "public_url", value=url)
    return _behind_proxy(draft, url), ""


def _behind_proxy(draft: Draft, url: str) -> Draft:
    """Who is served by https and listens here alone has a proxy on this machine."""
    host = draft.found("web", "host")
    if draft.found("web", "trusted_proxies") or not url.startswith("https://") or host not in ("127.0.0.1", "::1"):
        return draft
    return draft.answered("web", "trusted_proxies", value=[host])


def opens(draft: Draft, text: str) -> Taken:
    from bot.commands.setup import trying

    if not is_yes(text):
        return draft, ""
    try:
        return draft, trying.address(draft.settings())
    except Declined as declined:
        raise Back(declined.message, "public-url") from declined


def is_https(draft: Draft) -> bool:
    return str(draft.found("web", "public_url") or "").startswith("https://")


def mode(draft: Draft, text: str) -> Taken:
    if text not in ("polling", "webhook"):
        raise Declined(f"‘{text}’: polling이나 webhook을 적어 주세요.")
    draft = draft.answered("telegram", "mode", value=text)
    if text == "webhook" and not draft.found("telegram", "webhook_secret"):
        draft = draft.answered("telegram", "webhook_secret", value=secrets.token_urlsafe(24))
    draft.settings()
    return draft, ""


def own_file(draft: Draft) -> str:
    own = draft.path.parent / "var" / "baeumtok.db"
    return str(draft.found("database", "url") or f"sqlite+aiosqlite:///{own.absolute()}")


def has_kakao(draft: Draft) -> bool:
    return bool(draft.found("kakao", "skill_secret"))


def needs_officer(draft: Draft) -> bool:
    from bot.commands.setup import trying

    try:
        return not trying.has_accounts(draft.settings())
    except (SettingsError, DatabaseError):  # which is told where that is asked
        return True


def foreseen(draft: Draft, given: Mapping[str, str]) -> Draft:
    """With those answers, untried yet, on which it depends what else is asked."""
    if "kakao" in given:
        draft, _ = kakao(draft, given["kakao"])
    return draft.answered("database", "url", value=_url(given.get("database") or own_file(draft)))
