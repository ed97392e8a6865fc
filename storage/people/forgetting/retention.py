"""Carries out for how long something is kept, in small units of work; the periods stand in the settings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, func, or_, select, update

from storage.database import Transaction, insert, scrub, there_is
from storage.people import personal
from storage.people.forgetting import erasing, overdue
from storage.people.forgetting.overdue import OVER
from storage.people.forgetting.periods import Night
from storage.tables import (
    appointments,
    awaited_courses,
    callbacks,
    consents,
    course_wishes,
    drafts,
    enrollments,
    inbox,
    kept_completions,
    outbox,
    residents,
    retention_runs,
    survey_receipts,
    survey_rounds,
    survey_signed_answers,
    survey_slips,
)
from storage.tables.rules import Kept

Counts = Mapping[str, int]
"""How many went, or would, by task."""

MOST = 100  # rows that go in one unit of work
MOST_PEOPLE = 25  # whom a unit of work erases: much is looked through for each

# What is kept elsewhere, or has no period of its own.
ELSEWHERE: Mapping[Kept, str] = {
    Kept.WITH_PERSON: "it goes with the person (`people`)",
    Kept.ACCESS_LOG: "the journal lets its own oldest entries go (storage/audit/journal.py)",
}

_OF_ROUNDS = (survey_receipts, survey_signed_answers, survey_slips)


@dataclass(frozen=True)
class Task:
    """What goes of one kind: rows of a table that are over, by their keys, a few in each unit of work."""

    name: str
    kept: tuple[Kept, ...]
    table: Table
    over: Callable[[Night], ColumnElement[bool]]
    carry_out: Callable[[Transaction, Sequence[int], Night], object]
    most: int = MOST

    @property
    def key(self) -> ColumnElement[int]:
        return self.table.primary_key.columns[0]

    def count(self, tx: Transaction, night: Night) -> int:
        found: int = tx.execute(select(func.count()).select_from(self.table).where(self.over(night))).scalar_one()
        return found

    def find(self, tx: Transaction, night: Night, after: int) -> Sequence[int]:
        """Keys above `after`; it may look through everything."""
        due = select(self.key).where(self.over(night), self.key > after)
        return tx.execute(due.order_by(self.key).limit(self.most)).scalars().all()

    def go_on(self, tx: Transaction, keys: Sequence[int], night: Night) -> int:
        """Those of them that are still over; whoever is just being written to is left for the next night."""
        held = select(self.key).where(self.key.in_(keys)).with_for_update(skip_locked=True)
        still = select(self.key).where(self.key.in_(tx.execute(held).scalars().all()), self.over(night))
        if found := tx.execute(still).scalars().all():
            self.carry_out(tx, found, night)
        return len(found)


def _rows(name: str, kept: Kept, table: Table) -> Task:
    """Rows that are deleted."""
    key = table.primary_key.columns[0]
    return Task(name, (kept,), table, OVER[table], lambda tx, keys, _: tx.execute(delete(table).where(key.in_(keys))))


def _counted(name: str, kept: Kept, table: Table) -> Task:
    """Rows that are counted in figures: they stay, and lead to nobody any more."""

    def over(night: Night) -> ColumnElement[bool]:
        theirs = there_is(residents, residents.c.id == table.c.resident_id, ~overdue.nobody_keeps(night))
        return and_(OVER[table](night), theirs)

    return Task(name, (kept,), table, over, lambda tx, keys, night: _detach(tx, table, keys, night))


def _detach(tx: Transaction, table: Table, ids: Sequence[int], night: Night) -> None:
    """All that a person has of these becomes an anonymous record's."""
    rows = tx.execute(select(table.c.id, table.c.resident_id).where(table.c.id.in_(ids))).all()
    people = sorted({row.resident_id for row in rows})
    empty = {"language": "ko", "created_at": night.now, "erased_at": night.now}
    added = tx.execute(residents.insert().returning(residents.c.id), [empty] * len(people)).scalars()
    anchors = dict(zip(people, added, strict=True))
    personal.erase_rows(tx, table, ids)
    moved = update(table).where(table.c.id == bindparam("at")).values(resident_id=bindparam("to"))
    tx.execute(moved, [{"at": row.id, "to": anchors[row.resident_id]} for row in rows])
    scrub(tx)


def _forget_people(tx: Transaction, ids: Sequence[int], night: Night) -> None:
    erasing.erase_all(tx, ids, night.now)


def _profile_over(night: Night) -> ColumnElement[bool]:
    return and_(overdue.nothing_needs_profile(night), ~overdue.nobody_keeps(night))


def _forget_profiles(tx: Transaction, ids: Sequence[int], _: Night) -> None:
    tx.execute(update(residents).where(residents.c.id.in_(ids)).values(overdue.profile()))
    scrub(tx)


def _answers_over(night: Night) -> ColumnElement[bool]:
    is_left = (there_is(table, table.c.round_id == survey_rounds.c.id) for table in _OF_ROUNDS)
    return and_(survey_rounds.c.closes_at < night.before("answers"), or_(*is_left))


def _forget_answers(tx: Transaction, ids: Sequence[int], _: Night) -> None:
    for table in _OF_ROUNDS:
        tx.execute(delete(table).where(table.c.round_id.in_(ids)))


# In this order: whoever nothing keeps is erased as a whole, before single rows of those who stay lead to nobody.
TASKS = (
    _rows("talk", Kept.TALK, inbox),
    _rows("drafts", Kept.DRAFTS, drafts),
    _rows("notices", Kept.NOTICES, outbox),
    _rows("awaited", Kept.WISHES, awaited_courses),
    _rows("wishes", Kept.WISHES, course_wishes),
    _rows("callbacks", Kept.CALLBACKS, callbacks),
    Task("answers", (Kept.ANSWERS,), survey_rounds, _answers_over, _forget_answers, most=1),
    Task("people", (), residents, overdue.nobody_keeps, _forget_people, MOST_PEOPLE),
    Task("profiles", (), residents, _profile_over, _forget_profiles),
    _counted("applications", Kept.APPLICATIONS, enrollments),
    _counted("counseling", Kept.COUNSELING, appointments),
    _rows("consents", Kept.CONSENTS, consents),
    _rows("completions", Kept.COMPLETIONS, kept_completions),
)


def foretell(tx: Transaction, night: Night) -> Counts:
    """How many would go on a night, by task."""
    return {task.name: task.count(tx, night) for task in TASKS}


# --- what went, without whose ---


def note(tx: Transaction, day: date, began_at: datetime, ended_at: datetime, counts: Counts) -> None:
    row = {"day": day, "began_at": began_at, "ended_at": ended_at, "counts": dict(counts)}
    tx.execute(insert(tx, retention_runs).values(row).on_conflict_do_nothing())


def was_carried_out(tx: Transaction, day: date) -> bool:
    return tx.execute(select(retention_runs.c.day).where(retention_runs.c.day == day)).first() is not None


@dataclass(frozen=True)
class Run:
    day: date
    ended_at: datetime
    counts: Counts


def last(tx: Transaction) -> Run | None:
    columns = (retention_runs.c.day, retention_runs.c.ended_at, retention_runs.c.counts)
    row = tx.execute(select(*columns).order_by(retention_runs.c.day.desc()).limit(1)).first()
    return Run(*row) if row else None


def forget_runs_before(tx: Transaction, day: date) -> None:
    tx.execute(delete(retention_runs).where(retention_runs.c.day < day))
