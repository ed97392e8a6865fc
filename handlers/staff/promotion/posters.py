"""What a poster says: of a course, or of the chat with the courses that are open, and the address it leads to."""

from dataclasses import dataclass

from handlers.dialogue.chat import PAGE, Chat, Refused
from handlers.residents.courses import public
from handlers.residents.courses.card import Facts, facts_by_name, starts_line
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.promotion.links import code_of, short
from storage.database import Transaction
from storage.people.residents import Resident
from storage.teaching import courses

FACTS = ("audience", "dates", "timetable", "venue", "costs", "apply", "selection", "certificate", "supplies")
OPEN = 8  # courses on the poster of a place


@dataclass(frozen=True)
class Poster:
    """`url` is what its code opens, and is printed for those who type it."""

    title: str
    facts: Facts
    url: str
    contact: str
    lists_courses: bool = False


def of_course(tx: Transaction, desk: Desk, code: str, origin: str = "") -> Poster:
    """Of a course that residents may see. Raises Declined."""
    course, chat = lookup.course(tx, code), _anybody(tx, desk)
    try:
        public.details(chat, course.id)
    except Refused as refused:
        raise Declined(f"{called(course)}: 주민에게 보이지 않는 과정이라 알릴 수 없습니다.") from refused
    facts = facts_by_name(chat, course, course.status(desk.now, desk.today))
    shown = chat.facts({name: facts[name] for name in FACTS})
    return Poster(course.title, shown, short(desk.organization, course.id, code_of(origin)), facts["contact"])


def of_place(tx: Transaction, desk: Desk, origin: str = "") -> Poster:
    """Of the chat, with the courses that close first."""
    chat, here = _anybody(tx, desk), desk.organization
    found = courses.open_now(tx, desk.now, 0, OPEN).courses
    shown = tuple((each.title, starts_line(chat, each)) for each in found)
    title = f"{here.name} 직업교육 강좌, 채팅으로 신청하세요"
    return Poster(title, shown, short(here, code=code_of(origin)), here.contact_in("ko"), lists_courses=True)


def _anybody(tx: Transaction, desk: Desk) -> Chat:
    """As somebody reads it who looks at a page of ours for the first time."""
    return Chat(tx, Resident(0, "ko"), desk.now, PAGE, "", desk.organization)
