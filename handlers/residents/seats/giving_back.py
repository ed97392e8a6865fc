"""Giving a seat back: cancelling and declining, each asked about first, and taking that back while nobody has it."""

from dataclasses import replace

from handlers.dialogue.chat import Chat, Refused, Step
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import router
from handlers.residents.people import rules
from handlers.residents.seats.mine import Mine, can_take_back, owned, show_mine
from handlers.seating import numbers, offers
from handlers.seating.taking_back import TAKE_BACK, is_still_there
from storage.people.finding import persons
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.states import HOLDING, EnrollmentState
from storage.teaching import courses
from storage.teaching.course import Course


@router.view("mine/{enrollment_id}/cancel")
def ask_to_cancel(chat: Chat, enrollment_id: int) -> Reply:
    mine = _cancellable(chat, enrollment_id)
    yes = chat.button("cancel_yes", f"mine/{enrollment_id}/cancel/yes").apart()
    keep = chat.button("cancel_no", f"mine/{enrollment_id}")
    return chat.reply(f"mine.cancel.{mine.enrollment.state}", keep, yes, title=mine.course.title)


@router.act("mine/{enrollment_id}/cancel/yes")
def cancel(chat: Chat, enrollment_id: int) -> Reply:
    mine = _cancellable(chat, enrollment_id)
    key = "mine.cancelled" if mine.enrollment.state in HOLDING else "mine.cancelled_before"
    return _give_back(chat, mine, "cancelled", key)


@router.view("mine/{enrollment_id}/decline")
def ask_to_decline(chat: Chat, enrollment_id: int) -> Reply:
    mine = _offered(chat, enrollment_id)
    yes = chat.button("decline_yes", f"mine/{enrollment_id}/decline/yes").apart()
    keep = chat.button("decline_no", f"mine/{enrollment_id}")
    return chat.reply("mine.decline", keep, yes, title=mine.course.title)


@router.act("mine/{enrollment_id}/decline/yes")
def decline_seat(chat: Chat, enrollment_id: int) -> Reply:
    return _give_back(chat, _offered(chat, enrollment_id), "declined", "mine.declined")


@router.act("mine/{enrollment_id}/back")
def take_back(chat: Chat, enrollment_id: int) -> Reply:
    """The same enrollment in its place, if nobody has got it meanwhile."""
    people = persons.lock_same(chat.tx, chat.resident)
    course = courses.lock(chat.tx, owned(chat, enrollment_id).course.id, chat.language)
    was = owned(chat, enrollment_id).enrollment
    rules.check_not_enrolled(chat, course, people)
    if not is_still_there(course, was, chat.now, chat.today):
        raise Refused("mine.gone", _again(course), rules.OTHERS, title=course.title)
    rules.check_other_courses(chat, course, people)
    most = chat.organization.people_per_number
    counts = numbers.count_at_once(chat.tx, chat.resident, course.id, most)
    enrollments.take_back(chat.tx, was.id, None if counts else chat.now)
    offers.fill(chat.tx, chat.organization, course.id, chat.now)
    shown = show_mine(chat, was.id)
    return replace(shown, text=f"{chat.text('mine.taken_back', title=course.title)}\n\n{shown.text}").as_receipt()


def _give_back(chat: Chat, mine: Mine, state: EnrollmentState, key: str) -> Reply:
    course_id, enrollment_id = mine.course.id, mine.enrollment.id
    end(chat, course_id, enrollment_id, state)
    course, was = courses.get(chat.tx, course_id, chat.language), owned(chat, enrollment_id).enrollment
    others = (chat.button("courses", "courses"), chat.button("mine", "mine"))
    if not is_still_there(course, was, chat.now, chat.today):
        return chat.page(key, chat.button(*_again(course)), *others, title=course.title).as_receipt()
    told = chat.page(key, chat.button(*_back(was.id)), *others, title=course.title)
    minutes = int(TAKE_BACK.total_seconds()) // 60
    return replace(
        told, text=f"{told.text}\n{chat.text(f'mine.can_take_back.{_what(was)}', minutes=minutes)}"
    ).as_receipt()


def end(chat: Chat, course_id: int, enrollment_id: int, state: EnrollmentState) -> None:
    """The seat goes on to the next in line at once."""
    courses.lock(chat.tx, course_id)
    enrollments.end(chat.tx, enrollment_id, state, chat.now)
    offers.fill(chat.tx, chat.organization, course_id, chat.now)


def _what(was: Enrollment) -> str:
    return "seat" if was.ended_from in HOLDING else "place"


def _back(enrollment_id: int) -> Step:
    return "take_back", f"mine/{enrollment_id}/back"


def _again(course: Course) -> Step:
    return "enroll_again", f"courses/{course.id}"


def _offered(chat: Chat, enrollment_id: int) -> Mine:
    mine = owned(chat, enrollment_id)
    if mine.enrollment.state != "offered":
        raise Refused("mine.no_offer", ("my_enrollment", f"mine/{enrollment_id}"), title=mine.course.title)
    return mine


def _cancellable(chat: Chat, enrollment_id: int) -> Mine:
    mine = owned(chat, enrollment_id)
    if mine.enrollment.ended_at:
        steps = [*([_back(enrollment_id)] if can_take_back(chat, mine) else []), ("mine", "mine"), rules.OTHERS]
        raise Refused("mine.over_already", *steps, title=mine.course.title)
    if chat.today >= mine.course.start_date:
        raise Refused("mine.begun", ("my_enrollment", f"mine/{enrollment_id}"), rules.ASK, title=mine.course.title)
    return mine
