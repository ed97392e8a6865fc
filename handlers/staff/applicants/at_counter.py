"""Somebody registers on a tablet at the counter, which an officer has opened: they read the consent themselves."""

from collections.abc import Mapping

from handlers.residents.people import consents
from handlers.residents.seats import receipts
from handlers.staff.applicants import answers, likely
from handlers.staff.applicants.registering import LANGUAGE, REGISTER
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.desk import Desk
from handlers.staff.records.record import as_theirs
from storage.database import Transaction
from storage.people import residents
from storage.people.consents import ALIMTALK
from storage.people.residents import Resident
from storage.seating import enrollments
from storage.teaching import courses
from storage.teaching.course import Course

CHANNEL = "visit"


def offered(tx: Transaction, desk: Desk) -> list[Course]:
    """What takes people at this moment."""
    found = courses.by_code(tx, list(courses.codes(tx))).values()
    return sorted((each for each in found if each.is_taking(desk.now)), key=lambda each: (each.apply_end, each.code))


def consent(tx: Transaction, desk: Desk, purpose: str = "enrollment") -> str:
    """The words that they read."""
    return consents.wording(as_theirs(tx, desk, Resident(0, LANGUAGE), CHANNEL), purpose)


def messages(tx: Transaction, desk: Desk) -> str:
    """The words by which they agree to be told at their number; "" where nobody is."""
    return consent(tx, desk, ALIMTALK) if desk.organization.tells_at_numbers else ""


def register(
    tx: Transaction, desk: Desk, code: str, told: Mapping[str, str], agreed: bool, alimtalk: bool = False
) -> tuple[str, ...]:
    """What they read afterwards. Nothing of anybody's record is shown, and no rule is set aside. Raises Declined."""
    course = lookup.course(tx, code)
    said = answers.read(as_theirs(tx, desk, Resident(0, LANGUAGE), ""), course, told)
    person = likely.same(tx, said)
    args = {"code": course.code, "channel": CHANNEL, "told": told, "person": person, "new": not person, "aloud": agreed}
    args |= {"alimtalk": True} if alimtalk and said.get("mobile") else {}
    acts.perform(tx, desk, REGISTER, args)
    mine = enrollments.of_course(tx, course.id)[-1]  # the course is locked: nobody came after them
    chat = as_theirs(tx, desk, residents.by_id(tx, mine.resident_id), CHANNEL)
    key, data = receipts.said(chat, courses.get(tx, course.id), mine)
    return chat.text(key, **data), f"접수번호 {mine.id}"
