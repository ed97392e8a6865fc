"""Giving a seat back: cancelling and declining, each asked about first, and taking that back while nobody has it."""

from dataclasses import replace
from datetime import timedelta

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.residents import rules
from handlers.residents.mine import Mine, owned, show_mine
from handlers.seating import offers
from storage import courses, enrollments, persons
from storage.course import Course
from storage.enrollments import Enrollment
from storage.states import HOLDING, EnrollmentState

TAKE_BACK = timedelta(minutes=10)


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
    rules.check_number(chat, course, chat.resident)
    if not _is_still_there(chat, course, was):
        raise Refused("mine.gone", _again(course), rules.OTHERS, title=course.title)
    rules.check_other_courses(chat, course, people)
    enrollments.take_back(chat.tx, was.id)
    offers.fill(chat.tx, chat.organization, course.id, chat.now)
    shown = show_mine(chat, was.id)
    return replace(shown, text=f"{chat.text('mine.taken_back', title=course.title)}\n\n{shown.text}").as_receipt()


def _give_back(chat: Chat, mine: Mine, state: EnrollmentState, key: str) -> Reply:
    """The seat goes on to the next in line at once."""
    course_id, enrollment_id = mine.course.id, mine.enrollment.id
    courses.lock(chat.tx, course_id)
    enrollments.end(chat.tx, enrollment_id, state, chat.now)
    offers.fill(chat.tx, chat.organization, course_id, chat.now)
    course, was = courses.get(chat.tx, course_id, chat.language), owned(chat, enrollment_id).enrollment
    others = (chat.button("courses", "courses"), chat.button("mine", "mine"))
    if not _is_still_there(chat, course, was):
        return chat.page(key, chat.button(*_again(course)), *others, title=course.title).as_receipt()
    told = chat.page(key, _back_button(chat, was), *others, title=course.title)
    minutes = int(TAKE_BACK.total_seconds()) // 60
    return replace(told, text=f"{told.text}\n{chat.text('mine.can_take_back', minutes=minutes)}").as_receipt()


def _is_still_there(chat: Chat, course: Course, was: Enrollment) -> bool:
    """Whether what was given back a moment ago is nobody else's yet; the course must be locked."""
    is_recent = was.ended_at is not None and chat.now - was.ended_at <= TAKE_BACK
    if not is_recent or not was.ended_from or not course.gives_seats(chat.today):
        return False
    if was.ended_from == "applied":
        return course.is_taking(chat.now)
    if was.ended_from == "waiting":
        return course.selection != "first_come" or course.has_line_room
    has_lapsed = was.offer_until is not None and was.offer_until < chat.now
    return course.free > 0 and not has_lapsed


def _back_button(chat: Chat, was: Enrollment) -> Button:
    return chat.button("take_back", f"mine/{was.id}/back")


def _again(course: Course) -> tuple[str, str]:
    return "enroll_again", f"courses/{course.id}"


def _offered(chat: Chat, enrollment_id: int) -> Mine:
    mine = owned(chat, enrollment_id)
    if mine.enrollment.state != "offered":
        raise Refused("mine.no_offer", ("my_enrollment", f"mine/{enrollment_id}"), title=mine.course.title)
    return mine


def _cancellable(chat: Chat, enrollment_id: int) -> Mine:
    mine = owned(chat, enrollment_id)
    if mine.enrollment.ended_at:
        raise Refused("mine.over_already", ("mine", "mine"), rules.OTHERS, title=mine.course.title)
    if chat.today >= mine.course.start_date:
        raise Refused("mine.begun", ("my_enrollment", f"mine/{enrollment_id}"), rules.ASK, title=mine.course.title)
    return mine
