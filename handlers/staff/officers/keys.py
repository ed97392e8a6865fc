"""Passkeys: a key of one's device in place of the code, after the password. Codes stay, so nobody is locked out.

What a key has signed is judged by whoever calls (`Judge`), as that takes a library which may not be installed.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from handlers.language.letters.particles import with_particle
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.files.cells import Wrong, line
from handlers.staff.officers import tries
from handlers.staff.officers.tries import Begun, Try
from storage.audit import journal
from storage.database import Transaction
from storage.officers import accounts, challenges, passkeys
from storage.officers.accounts import Account
from storage.officers.passkeys import Passkey

SIGN_IN, ADD = "sign-in", "add"  # what a key signs for
ADDED, REMOVED = "add-passkey", "remove-passkey"
MOST, LONGEST_NAME = 10, 40
TOKEN_BYTES = 32

Judge = Callable[[Passkey, bytes], int | None]
"""How often a key has signed by now; None where it hasn't signed this challenge."""


@dataclass(frozen=True)
class Made:
    """A key that a device has made."""

    credential: str
    public_key: bytes
    sign_count: int


def ask(tx: Transaction, officer_id: int | None, password: str, by: Try) -> tuple[str, bytes]:
    """The token of who is half signed in, and what their key is to sign; the same for a wrong password, which counts.

    `password` is the hash that was found right, "" where none was.
    """
    account = accounts.lock(tx, officer_id) if officer_id else None
    is_open = account is not None and not tries.is_locked(tx, account, by)
    is_right = is_open and account is not None and account.is_ready and account.password == password
    if account and is_open and not is_right:
        tries.failed(tx, account, by)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return token, challenges.make(tx, token, account.id if account and is_right else None, SIGN_IN, by.now)


def sign_in(tx: Transaction, token: str, credential: str, judge: Judge, by: Try) -> Begun | None:
    """Somebody's new session, or None; what was asked is used up, whatever comes of it."""
    asked = challenges.use(tx, token, SIGN_IN, by.now)
    account = accounts.lock(tx, asked.officer_id) if asked and asked.officer_id else None
    if asked is None or account is None or tries.is_locked(tx, account, by):
        return None
    key = passkeys.find(tx, account.id, credential) if account.is_ready else None
    count = judge(key, asked.challenge) if key else None
    if key is None or count is None:
        tries.failed(tx, account, by)
        return None
    passkeys.used(tx, key.id, count, by.now)
    return tries.succeeded(tx, account, by)


def ask_new(tx: Transaction, desk: Desk, one: Account, token: str) -> tuple[list[Passkey], bytes]:
    """The keys that there are, and what a new one is to sign; `token` is of the session that alone may add it."""
    known = passkeys.of_officer(tx, one.id)
    if len(known) >= MOST:
        raise Declined(f"패스키는 {MOST}개까지 둘 수 있습니다. 쓰지 않는 것을 먼저 지워 주세요.")
    return known, challenges.make(tx, token, one.id, ADD, desk.now)


def add(
    tx: Transaction, desk: Desk, one: Account, token: str, name: str, judge: Callable[[bytes], Made | None]
) -> Told:
    """`judge` tells what key has signed the challenge, if one has."""
    asked = challenges.use(tx, token, ADD, desk.now)
    made = judge(asked.challenge) if asked and asked.officer_id == one.id else None
    if made is None:
        raise Declined("패스키를 더하지 못했습니다. 시간이 지났거나 이 화면에서 만든 것이 아닙니다. 다시 해 주세요.")
    key = (made.credential, made.public_key, made.sign_count)
    if not passkeys.add(tx, one.id, check_name(name), *key, desk.now):
        raise Declined("이미 등록한 패스키입니다.")
    journal.add(tx, desk.officer, ADDED, {"login": one.login}, desk.now)
    return Told(f"{_called(check_name(name))} 더했습니다.", notes=("다음부터 비밀번호 다음에 쓸 수 있습니다.",))


def remove(tx: Transaction, desk: Desk, one: Account, key_id: int) -> Told:
    """The code of the phone and the recovery codes stay."""
    name = passkeys.remove(tx, one.id, key_id)
    if name is None:
        raise Declined("이런 패스키가 없습니다. 이미 지웠습니다.")
    journal.add(tx, desk.officer, REMOVED, {"login": one.login}, desk.now)
    return Told(f"{_called(name)} 지웠습니다.")


def _called(name: str) -> str:
    return with_particle(f"패스키 ‘{name}’", "을/를")


def check_name(text: str) -> str:
    """As it is kept. Raises Declined."""
    try:
        name = line(text, LONGEST_NAME)
    except Wrong as error:
        raise Declined(f"패스키의 이름: {error}") from error
    if not name:
        raise Declined("패스키의 이름을 적어 주세요. 예: 사무실 컴퓨터")
    return name
