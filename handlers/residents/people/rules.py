"""Who may take a seat: each refusal names the rule, why, and the next step."""

from collections.abc import Sequence

from handlers.attendance import no_shows
from handlers.calendar import terms
from handlers.dialogue.chat import Chat, Refused, Step
from handlers.language.days import dates
from storage.people.residents import Resident
from storage.seating import draws, enrollments, limits
from storage.seating.limits import Seat
from storage.teaching import courses
from storage.teaching.course import Course, Status

OTHERS = ("other_courses", "courses")
ASK = ("contact", "contact")

_NOT_NOW: Sequence[Status] = ("full", "closed", "running", "ended", "cancelled", "suspended")


def shown_course(chat: Chat, course_id: int, *steps: Step) -> Course:
    """A course that residents may know of; else it is refused, with steps to go on."""
    course = known_course(chat, course_id, *steps)
    check_shown(course, *steps)
    return course


def known_course(chat: Chat, course_id: int, *steps: Step) -> Course:
    """A course that there is, though residents may not know of it."""
    course = courses.find(chat.tx, course_id, chat.language)
    if course is None:
        raise Refused("courses.unknown", *steps)
    return course


def check_shown(course: Course, *steps: Step) -> None:
    if course.state == "hidden":
        raise Refused("courses.unknown", *steps)


def check_taking(chat: Chat, course: Course) -> None:
    """Refuse a course that takes nobody at this moment; to a list that is fixed nobody is added, though it reopens."""
    status = course.status(chat.now, chat.today, chat.channel)
    if course.selection == "lottery" and draws.is_fixed(chat.tx, course.id):
        status = "closed" if status == "open" else status
    if status == "upcoming":
        raise Refused("refused.upcoming", OTHERS, title=course.title, since=chat.moment(course.apply_start))
    if status in _NOT_NOW:
        raise Refused(f"refused.{status}", OTHERS, ("soon", "courses/soon"), ASK, title=course.title)


def check_not_enrolled(chat: Chat, course: Course, people: Sequence[int]) -> None:
    found = enrollments.live(chat.tx, course.id, people)
    if found is None:
        return
    if found.resident_id == chat.resident.id:
        raise Refused("refused.already", ("my_enrollment", f"mine/{found.id}"), OTHERS, title=course.title)
    raise _call(course)


def check_age(chat: Chat, course: Course, birth_year: int) -> None:
    """By the year alone, as we know no birthday: whoever may be old enough passes."""
    if dates.age_in(birth_year, chat.today) < course.minimum_age:
        correct = ("correct_birth_year", f"forms/enroll/{course.id}/correct/birth_year")
        raise Refused("refused.age", correct, OTHERS, ASK, title=course.title, age=course.minimum_age)


def check_tie(course: Course, tie: str | None) -> None:
    """Who lives here may always come; a course may also be open to those who work or study here, or to anyone."""
    if tie in (None, "lives") or course.open_to == "anyone":
        return
    correct = ("correct_dong", f"forms/enroll/{course.id}/correct/dong")
    if course.open_to == "residents":
        raise Refused("refused.residents_only", correct, OTHERS, ASK, title=course.title)
    if tie == "none":
        raise Refused("refused.connected_only", correct, OTHERS, ASK, title=course.title)


def check_other_courses(chat: Chat, course: Course, people: Sequence[int]) -> None:
    """Only seats count: who waits or has applied elsewhere may still choose between them."""
    own = [chat.resident.id]
    _check_seats(chat, course, own)
    if list(people) == own:
        return
    if _beyond_limit(chat, course, people) or limits.overlapping(chat.tx, people, course.id):
        raise _call(course)


def check_no_shows(chat: Chat, course: Course, people: Sequence[int]) -> None:
    """Who had a seat in the term before and never came may be kept out for one term, as that course has it."""
    found = no_shows.banning(chat.tx, chat.organization.attendance, course, people, chat.now)
    own = next((each for each in found if each.resident_id == chat.resident.id), None)
    if own:
        about = {"missed": courses.get(chat.tx, own.course_id, chat.language).title, "title": course.title}
        raise Refused("refused.no_show", ASK, OTHERS, **about, until=chat.day(terms.last_day(course.term)))
    if found:
        raise _call(course)


def _check_seats(chat: Chat, course: Course, own: Sequence[int]) -> None:
    if seats := _beyond_limit(chat, course, own):
        about = {"title": course.title, "limit": course.term_limit, "taken": _title(chat, seats[-1])}
        raise Refused("refused.term_limit", _to(seats[-1]), OTHERS, ASK, **about)
    if other := limits.overlapping(chat.tx, own, course.id):
        raise Refused("refused.overlap", _to(other), OTHERS, title=course.title, other=_title(chat, other))


def _beyond_limit(chat: Chat, course: Course, people: Sequence[int]) -> list[Seat]:
    """Their seats, if they have as many as one may have in the term."""
    seats = limits.seats_in_term(chat.tx, people, course) if course.term_limit else []
    return seats if course.term_limit and len(seats) >= course.term_limit else []


def _call(course: Course) -> Refused:
    """Of what they have in another chat of theirs nothing is told in this one, not even that there is any."""
    return Refused("refused.call", ASK, OTHERS, title=course.title)


def _title(chat: Chat, seat: Seat) -> str:
    return courses.get(chat.tx, seat.course_id, chat.language).title


def _to(seat: Seat) -> Step:
    return "my_enrollment", f"mine/{seat.enrollment_id}"


def check_person(chat: Chat, course: Course, person: Resident) -> None:
    if person.birth_year:
        check_age(chat, course, person.birth_year)
    check_tie(course, person.tie)
