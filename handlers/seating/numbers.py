"""How many people may share one mobile number: in a course, and with counselors."""

from datetime import datetime

from storage.database import Transaction
from storage.people import persons
from storage.people.residents import Resident


def may_enroll(tx: Transaction, resident: Resident, course_id: int, most: int) -> bool:
    """Whether so many people at most have this number in a course, and each of them once. The course must be locked."""
    taken = {each.plain_name for each in persons.others_in_course(tx, resident, course_id)}
    return len(taken) < most and persons.plain(resident.name or "") not in taken


def may_book(tx: Transaction, resident: Resident, now: datetime, most: int) -> bool:
    """Whether fewer others of this number have an appointment. The number must be held."""
    return len(persons.others_with_appointment(tx, resident, now)) < most
