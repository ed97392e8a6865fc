"""One's own account: password, passkeys, recovery codes, and where one is signed in."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page, whole
from bot.console.signing import cookies, passkeys, secrets
from handlers.staff.desk.declined import Declined
from handlers.staff.officers import keys, own
from handlers.staff.officers.roles import ROLES, Right
from storage.database import Transaction
from storage.officers import devices, sessions
from storage.officers import passkeys as kept

HERE = "/desk/me"
NOT_THE_SAME = "두 번 적은 비밀번호가 서로 다릅니다."
NO_KEYS = "여기에서는 패스키를 쓸 수 없습니다. 인증번호로 로그인해 주세요."
OVER = "비밀번호나 인증번호를 여러 번 틀려 로그아웃했습니다. 다시 로그인해 주세요."


class SignedOut(Exception):
    """Whoever sits there isn't who they seem."""


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    account = ask.known.account
    held = await ask.database.read(lambda tx: _held(tx, ask))
    return ask.page(
        "own/account.html",
        "내 계정",
        422 if declined else 200,
        declined=declined,
        account=account,
        role=ROLES[account.role],
        has_keys=passkeys.site(ask.organization) is not None,
        moment=partial(_moment, ask.organization.timezone),
        **held,
    )


def _held(tx: Transaction, ask: Ask) -> dict[str, object]:
    whose, now = ask.known.account.id, ask.gate.now()
    return {
        "keys": kept.of_officer(tx, whose),
        "sessions": sessions.of_officer(tx, whose, now),
        "browsers": devices.count(tx, whose, now),
    }


async def do(ask: Ask) -> Response:
    """Whichever of the page's forms was sent."""
    try:
        return await DOING.get(ask.text("do"), _nothing)(ask)
    except Declined as declined:
        return await show(ask, declined)
    except SignedOut:
        return ask.over("로그아웃했습니다", OVER)


async def _change_password(ask: Ask) -> Response:
    chosen, account = _typed(ask, "chosen"), ask.known.account
    problem = secrets.fault(chosen, account.login)
    if problem or chosen != _typed(ask, "repeated"):
        raise Declined(problem or NOT_THE_SAME)
    await _prove(ask)
    hashed = await asyncio.to_thread(secrets.hashed, chosen)
    device = cookies.token(ask.request, ask.organization.public_url, cookies.DEVICE)
    work = partial(own.change_password, session=ask.known.session, password=hashed, device=device)
    return await acting.tell(ask, await ask.gate.act(work, own.PASSWORD), HERE)


async def _new_codes(ask: Ask) -> Response:
    """Shown once."""
    await _prove(ask, with_code=True)
    codes = await ask.gate.act(partial(own.new_recovery_codes, session=ask.known.session), own.RECOVERY)
    return ask.page("own/codes.html", "새 복구 코드", codes=codes)


async def _end_session(ask: Ask) -> Response:
    work = partial(own.end_session, session=ask.known.session, number=whole(ask.text("session")) or 0)
    return await acting.tell(ask, await ask.gate.act(work, own.END_SESSION), HERE)


async def _ask_for_key(ask: Ask) -> Response:
    """Who holds a key gets in with the password alone: so a code is asked for before one is made."""
    here, name, account = passkeys.site(ask.organization), ask.text("name"), ask.known.account
    if here is None:
        raise Declined(NO_KEYS)
    keys.check_name(name)
    await _prove(ask, with_code=True)
    work = partial(keys.ask_new, one=account, token=_session(ask))
    known, challenge = await ask.gate.act(work, keys.ADDED)
    handle = bytes.fromhex(ask.database.seal.digest("passkeys of", str(account.id)))
    options = passkeys.to_make(here, handle, account.login, account.name, known, challenge)
    return ask.page("own/key.html", "패스키 만들기", options=options, name=name)


async def _add_key(ask: Ask) -> Response:
    here = passkeys.site(ask.organization)
    if here is None:
        raise Declined(NO_KEYS)
    judge = partial(passkeys.made, here, _typed(ask, "answer"))
    work = partial(keys.add, one=ask.known.account, token=_session(ask), name=ask.text("name"), judge=judge)
    return await acting.tell(ask, await ask.gate.act(work, keys.ADDED), HERE)


async def _remove_key(ask: Ask) -> Response:
    work = partial(keys.remove, one=ask.known.account, key_id=whole(ask.text("key")) or 0)
    return await acting.tell(ask, await ask.gate.act(work, keys.REMOVED), HERE)


async def _nothing(_ask: Ask) -> Response:
    raise Declined("무엇을 할지 알 수 없습니다. 화면의 단추로 다시 해 주세요.")


async def _prove(ask: Ask, with_code: bool = False) -> None:
    """That it is the owner who asks for this. Raises Declined, and SignedOut once that was guessed too often."""
    account, code = ask.known.account, _typed(ask, "code") if with_code else None
    hashed = account.password or secrets.nobodys()
    is_right = await asyncio.to_thread(secrets.is_right, _typed(ask, "password"), hashed)
    step = secrets.step_of(code, bytes.fromhex(account.totp), ask.gate.now()) if code and account.totp else None
    proof = partial(own.prove, session=ask.known.session, password=hashed if is_right else "", step=step, code=code)
    left = await ask.gate.act(proof, "own-account")
    if left == 0:
        raise SignedOut
    if left:
        what = "비밀번호나 인증번호가" if with_code else "지금 비밀번호가"
        raise Declined(f"{what} 맞지 않습니다. {left}번 더 틀리면 로그아웃합니다.")


def _moment(zone: ZoneInfo, at: datetime) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _typed(ask: Ask, name: str) -> str:
    """As it was typed: a password isn't cleaned."""
    found = ask.sent.get(name)
    return found if isinstance(found, str) else ""


def _session(ask: Ask) -> str:
    return cookies.token(ask.request, ask.organization.public_url)


DOING: dict[str, Callable[[Ask], Awaitable[Response]]] = {
    "password": _change_password,
    "codes": _new_codes,
    "session": _end_session,
    "key": _ask_for_key,
    "add-key": _add_key,
    "remove-key": _remove_key,
}
PAGES = (Page("/me", Right.OWN, show, do),)
