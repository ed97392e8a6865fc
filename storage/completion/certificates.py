"""Certificates: their numbers, which are never used twice, what each says, and whether it is still valid."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update

from storage.database import Transaction, hold, there_is
from storage.tables import certificates, enrollments

CODE_BYTES = 16
DIGITS = 6
ISSUE_UNDONE, COMPLETION_UNDONE = "발급을 되돌림", "수료 결정을 되돌림"
WITHDRAWN = (ISSUE_UNDONE, COMPLETION_UNDONE)
"""Reasons for which nobody lost a certificate that was theirs: another one may be issued as if there had been none."""

_IS_VALID = certificates.c.revoked_at.is_(None)
_OF_IT = certificates.c.enrollment_id == enrollments.c.id
_TO_ISSUE: Sequence[ColumnElement[bool]] = (
    enrollments.c.state == "completed",
    ~there_is(certificates, _OF_IT, or_(_IS_VALID, certificates.c.revoke_reason.not_in(WITHDRAWN))),
)


@dataclass(frozen=True)
class Certificate:
    """`facts` are in the words that are printed; the name is None once its owner was erased."""

    id: int
    enrollment_id: int
    number: str
    code: str
    name: str | None
    facts: Mapping[str, Any]
    issued_at: datetime
    issued_by: str
    revoked_at: datetime | None
    revoke_reason: str
    replaced_by: str | None

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def was_withdrawn(self) -> bool:
        """With what had led to it, so that another one is issued as if there had been none."""
        return self.revoke_reason in WITHDRAWN


def issue(
    tx: Transaction, enrollment_id: int, year: int, name: str, facts: Mapping[str, Any], officer: str, now: datetime
) -> Certificate:
    """With the next number of the year. The enrollment must have no valid one: IntegrityError where it has."""
    number = _next(tx, year)
    tx.execute(
        certificates.insert().values(
            enrollment_id=enrollment_id,
            number=number,
            code=secrets.token_hex(CODE_BYTES),
            name=name,
            facts=dict(facts),
            issued_at=now,
            issued_by=officer,
        )
    )
    found = find(tx, number)
    assert found
    return found


def _next(tx: Transaction, year: int) -> str:
    """Held until the transaction ends, so that none is taken twice and none is left out."""
    hold(tx, f"certificates of {year}")
    newest = select(func.max(certificates.c.number)).where(certificates.c.number.like(f"{year:04}-%"))
    last = tx.execute(newest).scalar()
    return f"{year:04}-{int(last.split('-')[1]) + 1 if last else 1:0{DIGITS}}"


def revoke(tx: Transaction, number: str, reason: str, now: datetime, replaced_by: str | None = None) -> bool:
    """False where it isn't valid any more."""
    this = (certificates.c.number == number, _IS_VALID)
    ended = {"revoked_at": now, "revoke_reason": reason, "replaced_by": replaced_by}
    return tx.execute(update(certificates).where(*this).values(ended)).rowcount == 1


def replace(tx: Transaction, number: str, replaced_by: str) -> None:
    """Tell of a revoked one which was issued in its place."""
    tx.execute(update(certificates).where(certificates.c.number == number).values(replaced_by=replaced_by))


def withdraw(tx: Transaction, enrollment_ids: Collection[int], reason: str, now: datetime) -> int:
    """Revoke what is valid of these; how many there were. `reason` is one of WITHDRAWN."""
    these = (certificates.c.enrollment_id.in_(enrollment_ids), _IS_VALID)
    return tx.execute(update(certificates).where(*these).values(revoked_at=now, revoke_reason=reason)).rowcount


def find(tx: Transaction, number: str) -> Certificate | None:
    return next(iter(_read(tx, select(certificates).where(certificates.c.number == number))), None)


def valid_of(tx: Transaction, enrollment_ids: Collection[int]) -> dict[int, Certificate]:
    """By enrollment."""
    these = (certificates.c.enrollment_id.in_(enrollment_ids), _IS_VALID)
    return {each.enrollment_id: each for each in _read(tx, select(certificates).where(*these))}


def of_course(tx: Transaction, course_id: int) -> list[Certificate]:
    """All that were ever issued, in the order of their numbers."""
    query = select(certificates).join(enrollments, _OF_IT).where(enrollments.c.course_id == course_id)
    return _read(tx, query.order_by(certificates.c.number))


def to_issue(tx: Transaction, course_id: int) -> list[int]:
    """Enrollments that are completed and never had one that counted."""
    query = select(enrollments.c.id).where(enrollments.c.course_id == course_id, *_TO_ISSUE)
    return list(tx.execute(query.order_by(enrollments.c.id)).scalars())


def courses_to_issue(tx: Transaction, since: datetime) -> dict[int, int]:
    """How many each course has to issue to those who completed it since a moment."""
    query = select(enrollments.c.course_id, func.count()).where(enrollments.c.decided_at >= since, *_TO_ISSUE)
    return {row[0]: row[1] for row in tx.execute(query.group_by(enrollments.c.course_id))}


def _read(tx: Transaction, query: Select[Any]) -> list[Certificate]:
    return [Certificate(**row._mapping) for row in tx.execute(query)]
