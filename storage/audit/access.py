"""Who looked at and changed whose data, as it is reviewed each month and as the people themselves are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, distinct, func, select

from storage.audit.journal import PERSON, Officer
from storage.database import Transaction
from storage.tables import journal, journal_subjects

LOOKED = "look/person"  # at all that is kept of one


@dataclass(frozen=True)
class Access:
    """An entry of the journal, and how many people's data it touched."""

    id: int
    at: datetime
    officer: Officer
    action: str
    purpose: str
    args: Mapping[str, Any]
    people: int


_WHOSE = (journal_subjects.c.entry_id == journal.c.id, journal_subjects.c.kind == PERSON)
_PEOPLE = select(func.count()).where(*_WHOSE).correlate(journal).scalar_subquery()
_FIELDS = [
    *(journal.c[name] for name in ("id", "at", "officer", "origin", "action", "purpose")),
    _PEOPLE.label("people"),
]
_ACCESS = select(*_FIELDS, journal.c.args)
_OUTPUT = "output"
_OF_MONTH = select(*_FIELDS, journal.c.args[_OUTPUT].as_string().label(_OUTPUT))  # all of them take long to be read


def between(tx: Transaction, since: datetime, until: datetime) -> list[Access]:
    """All from `since` on and before `until`, the oldest first; of their arguments the kind of file alone."""
    rows = tx.execute(_OF_MONTH.where(journal.c.at >= since, journal.c.at < until).order_by(journal.c.id))
    return [_access(row, {_OUTPUT: row.output} if row.output else {}) for row in rows]


def of_person(tx: Transaction, resident_id: int, limit: int) -> list[Access]:
    """The last that touched this person's data, the newest first."""
    theirs = select(journal_subjects.c.entry_id).where(
        journal_subjects.c.kind == PERSON, journal_subjects.c.subject_id == resident_id
    )
    return _all(tx, _ACCESS.where(journal.c.id.in_(theirs)).order_by(journal.c.id.desc()).limit(limit))


def last_purpose(tx: Transaction, officer: str, resident_id: int, since: datetime) -> str:
    """What an officer last said they look at this very person for, if they have since then; else ""."""
    theirs = select(journal_subjects.c.entry_id).where(
        journal_subjects.c.kind == PERSON, journal_subjects.c.subject_id == resident_id
    )
    looks = (journal.c.officer == officer, journal.c.action == LOOKED, journal.c.at >= since, journal.c.id.in_(theirs))
    rows = tx.execute(select(journal.c.purpose, journal.c.args).where(*looks).order_by(journal.c.id.desc()))
    return next((row.purpose for row in rows if row.purpose and row.args.get("number") == resident_id), "")


def people(tx: Transaction, since: datetime, until: datetime) -> dict[str, int]:
    """By officer, how many different people's data they touched."""
    these = (journal.c.at >= since, journal.c.at < until, journal_subjects.c.kind == PERSON)
    joined = select(journal.c.officer, func.count(distinct(journal_subjects.c.subject_id))).join(
        journal_subjects, journal_subjects.c.entry_id == journal.c.id
    )
    return {row[0]: row[1] for row in tx.execute(joined.where(*these).group_by(journal.c.officer))}


def first(tx: Transaction) -> datetime | None:
    """When the oldest entry was written that is kept."""
    return tx.execute(select(journal.c.at).order_by(journal.c.id).limit(1)).scalar()


def moments(tx: Transaction) -> list[datetime]:
    """When people's data was touched, by entries that say what for."""
    touches = select(journal_subjects.c.id).where(*_WHOSE).correlate(journal).exists()
    return list(tx.execute(select(journal.c.at).where(journal.c.purpose.is_not(None), touches)).scalars())


def of_action(tx: Transaction, action: str) -> list[Access]:
    """The newest first."""
    return _all(tx, _ACCESS.where(journal.c.action == action).order_by(journal.c.id.desc()))


def _all(tx: Transaction, query: Select[Any]) -> list[Access]:
    return [_access(row, row.args) for row in tx.execute(query)]


def _access(row: Any, args: Mapping[str, Any]) -> Access:
    return Access(row.id, row.at, Officer(row.officer, row.origin), row.action, row.purpose or "", args, row.people)
