"""Tablets that officers allow, who is sitting at one, and numbers that are handed out for an answer there.

Codes, secrets and numbers are kept as digests: who reads the database can't use them.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, delete, func, or_, select, update

from storage.asking import rounds
from storage.database import Transaction, insert
from storage.keys import sealing
from storage.tables import kiosks, survey_slips

CODE_LASTS = timedelta(hours=1)
DIGITS = 8  # of a number that is handed out


@dataclass(frozen=True)
class Kiosk:
    """`is_allowed` is False while its first code waits to be typed."""

    id: int
    name: str
    is_allowed: bool
    allowed_at: datetime | None
    sitting: str | None
    sitting_at: datetime | None


def _kiosk(row: Row[tuple[object, ...]]) -> Kiosk:
    return Kiosk(row.id, row.name, row.secret is not None, row.allowed_at, row.sitting, row.sitting_at)


def _digest(tx: Transaction, *parts: str) -> str:
    return sealing.of(tx).digest("kiosk", *parts)


def all_named(tx: Transaction) -> list[Kiosk]:
    return [_kiosk(row) for row in tx.execute(select(kiosks).order_by(kiosks.c.name))]


def give_code(tx: Transaction, name: str, now: datetime) -> str:
    """A code to be typed once on the tablet of this name; what it replaces works until then."""
    code = rounds.code()
    new = {"code": _digest(tx, "code", code), "code_until": now + CODE_LASTS}
    added = insert(tx, kiosks).values(name=name, **new)
    tx.execute(added.on_conflict_do_update(index_elements=["name"], set_=new))
    return code


def allow(tx: Transaction, code: str, now: datetime) -> str | None:
    """What the tablet on which this was typed keeps; None for a code that isn't one, or no longer."""
    secret = secrets.token_urlsafe(32)
    this = (kiosks.c.code == _digest(tx, "code", rounds.plain(code)), kiosks.c.code_until > now)
    new = {"code": None, "code_until": None, "secret": _digest(tx, "secret", secret), "allowed_at": now}
    done = tx.execute(update(kiosks).where(*this).values(**new, sitting=None, sitting_at=None))
    return secret if done.rowcount else None


def revoke(tx: Transaction, name: str) -> bool:
    return bool(tx.execute(delete(kiosks).where(kiosks.c.name == name)).rowcount)


def find(tx: Transaction, secret: str, *, to_write: bool = False) -> Kiosk | None:
    """The tablet that keeps this; `to_write` lets nobody else change it meanwhile."""
    query = select(kiosks).where(kiosks.c.secret == _digest(tx, "secret", secret))
    row = tx.execute(query.with_for_update() if to_write else query).one_or_none()
    return _kiosk(row) if row else None


def sit_down(tx: Transaction, kiosk: Kiosk, nonce: str, now: datetime) -> None:
    """Whoever begins there ends what was begun before."""
    values = {"sitting": _digest(tx, "sitting", nonce), "sitting_at": now}
    tx.execute(update(kiosks).where(kiosks.c.id == kiosk.id).values(values))


def sits(tx: Transaction, kiosk: Kiosk, nonce: str) -> bool:
    return kiosk.sitting == _digest(tx, "sitting", nonce)


def stand_up(tx: Transaction, kiosk: Kiosk) -> None:
    tx.execute(update(kiosks).where(kiosks.c.id == kiosk.id).values(sitting=None, sitting_at=None))


# --- numbers that are handed out ---


def hand_out(tx: Transaction, round_id: int, resident_ids: Sequence[int | None]) -> list[str]:
    """A number each, for one answer; whoever had one already gets another in its place."""
    known = [each for each in resident_ids if each is not None]
    tx.execute(delete(survey_slips).where(survey_slips.c.round_id == round_id, survey_slips.c.resident_id.in_(known)))
    numbers = ["".join(secrets.choice("0123456789") for _ in range(DIGITS)) for _ in resident_ids]
    rows = [
        {"round_id": round_id, "digest": _slip(tx, round_id, number), "resident_id": resident_id}
        for number, resident_id in zip(numbers, resident_ids, strict=True)
    ]
    if rows:
        tx.execute(survey_slips.insert(), rows)
    return numbers


def has_slips(tx: Transaction, round_id: int) -> bool:
    mine = select(func.count()).where(survey_slips.c.round_id == round_id)
    return bool(tx.execute(mine).scalar())


def is_good(tx: Transaction, round_id: int, number: str) -> bool:
    return tx.execute(select(func.count()).where(*_good(tx, round_id, number))).scalar_one() > 0


def spend(tx: Transaction, round_id: int, number: str) -> bool:
    """False for a number that isn't one, or no longer. Of a course it costs the receipt of whose it is."""
    spent = delete(survey_slips).where(*_good(tx, round_id, number)).returning(survey_slips.c.resident_id)
    row = tx.execute(spent).one_or_none()
    if row is not None and row.resident_id is not None:
        rounds.give_receipt(tx, round_id, row.resident_id)
    return row is not None


def _good(tx: Transaction, round_id: int, number: str) -> tuple[ColumnElement[bool], ...]:
    answered = or_(survey_slips.c.resident_id.is_(None), ~rounds.has_receipt(survey_slips))
    return survey_slips.c.round_id == round_id, survey_slips.c.digest == _slip(tx, round_id, number), answered


def _slip(tx: Transaction, round_id: int, number: str) -> str:
    digits = "".join(each for each in number if each.isdigit())
    return _digest(tx, "slip", str(round_id), digits)
