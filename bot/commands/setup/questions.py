"""The questions, each with what stands where nobody answers it, and what an answer makes of the settings."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from bot.values import Address, BlockId, BotId, Token
from handlers.staff.desk.declined import Declined
from handlers.staff.officers import accounts
from storage.database import DatabaseError

Taken = tuple[Draft, str]  # the settings with the answer in them, and what is told of it
YES, NO, NONE = "예", "아니요", "없음"
YESES, NOES = ("예", "네", "y", "yes"), ("아니요", "아니오", "n", "no")
ASKED = OrganizationSection()
HERE = Web()


@dataclass(frozen=True)
class Question:
    """`stands` gives what holds without an answer, "" for nothing, None where an answer is needed.

    `shown` is how that is shown; `called` and `help` are what is said of its flag, and `needs` where it doesn't apply.
    """

    flag: str
    asks: str
    take: Callable[[Draft, str], Taken]  # raises Declined and SettingsError
    stands: Callable[[Draft], str | None]
    shown: Callable[[str], str] = str
    applies: Callable[[Draft], bool] = lambda _: True
    is_secret: bool = False
    is_yes_or_no: bool = False
    called: str = "값"
    help: str = ""
    needs: str = ""


class Back(Declined):
    """It is another question, of this flag, that has to be answered otherwise."""

    def __init__(self, message: str, flag: str) -> None:
        super().__init__(message)
        self.flag = flag


def _names(draft: Draft, text: str) -> Taken:
    draft = _text(draft, text, "organization", "name")
    return (draft.answered("organization", "district", value=text) if text.endswith(("구", "군")) else draft), ""


def _text(draft: Draft, text: str, *key: str) -> Draft:
    if not text:
        raise Declined("비워 둘 수 없습니다. 적어 주세요.")
    return draft.answered(*key, value=text)


def _phone(draft: Draft, text: str) -> Taken:
    if not re.fullmatch(r"[\d() +-]{3,20}", text) or not re.search(r"\d{3}", text):
        raise Declined(f"‘{text}’: 주민이 걸 전화번호를 숫자로 적어 주세요. 예: 02-1234-5678")
    if reach.is_example(text):
        raise Declined(f"{text}: 예시 번호입니다. 담당 부서의 번호를 적어 주세요.")
    return draft.answered("organization", "phone", value=text), ""


def _valid(kind: Any, text: str) -> Any:
    try:
        return TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        raise Declined(f"{error.errors()[0]['ctx']['error']}.") from None


def _token(draft: Draft, text: str) -> Taken:
    from bot.commands.setup import trying  # here and below, as it takes long to load

    if text in ("", NONE):
        without = draft.answered("telegram", value=None)
        without.settings()
        return without, ""
    draft = draft.answered("telegram", "token", value=_valid(Token, text).get_secret_value())
    return draft, trying.bot(draft.settings())


def _kakao(draft: Draft, text: str) -> Taken:
    if not is_yes(text):
        return draft.answered("kakao", value=None), ""
    secret = draft.found("kakao", "skill_secret") or secrets.token_urlsafe(24)
    return draft.answered("kakao", "skill_secret", value=secret), ""


def is_yes(text: str) -> bool:
    if text.casefold() not in (*YESES, *NOES):
        raise Declined(f"‘{text}’: 예나 아니요로 적어 주세요.")
    return text.casefold() in YESES


def _database(draft: Draft, text: str) -> Taken:
    from bot.commands.setup import trying

    draft = draft.answered("database", "url", value=_url(text))
    return draft, trying.storing(draft.settings())


def _url(text: str) -> str:
    """A file is written by its whole way, so that it is the same wherever the service is started."""
    if "://" not in text:
        return f"sqlite+aiosqlite:///{Path(text).expanduser().absolute()}"
    return re.sub(r"^postgres(ql)?://", "postgresql+asyncpg://", text)


def _hidden(url: str) -> str:
    """A file as a file, and an address without its password."""
    try:
        return make_url(url).render_as_string().removeprefix("sqlite+aiosqlite:///")
    except ArgumentError:
        return url


def _listen(draft: Draft, text: str) -> Taken:
    from bot.commands.setup import trying

    before = _listening(draft)
    host, _, port = f"{HERE.host}:{text}".rpartition(":") if text.isdecimal() else text.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 2**16:
        raise Declined(f"‘{text}’: 포트나 주소와 포트를 적어 주세요. 예: 8080, 0.0.0.0:8080")
    draft = draft.answered("web", "host", value=host.strip("[]")).answered("web", "port", value=int(port))
    return draft, trying.port(draft.settings(), is_ours=bool(draft.before) and _listening(draft) == before)


def _listening(draft: Draft) -> str:
    return f"{draft.found('web', 'host') or HERE.host}:{draft.found('web', 'port') or HERE.port}"


def _public(draft: Draft, text: str) -> Taken:
    if not text or text == NONE:
        if _has_kakao(draft):
            raise Declined("카카오톡을 쓰려면 https 주소가 있어야 합니다. 예: https://baeumtok.example.kr")
        return draft.answered("web", "public_url", value=None), ""
    url = _valid(Address, text if "://" in text else f"https://{text}")
    if not url.startswith("https://") and (_has_kakao(draft) or not reach.is_only_inside(url)):
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


def _opens(draft: Draft, text: str) -> Taken:
    from bot.commands.setup import trying

    if not is_yes(text):
        return draft, ""
    try:
        return draft, trying.address(draft.settings())
    except Declined as declined:
        raise Back(declined.message, "public-url") from declined


def _is_https(draft: Draft) -> bool:
    return str(draft.found("web", "public_url") or "").startswith("https://")


def _mode(draft: Draft, text: str) -> Taken:
    if text not in ("polling", "webhook"):
        raise Declined(f"‘{text}’: polling이나 webhook을 적어 주세요.")
    draft = draft.answered("telegram", "mode", value=text)
    if text == "webhook" and not draft.found("telegram", "webhook_secret"):
        draft = draft.answered("telegram", "webhook_secret", value=secrets.token_urlsafe(24))
    draft.settings()
    return draft, ""


def _in_file(*key: str) -> Callable[[Draft], str]:
    return lambda draft: str(draft.found(*key) or "")


def _own_file(draft: Draft) -> str:
    own = draft.path.parent / "var" / "baeumtok.db"
    return str(draft.found("database", "url") or f"sqlite+aiosqlite:///{own.absolute()}")


def _has_kakao(draft: Draft) -> bool:
    return bool(draft.found("kakao", "skill_secret"))


def _needs_officer(draft: Draft) -> bool:
    from bot.commands.setup import trying

    try:
        return not trying.has_accounts(draft.settings())
    except (SettingsError, DatabaseError):  # which is told where that is asked
        return True


def foreseen(draft: Draft, given: Mapping[str, str]) -> Draft:
    """With those answers, untried yet, on which it depends what else is asked."""
    if "kakao" in given:
        draft, _ = _kakao(draft, given["kakao"])
    return draft.answered("database", "url", value=_url(given.get("database") or _own_file(draft)))


QUESTIONS: Sequence[Question] = (
    Question("organization", "기관 이름", _names, lambda draft: draft.found("organization", "name") or ASKED.name),
    Question(
        "team",
        "팀 이름",
        lambda draft, text: (_text(draft, text, "organization", "team"), ""),
        lambda draft: draft.found("organization", "team") or ASKED.team,
    ),
    Question("phone", "주민에게 알려 줄 전화번호", _phone, lambda draft: draft.found("organization", "phone")),
    Question(
        "telegram-token-file",
        "텔레그램 토큰 (적어도 보이지 않습니다. 쓰지 않으면 ‘없음’)",
        _token,
        lambda draft: str(draft.found("telegram", "token") or NONE),
        shown=lambda token: token if token == NONE else "지금 토큰",
        is_secret=True,
        called="파일",
        help="텔레그램 토큰을 적은 파일. -면 표준 입력에서, 없으면 환경 변수 BAEUMTOK_TELEGRAM__TOKEN에서 읽습니다",
    ),
    Question(
        "kakao",
        "카카오톡도 쓸까요? (예/아니요)",
        _kakao,
        lambda draft: YES if _has_kakao(draft) else NO,
        is_yes_or_no=True,
    ),
    Question(
        "kakao-bot",
        "카카오톡 봇 ID",
        lambda draft, text: (draft.answered("kakao", "bot_id", value=_valid(BotId, text)), ""),
        lambda draft: draft.found("kakao", "bot_id"),
        applies=_has_kakao,
        needs="--kakao를 함께 적어 주세요.",
    ),
    Question(
        "kakao-block",
        "카카오톡 폴백 블록의 ID",
        lambda draft, text: (draft.answered("kakao", "block_id", value=_valid(BlockId, text)), ""),
        lambda draft: draft.found("kakao", "block_id"),
        applies=_has_kakao,
        needs="--kakao를 함께 적어 주세요.",
    ),
    Question("database", "데이터베이스 (파일이나 postgresql://…)", _database, _own_file, shown=_hidden),
    Question("listen", "서비스가 기다릴 주소와 포트", _listen, _listening),
    Question(
        "public-url",
        "주민이 여는 https 주소 (아직 없으면 ‘없음’)",
        _public,
        lambda draft: str(draft.found("web", "public_url") or NONE),
    ),
    Question(
        "check-address",
        "그 주소가 지금 이 컴퓨터로 오는지 볼까요? (예/아니요)",
        _opens,
        lambda _: NO,
        applies=_is_https,
        is_yes_or_no=True,
        needs="https 주소가 있어야 볼 수 있습니다. --public-url을 함께 적어 주세요.",
    ),
    Question(
        "mode",
        "텔레그램에서 받는 방법 (polling/webhook)",
        _mode,
        lambda draft: str(draft.found("telegram", "mode") or "polling"),
        applies=lambda draft: _is_https(draft) and bool(draft.found("telegram", "token")),
        needs="텔레그램 토큰과 https 주소가 있어야 정할 수 있습니다.",
    ),
    Question(
        "officer",
        "첫 담당자(팀장)의 아이디 (예: kim)",
        lambda draft, text: (replace(draft, login=accounts.read_login(text)), ""),
        lambda _: None,
        applies=_needs_officer,
    ),
    Question(
        "name",
        "그분의 이름",
        lambda draft, text: (replace(draft, name=accounts.read_name(text)), ""),
        lambda draft: draft.login,
        applies=lambda draft: bool(draft.login),
    ),
)
