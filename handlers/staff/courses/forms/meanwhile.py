"""What others changed of a course while somebody had its form open, field by field, from the journal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.staff.courses.forms.groups import BY_FIELD
from handlers.staff.courses.forms.writing import Texts, digest, texts_of, written
from handlers.staff.desk.desk import Desk
from storage.audit import changes, journal
from storage.audit.journal import COURSE, Entry
from storage.database import Transaction
from storage.teaching.course import Course


@dataclass(frozen=True)
class Changed:
    """A field with what the form had shown and what stands there now, and by whose last change."""

    field: str
    before: str
    after: str
    who: str
    at: datetime

    def said(self, desk: Desk) -> str:
        label = BY_FIELD[self.field].header
        values = f"‘{self.before or '빈칸'}’ → ‘{self.after or '빈칸'}’"
        return f"{label}: {values} ({self.who}, {desk.moment(self.at)})"


def mark(tx: Transaction, desk: Desk, course: Course) -> str:
    """What a form carries of the course that it shows, to be told apart from a later one."""
    texts = texts_of(course, desk.organization.timezone)
    return f"{journal.last_about(tx, COURSE, course.id)}.{digest(texts)}"


def is_as_seen(course: Course, desk: Desk, seen: str) -> bool:
    return seen.partition(".")[2] == digest(texts_of(course, desk.organization.timezone))


def changed_since(tx: Transaction, desk: Desk, course: Course, seen: str) -> list[Changed]:
    """In the order in which they were changed first."""
    number = seen.partition(".")[0]
    found: dict[str, Changed] = {}
    for entry in journal.about(
        tx, COURSE, course.id, int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0
    ):
        for field, before, after in fields_of(tx, entry, course.id):
            texts = [_text(desk, field, value) for value in (before, after)]
            first = found.get(field)
            now = Changed(field, texts[0], texts[1], entry.officer.name, entry.at)
            found[field] = replace(now, before=first.before) if first else now
    return [each for each in found.values() if each.before != each.after]


def fields_of(tx: Transaction, entry: Entry, course_id: int) -> Iterator[tuple[str, Any, Any]]:
    """The fields of a course that an entry changed, before and after; of an undoing what it put back."""
    undone = journal.find(tx, entry.undoes) if entry.undoes else None
    for each in (undone or entry).changes:
        if each.table != "courses" or each.key != (course_id,) or each.before is None or each.after is None:
            continue
        old, new = (each.after, each.before) if undone else (each.before, each.after)
        yield from ((name, _value(old, name), _value(new, name)) for name in new if name in BY_FIELD)


def merged(typed: Texts, found: list[Changed], now: Texts) -> Texts:
    """What was typed, and of the fields that somebody left as they were shown what others made of them."""
    theirs: Mapping[str, str] = {each.field: now[each.field] for each in found if typed.get(each.field) == each.before}
    return {**typed, **theirs}


def _value(values: Mapping[str, Any], name: str) -> Any:
    return changes.value_of("courses", name, values[name])


def _text(desk: Desk, field: str, value: Any) -> str:
    return written(BY_FIELD[field], value, desk.organization.timezone)
