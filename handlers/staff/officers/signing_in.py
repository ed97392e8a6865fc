"""Signing in: who is known, and what counts as proof.

Passwords are compared elsewhere, as that takes long and no transaction waits for it.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from handlers.staff.officers import tries
from handlers.staff.officers.roles import OF_OWN_COURSES, RIGHTS, Right
from handlers.staff.officers.tries import Begun, Try
from storage.database import Transaction
from storage.officers import accounts, deputies, sessions
from storage.officers.accounts import Account, digest
from storage.officers.sessions import Session

RECOVERY_CODES = 8
TOTP_BYTES = 20
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another one


@dataclass(frozen=True)
class Grant:
    """What one account opens; `courses` are ids of the only ones, None for all."""

    rights: frozenset[Right]
    courses: frozenset[int] | None

    def covers(self, right: Right, course_id: int | None) -> bool:
        return right in self.rights and (course_id is None or self.courses is None or course_id in self.courses)


@dataclass(frozen=True)
class Known:
    """Who is signed in, with what they may: as themselves, and as those for whom they stand in today."""

    account: Account
    session: Session
    grants: tuple[Grant, ...]
    absent: tuple[str, ...]  # names of those for whom they stand in

    def may(self, right: Right, course_id: int | None = None) -> bool:
        """Of a course this very one; without one, whether there is anything that the right opens."""
        return any(grant.covers(right, course_id) for grant in self.grants)

    def courses(self, right: Right) -> frozenset[int] | None:
        """Ids of the only courses that the right opens, None for all."""
        scopes = [grant.courses for grant in self.grants if right in grant.rights]
        return None if None in scopes else frozenset().union(*(each for each in scopes if each is not None))

    @property
    def name(self) -> str:
        """As the journal keeps it: both names where somebody stands in."""
        return f"{self.account.name}({', '.join(self.absent)} 대신)" if self.absent else self.account.name


def known(tx: Transaction, token: str, now: datetime, today: date) -> Known | None:
    """Who is signed in with this token, `today` being the day where the organization is."""
    session = sessions.find(tx, token, now)
    account = accounts.by_id(tx, session.officer_id) if session else None
    if session is None or account is None or not account.is_ready:
        return None
    absent = deputies.absent(tx, account.id, today)
    grants = tuple(_grant(tx, each) for each in (account, *absent))
    return Known(account, session, grants, tuple(each.name for each in absent))


def _grant(tx: Transaction, account: Account) -> Grant:
    courses = accounts.courses_of(tx, account.id) if account.role in OF_OWN_COURSES else None
    return Grant(RIGHTS[account.role], courses)


def sign_in(
    tx: Transaction, officer_id: int, password: str, by: Try, *, step: int | None, recovery: str
) -> Begun | None:
    """Somebody's new session, or None.

    `password` is the hash that was found right, "" where none was; `step` the one whose code was typed, if any was
    right, and `recovery` what was typed as a recovery code.
    """
    account = accounts.lock(tx, officer_id)
    if account is None or tries.is_locked(tx, account, by):
        return None
    if not proves(tx, account, password, step, recovery):
        tries.failed(tx, account, by)
        return None
    return tries.succeeded(tx, account, by)


def proves(tx: Transaction, account: Account, password: str, step: int | None, recovery: str) -> bool:
    """Whether a password and a code are its owner's; the code is used up then."""
    used = recovery_digest(account.id, recovery)
    by_code = step is not None and (account.totp_step is None or step > account.totp_step)
    is_right = account.is_ready and password == account.password and (by_code or used in account.recovery)
    if is_right:
        accounts.took(tx, account, step=step if by_code else None, recovery="" if by_code else used)
    return is_right


def begin(tx: Transaction, token: str, password: str, totp: str, step: int, by: Try) -> tuple[Begun, list[str]] | None:
    """The link is used up, and its owner signed in, with recovery codes to be kept on paper."""
    found = accounts.by_link(tx, token, by.now)
    account = accounts.lock(tx, found.id) if found else None
    if account is None or accounts.by_link(tx, token, by.now) is None:
        return None
    codes, digests = recovery_codes(account.id)
    sessions.end_all(tx, account.id)
    accounts.begin(tx, account.id, password, totp, step, digests)
    return tries.succeeded(tx, account, by, tries.BEGAN), codes


def recovery_codes(officer_id: int) -> tuple[list[str], list[str]]:
    """New ones, and their digests."""
    codes = [recovery_code() for _ in range(RECOVERY_CODES)]
    return codes, [recovery_digest(officer_id, code) for code in codes]


def recovery_code() -> str:
    signs = "".join(secrets.choice(_SIGNS) for _ in range(10))
    return f"{signs[:5]}-{signs[5:]}"


def recovery_digest(officer_id: int, code: str) -> str:
    plain = "".join(sign for sign in code.casefold() if sign.isalnum())
    return digest(f"{officer_id}/{plain}")


def totp_secret(token: str, key: bytes) -> bytes:
    """Of a link: the same each time that its page is opened, and nothing that its link tells."""
    return hmac.new(key, b"totp " + token.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()[:TOTP_BYTES]
