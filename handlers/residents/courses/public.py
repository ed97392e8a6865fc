"""Courses as anybody may know them, for programs that read for somebody; of residents nothing is read but counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handlers.dialogue.chat import Chat, Refused
from handlers.residents.courses import catalogue, finding
from handlers.residents.courses.card import costs, facts_by_name, starts_line, status_line
from handlers.residents.courses.catalogue import Catalogue
from handlers.search.index import Found
from handlers.understanding.wish import Wish
from storage.states import CourseState
from storage.teaching import courses
from storage.teaching.course import Course, Status

SIZE = 20  # courses at once
MOST = 10_000  # ids that words may find, before anything else is asked of the courses
ORIGIN = "assistant"

_TOLD: tuple[CourseState, ...] = ("published", "suspended")
_TAKING: tuple[Status, ...] = ("open", "waitlist")

TimeOfDay = Literal["morning", "afternoon", "evening"]


@dataclass(frozen=True)
class Sought:
    """What a course must be; what is None or empty isn't asked. `weekday` 0 is Monday, `max_cost` won in all."""

    query: str = ""
    weekday: int | None = None
    time_of_day: TimeOfDay | None = None
    max_cost: int | None = None
    open_now: bool = False


@dataclass(frozen=True)
class CourseBrief:
    """A course in a list. `seats_left` only while seats are given in the order in which people come."""

    id: int
    title: str
    status: Status
    status_in_words: str
    when: str
    where: str
    seats_left: int | None
    cost: str
    cost_in_won: int
    registration_begins: datetime
    registration_ends: datetime
    link_to_register: str


@dataclass(frozen=True)
class CourseDetails(CourseBrief):
    """All that decides whether somebody comes."""

    dates: str
    first_class: str
    who_may_come: str
    seats: str
    how_seats_are_given: str
    registration: str
    directions: str
    what_to_bring: str
    certificate: str
    contact: str


@dataclass(frozen=True)
class CourseList:
    """`only_similar`: the words themselves were nowhere found, these are the nearest to them."""

    courses: tuple[CourseBrief, ...]
    has_more: bool
    only_similar: bool = False


def search(chat: Chat, sought: Sought) -> CourseList:
    known = catalogue.of(chat.tx, chat.today)
    found = _found(known, sought.query)
    fitting = [row.id for row in known.offered if finding.fits(chat, row, _wish(sought))]
    ids = [each for each in found.ids if each in fitting] if found else fitting
    told = [each for each in _told(courses.with_ids(chat.tx, ids)) if not sought.open_now or _is_taking(chat, each)]
    briefs = tuple(_brief(chat, course) for course in told[:SIZE])
    return CourseList(briefs, len(told) > SIZE, bool(briefs and found and not found.sure))


def _found(known: Catalogue, query: str) -> Found | None:
    """By names anywhere in a sentence, else by the words, loosely spelt."""
    named = known.named_in(query)
    if named.ids:
        return Found(named.ids, True, "")
    return known.found(query, MOST) if query else None


def _wish(sought: Sought) -> Wish:
    days = () if sought.weekday is None else (sought.weekday,)
    return Wish(days=days, time=sought.time_of_day, most=sought.max_cost)


def _is_taking(chat: Chat, course: Course) -> bool:
    return course.status(chat.now, chat.today) in _TAKING


def list_open(chat: Chat, page: int) -> CourseList:
    found = courses.open_now(chat.tx, chat.now, page, SIZE)
    return CourseList(tuple(_brief(chat, course) for course in found.courses), found.has_more)


def details(chat: Chat, course_id: int) -> CourseDetails:
    """Raises Refused: of a course that isn't told of nothing is said, not even that there is one."""
    told = list(_told(courses.with_ids(chat.tx, [course_id])))
    if not told:
        raise Refused("courses.unknown")
    course = told[0].in_(chat.language)
    facts = facts_by_name(chat, course, course.status(chat.now, chat.today))
    return CourseDetails(
        **vars(_brief(chat, course)),
        dates=facts["dates"],
        first_class=facts["first_class"],
        who_may_come=facts["audience"],
        seats=facts["seats"],
        how_seats_are_given=facts["selection"],
        registration=facts["apply"],
        directions=facts["directions"],
        what_to_bring=facts["supplies"],
        certificate=facts["certificate"],
        contact=chat.organization.contact_in(chat.language),
    )


def _told(among: Iterable[Course]) -> Iterable[Course]:
    """Without those that were cancelled or are hidden."""
    return (course for course in among if course.state in _TOLD)


def _brief(chat: Chat, course: Course) -> CourseBrief:
    spoken, status = course.in_(chat.language), course.status(chat.now, chat.today)
    here = chat.organization
    return CourseBrief(
        id=course.id,
        title=spoken.title,
        status=status,
        status_in_words=status_line(chat, course, status),
        when=starts_line(chat, course),
        where=spoken.venue,
        seats_left=_seats_left(chat, course, status),
        cost=costs(chat, course),
        cost_in_won=_fees(course),
        registration_begins=course.apply_start.astimezone(here.timezone),
        registration_ends=course.apply_end.astimezone(here.timezone),
        link_to_register=f"{here.public_url}/?start=c{course.id}-from-{ORIGIN}",
    )


def _seats_left(chat: Chat, course: Course, status: Status) -> int | None:
    if course.selection != "first_come" or status not in (*_TAKING, "full"):
        return None
    return course.free_for(chat.channel, chat.now) if status == "open" else 0


def _fees(course: Course) -> int:
    return course.material_fee + course.textbook_fee + course.exam_fee
