"""What a course was like before a change, for those in it who are told of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import course_changes
from storage.teaching.course import Course

TIMES = ("start_date", "end_date", "weekdays", "every_weeks", "start_time", "end_time")
PLACE = ("venue", "directions", "parking", "access")
TOLD = (
    "title", *TIMES, *PLACE,
    "material_fee", "textbook_fee", "exam_fee", "payment", "supplies", "completion_rule",
)  # fmt: skip
"""What somebody with a seat has to know of, when it changes."""


@dataclass(frozen=True)
class Change:
    """`before` holds the fields that were changed, as JSON has them."""

    id: int
    course_id: int
    before: Mapping[str, Any]
    changed_at: datetime


def told_fields(before: Course, after: Course) -> tuple[str, ...]:
    """Those that differ and are told."""
    return tuple(field for field in TOLD if getattr(before, field) != getattr(after, field))


def note(tx: Transaction, pairs: Sequence[tuple[Course, Course]], now: datetime) -> None:
    """Keep what these courses were like, as far as it is told; of a pair the first is the one that is known."""
    rows = [
        {
            "course_id": before.id,
            "before": {field: _to_json(getattr(before, field)) for field in fields},
            "changed_at": now,
        }
        for before, after in pairs
        if (fields := told_fields(before, after))
    ]
    if rows:
        tx.execute(course_changes.insert(), rows)


def between(tx: Transaction, since: datetime, until: datetime) -> list[Change]:
    """What was changed in any course after `since` and no later than `until`, in that order."""
    these = (course_changes.c.changed_at > since, course_changes.c.changed_at <= until)
    return [Change(*row) for row in tx.execute(select(course_changes).where(*these).order_by(course_changes.c.id))]


def as_it_was(tx: Transaction, course: Course, since: datetime) -> Course:
    """The course as somebody knows it who has heard of nothing that was changed after a moment."""
    these = (course_changes.c.course_id == course.id, course_changes.c.changed_at > since)
    found = tx.execute(select(course_changes.c.before).where(*these).order_by(course_changes.c.id.desc()))
    known: dict[str, Any] = {}
    for before in found.scalars():
        known |= before
    return replace(course, **{field: _from_json(getattr(course, field), value) for field, value in known.items()})


def _to_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


def _from_json(like: Any, value: Any) -> Any:
    """As the field holds it: `like` is a value of the same field."""
    if isinstance(like, tuple):
        return tuple(value)
    return type(like).fromisoformat(value) if isinstance(like, date | time) else value
