"""How certificates of a course will look, before any is issued."""

from typing import Any

from handlers.attendance.counting import Tally
from handlers.residents.completed import printed
from handlers.staff.certificates.finding import longest
from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from storage.database import Transaction
from storage.teaching import sessions


def sample(tx: Transaction, desk: Desk, code: str) -> list[dict[str, Any]]:
    """With the longest name, marked as a sample."""
    course = lookup.course(tx, code)
    meetings = sessions.of_courses(tx, [course.id])
    tally = Tally(desk.organization.attendance.of_course(course), len(meetings), {"present": len(meetings)})
    facts = printed.facts(desk.organization, course, meetings, tally, desk.now)
    return [longest(tx, desk, course, facts)]
