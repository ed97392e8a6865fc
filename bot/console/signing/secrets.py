"""Passwords as Argon2id hashes, and codes of authenticator apps (RFC 6238)."""

import base64
import hmac
import os
from datetime import datetime
from functools import cache
from urllib.parse import quote

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.twofactor.totp import TOTP

MEMORY = 64 * 1024  # KiB, and so many passes, as RFC 9106 has them for machines with little memory
ITERATIONS, BYTES = 3, 32
LANES = 1  # with more, two that are made at once run out of threads
SHORTEST, LONGEST = 10, 128
STEP = 30  # seconds of a code
DIGITS = 6
ALIKE = 4  # different signs that a password has at least


def hashed(password: str) -> str:
    kdf = Argon2id(salt=os.urandom(16), length=BYTES, iterations=ITERATIONS, lanes=LANES, memory_cost=MEMORY)
    return kdf.derive_phc_encoded(password.encode("utf-8", "surrogatepass"))


@cache
def nobodys() -> str:
    """Compared with where there is no account, so that its lack can't be told by the time that an answer takes."""
    return hashed(os.urandom(16).hex())


def is_right(password: str, kept: str) -> bool:
    try:
        Argon2id.verify_phc_encoded(password.encode("utf-8", "surrogatepass"), kept)
    except InvalidKey:
        return False
    return True


def fault(password: str, login: str) -> str:
    """What keeps it from being a password; "" for a good one."""
    if len(password) < SHORTEST:
        return f"비밀번호는 {SHORTEST}자 이상으로 정해 주세요. 낱말 몇 개를 이어 적으면 외우기 쉽습니다."
    if len(password) > LONGEST:
        return f"비밀번호는 {LONGEST}자까지 적을 수 있습니다."
    if login in password.casefold() or len(set(password)) < ALIKE:
        return "쉽게 알아맞힐 수 있는 비밀번호입니다. 아이디나 같은 글자만으로는 정할 수 없습니다."
    return ""


def step_of(code: str, secret: bytes, now: datetime) -> int | None:
    """The step whose code this is: the one now, or one to each side, for clocks that differ. None for none of them."""
    typed = "".join(code.split()).encode("utf-8", "surrogatepass")
    current = int(now.timestamp()) // STEP
    codes = TOTP(secret, DIGITS, SHA1(), STEP, enforce_key_length=False)  # noqa: S303 - what apps know
    steps = [step for step in (current - 1, current, current + 1) if hmac.compare_digest(_code(codes, step), typed)]
    return max(steps, default=None)


def _code(codes: TOTP, step: int) -> bytes:
    return codes.generate(step * STEP)


def written(secret: bytes) -> str:
    """As apps take it that can't look at a drawing, in fours."""
    signs = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def address(secret: bytes, login: str, issuer: str) -> str:
    """For the drawing that apps look at."""
    signs = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?secret={signs}&issuer={quote(issuer)}"
