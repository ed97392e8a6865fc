"""What a resident wants of job postings, and which ones are new for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, bindparam, cast, delete, desc, literal, null, or_, select, union_all

from storage.database import Transaction, insert, there_is
from storage.engine.prepared import Prepared
from storage.jobs.posting import Posting
from storage.tables import (
    UtcDateTime,
    courses,
    dismissed_postings,
    enrollments,
    interests,
    job_fields,
    job_wishes,
    postings,
    saved_postings,
)

RHYTHMS = ("daily", "weekly")
MOST = 300  # new postings that are looked through for one digest, the newest first

_POSTING = select(*(postings.c[name] for name in Posting.__dataclass_fields__))
IS_NEW = (
    postings.c.hidden_at.is_(None)
    & postings.c.duplicate_of.is_(None)
    & (postings.c.first_seen_at > bindparam("seen_since", type_=UtcDateTime))
    & (postings.c.first_seen_at <= bindparam("seen_until", type_=UtcDateTime))
    & or_(postings.c.close_on.is_(None), postings.c.close_on >= bindparam("open_on"))
)
"""A posting that was first seen after `seen_since` and no later than `seen_until`, and is open on the day `open_on`."""

_NEW = (
    _POSTING.where(postings.c.category == bindparam("of_category"), IS_NEW)
    .order_by(postings.c.first_seen_at.desc(), postings.c.id.desc())
    .limit(MOST)
)
_FIELDS = select(job_fields.c.category).where(job_fields.c.resident_id == bindparam("of_resident"))
_WANTED = Prepared(
    _POSTING.where(
        postings.c.id.in_(bindparam("among", expanding=True)),
        postings.c.hidden_at.is_(None),
        postings.c.duplicate_of.is_(None),
        ~there_is(
            dismissed_postings,
            dismissed_postings.c.resident_id == bindparam("of_resident"),
            dismissed_postings.c.posting_id == postings.c.id,
        ),
    )
)
_NEVER = cast(null(), UtcDateTime).label("decided_at")
_KNOWN = Prepared(
    union_all(
        select(literal("field"), job_fields.c.category, literal(""), literal(""), literal(""), _NEVER).where(
            job_fields.c.resident_id == bindparam("of_resident")
        ),
        select(literal("topic"), interests.c.topic, literal(""), literal(""), literal(""), _NEVER).where(
            interests.c.resident_id == bindparam("of_resident")
        ),
        select(
            literal("course"),
            courses.c.title,
            courses.c.category,
            courses.c.certificate,
            courses.c.title_en,
            enrollments.c.decided_at,
        )
        .join(enrollments, enrollments.c.course_id == courses.c.id)
        .where(enrollments.c.resident_id == bindparam("of_resident"), enrollments.c.state == "completed"),
    ).order_by(desc("decided_at"))
)


@dataclass(frozen=True)
class Known:
    """A resident's fields, their topics of news, and the courses that they completed, the latest first."""

    fields: frozenset[str]
    topics: frozenset[str]
    completed: tuple[tuple[str, str, str, str], ...]  # title, category, certificate, English title


def rhythm(tx: Transaction, resident_id: int) -> str | None:
    """How often they get their digest; None when they have not asked for one."""
    return tx.execute(select(job_wishes.c.rhythm).where(job_wishes.c.resident_id == resident_id)).scalar()


def choose_rhythm(tx: Transaction, resident_id: int, how_often: str) -> None:
    added = insert(tx, job_wishes).values(resident_id=resident_id, rhythm=how_often)
    tx.execute(added.on_conflict_do_update(index_elements=["resident_id"], set_={"rhythm": how_often}))


def fields(tx: Transaction, resident_id: int) -> set[str]:
    return set(tx.execute(_FIELDS, {"of_resident": resident_id}).scalars())


def choose_field(tx: Transaction, resident_id: int, category: str) -> None:
    _add(tx, job_fields, resident_id=resident_id, category=category)


def drop_field(tx: Transaction, resident_id: int, category: str) -> None:
    theirs = (job_fields.c.resident_id == resident_id, job_fields.c.category == category)
    tx.execute(delete(job_fields).where(*theirs))


def save(tx: Transaction, resident_id: int, posting_id: int, now: datetime) -> None:
    _add(tx, saved_postings, resident_id=resident_id, posting_id=posting_id, saved_at=now)


def drop_saved(tx: Transaction, resident_id: int, posting_id: int) -> None:
    theirs = (saved_postings.c.resident_id == resident_id, saved_postings.c.posting_id == posting_id)
    tx.execute(delete(saved_postings).where(*theirs))


def saved(tx: Transaction, resident_id: int) -> list[int]:
    """Ids of the postings that they keep, the latest first."""
    mine = select(saved_postings.c.posting_id).where(saved_postings.c.resident_id == resident_id)
    return list(tx.execute(mine.order_by(saved_postings.c.saved_at.desc())).scalars())


def dismiss(tx: Transaction, resident_id: int, posting_id: int) -> None:
    _add(tx, dismissed_postings, resident_id=resident_id, posting_id=posting_id)


def new_in(tx: Transaction, category: str, since: datetime, until: datetime, today: date) -> list[Posting]:
    """Open postings of a field that were first seen in this time, the newest first."""
    when = {"of_category": category, "seen_since": since, "seen_until": until, "open_on": today}
    return [Posting(*row) for row in tx.execute(_NEW, when)]


def wanted(tx: Transaction, resident_id: int, posting_ids: Sequence[int]) -> list[Posting]:
    """Those of these postings that are still shown and that they have not dismissed, in the order given."""
    found = [Posting(*row) for row in _WANTED.all(tx, of_resident=resident_id, among=posting_ids)]
    by_id = {posting.id: posting for posting in found}
    return [by_id[each] for each in posting_ids if each in by_id]


def known(tx: Transaction, resident_id: int) -> Known:
    rows = _KNOWN.all(tx, of_resident=resident_id)
    chosen = {kind: frozenset(row[1] for row in rows if row[0] == kind) for kind in ("field", "topic")}
    completed = tuple((row[1], row[2], row[3], row[4]) for row in rows if row[0] == "course")
    return Known(chosen["field"], chosen["topic"], completed)


def _add(tx: Transaction, table: Table, **row: Any) -> None:
    tx.execute(insert(tx, table).values(**row).on_conflict_do_nothing())
