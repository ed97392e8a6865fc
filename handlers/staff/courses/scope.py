"""What acts on a course may change, as far as it can be undone."""

from collections.abc import Sequence
from typing import Any

from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from storage.audit import scopes
from storage.audit.journal import COURSE, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.teaching import courses


def of_course(tx: Transaction, _: Desk, code: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    """All of the course, which nobody else changes before the transaction ends."""
    course = lookup.course(tx, code)
    courses.lock(tx, course.id)
    return scopes.of_courses([course.code]), [(COURSE, course.id)]
