"""How many people may share one mobile number: in a course, and with counselors."""

from datetime import datetime

from storage.database import Transaction
from storage.people.finding import persons
from storage.people.residents import Resident


def count_at_once(tx: Transaction, resident: Resident, course_id: int, most: int) -> bool:
    """Whether so many people at most have this number in a course, and each of them once. The course must be locked.

    Else an officer looks first: of two with one name and number, too, whosever the number is proven to be.
    """
    others = persons.others_in_course(tx, resident, course_id)
    sharing = {each.plain_name for each in persons.counting(tx, resident, others)}
    return len(sharing) < most and persons.plain(resident.name or "") not in {each.plain_name for each in others}


def may_book(tx: Transaction, resident: Resident, now: datetime, most: int) -> bool:
    """Whether fewer others of this number have an appointment. The number must be held."""
    others = persons.others_with_appointment(tx, resident, now)
    return len(persons.counting(tx, resident, others)) < most
