"""Accounts: who may sign in, and as what."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, delete, select, update

from storage.database import Transaction, insert
from storage.states import Role
from storage.tables import officer_courses, officers

TOKEN_BYTES = 24


@dataclass(frozen=True)
class Account:
    """`password` is its Argon2id hash, None before the link was opened; `totp` the secret of the codes.

    `recovery` are digests of the codes that are left.
    """

    id: int
    login: str
    name: str
    role: Role
    password: str | None = field(repr=False)
    totp: str | None = field(repr=False)
    totp_step: int | None
    recovery: tuple[str, ...] = field(repr=False)
    link_until: datetime | None
    failures: int
    locked_until: datetime | None
    made_at: datetime
    ended_at: datetime | None

    @property
    def is_ready(self) -> bool:
        """Whether somebody can sign in with it."""
        return self.password is not None and self.totp is not None and self.ended_at is None

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and self.locked_until > now


_FIELDS = [officers.c[name] for name in Account.__dataclass_fields__]


def digest(secret: str) -> str:
    """Of so much chance a plain digest tells nothing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def add(tx: Transaction, login: str, name: str, role: Role, now: datetime) -> int | None:
    """Its id; None where the login is somebody's already."""
    added = insert(tx, officers).values(login=login, name=name, role=role, made_at=now).on_conflict_do_nothing()
    return tx.execute(added.returning(officers.c.id)).scalar()


def everybody(tx: Transaction) -> list[Account]:
    """Also those whose accounts have ended."""
    return [_account(row) for row in tx.execute(select(*_FIELDS).order_by(officers.c.ended_at, officers.c.login))]


def by_login(tx: Transaction, login: str) -> Account | None:
    return _one(tx, officers.c.login == login)


def by_id(tx: Transaction, officer_id: int) -> Account | None:
    return _one(tx, officers.c.id == officer_id)


def by_link(tx: Transaction, token: str, now: datetime) -> Account | None:
    """Whose one-time link this is, as long as it is good."""
    return _one(tx, officers.c.link == digest(token), officers.c.link_until > now, officers.c.ended_at.is_(None))


def with_ids(tx: Transaction, officer_ids: Collection[int]) -> list[Account]:
    """Those whose accounts haven't ended."""
    these = (officers.c.id.in_(officer_ids), officers.c.ended_at.is_(None))
    return [_account(row) for row in tx.execute(select(*_FIELDS).where(*these).order_by(officers.c.id))]


def lock(tx: Transaction, officer_id: int) -> Account | None:
    """Nobody else changes it before this transaction ends."""
    row = tx.execute(select(*_FIELDS).where(officers.c.id == officer_id).with_for_update()).one_or_none()
    return _account(row) if row else None


def make_link(tx: Transaction, officer_id: int, now: datetime, lasts: timedelta) -> str:
    """The token of a link by which its owner sets a password and a second step; the link before is over."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _set(tx, officer_id, link=digest(token), link_until=now + lasts)
    return token


def begin(tx: Transaction, officer_id: int, password: str, totp: str, step: int, recovery: Sequence[str]) -> None:
    """What its owner chose by the link, which is used up; `recovery` are digests."""
    fresh = {"link": None, "link_until": None, "failures": 0, "locked_until": None}
    _set(tx, officer_id, password=password, totp=totp, totp_step=step, recovery=tuple(recovery), **fresh)


def forget_secrets(tx: Transaction, officer_id: int) -> None:
    """Nobody signs in with it until a new link was opened."""
    _set(tx, officer_id, password=None, totp=None, totp_step=None, recovery=())


def took(tx: Transaction, account: Account, *, step: int | None = None, recovery: str = "") -> None:
    """A code of this step was taken, or a recovery code of this digest: neither is good again."""
    left = tuple(each for each in account.recovery if each != recovery)
    newest = account.totp_step if step is None else step
    _set(tx, account.id, totp_step=newest, recovery=left)


def unlock(tx: Transaction, officer_id: int) -> None:
    """Its owner was there: wrong tries count anew."""
    _set(tx, officer_id, failures=0, locked_until=None)


def set_password(tx: Transaction, officer_id: int, password: str) -> None:
    _set(tx, officer_id, password=password)


def set_recovery(tx: Transaction, officer_id: int, recovery: Sequence[str]) -> None:
    """Digests of codes in place of those that were left."""
    _set(tx, officer_id, recovery=tuple(recovery))


def failed(tx: Transaction, account: Account, locked_until: datetime | None) -> None:
    """A wrong try; a lock counts anew."""
    _set(tx, account.id, failures=0 if locked_until else account.failures + 1, locked_until=locked_until)


def change(tx: Transaction, officer_id: int, name: str, role: Role) -> None:
    _set(tx, officer_id, name=name, role=role)


def end(tx: Transaction, officer_id: int, now: datetime) -> None:
    _set(tx, officer_id, ended_at=now, link=None, link_until=None)


def courses_of(tx: Transaction, officer_id: int) -> frozenset[int]:
    """Ids of the courses that somebody sees who sees their own alone."""
    mine = select(officer_courses.c.course_id).where(officer_courses.c.officer_id == officer_id)
    return frozenset(tx.execute(mine).scalars())


def give_courses(tx: Transaction, officer_id: int, course_ids: Collection[int]) -> None:
    """These, and no others."""
    tx.execute(delete(officer_courses).where(officer_courses.c.officer_id == officer_id))
    rows = [{"officer_id": officer_id, "course_id": course_id} for course_id in sorted(set(course_ids))]
    if rows:
        tx.execute(officer_courses.insert(), rows)


def _set(tx: Transaction, officer_id: int, **values: object) -> None:
    tx.execute(update(officers).where(officers.c.id == officer_id).values(**values))


def _one(tx: Transaction, *conditions: ColumnElement[bool]) -> Account | None:
    row = tx.execute(select(*_FIELDS).where(*conditions)).one_or_none()
    return _account(row) if row else None


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(**row._mapping)
