"""Completers who would like to teach: one tap makes a candidate, another takes it back."""

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.residents.people import rules
from storage.completion import instructors
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses
from storage.teaching.course import Course


@router.view(
    "instructors", "강사", "강사 신청", "강사 지원", "가르치고 싶어요", "가르쳐 보고 싶어요", "/teach", "teach"
)
def show_instructors(chat: Chat) -> Reply:
    completed = [each for each in enrollments.of_resident(chat.tx, chat.resident.id) if each.state == "completed"]
    known = courses.with_ids(chat.tx, [each.course_id for each in completed])
    titles = {course.id: course.in_(chat.language).title for course in known}
    buttons = [Button(titles[each.course_id], f"instructors/{each.id}") for each in completed]
    links = [chat.button("courses", "courses")]
    return chat.page("instructors.choose" if buttons else "instructors.none", *buttons, links=links)


@router.act("instructors/{enrollment_id}")
def become_candidate(chat: Chat, enrollment_id: int) -> Reply:
    _, course = _completed(chat, enrollment_id)
    instructors.offer(chat.tx, enrollment_id, chat.now)
    return chat.page("instructors.offered", _withdraw_button(chat, enrollment_id), title=course.title)


@router.act("instructors/{enrollment_id}/withdraw")
def withdraw(chat: Chat, enrollment_id: int) -> Reply:
    enrollment, course = _completed(chat, enrollment_id)
    instructors.withdraw(chat.tx, enrollment_id)
    return chat.page("instructors.withdrawn", door(chat, enrollment), title=course.title)


def door(chat: Chat, enrollment: Enrollment) -> Button:
    """The way to become a candidate for a completed course, or to take it back."""
    if instructors.is_candidate(chat.tx, enrollment.id):
        return _withdraw_button(chat, enrollment.id)
    return chat.button("teach", f"instructors/{enrollment.id}")


def _withdraw_button(chat: Chat, enrollment_id: int) -> Button:
    return chat.button("teach_no", f"instructors/{enrollment_id}/withdraw")


def _completed(chat: Chat, enrollment_id: int) -> tuple[Enrollment, Course]:
    enrollment = chat.own(enrollments.find(chat.tx, enrollment_id), "mine.unknown", ("mine", "mine"))
    course = courses.get(chat.tx, enrollment.course_id, chat.language)
    if enrollment.state != "completed":
        raise Refused("instructors.not_completed", ("mine", "mine"), rules.OTHERS, title=course.title)
    return enrollment, course
