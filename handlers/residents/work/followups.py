"""Answering whether one is working, some months after completing a course: one tap, and another one changes it."""

from datetime import timedelta

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.residents.people import news
from storage.completion import followups
from storage.completion.followups import ANSWERS, Followup
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses

CAN_CHANGE = timedelta(days=14)  # after the first answer
CAN_ANSWER = timedelta(days=60)  # after the question: later it would tell of another time


@router.act("followups/{enrollment_id}/{stage}/{answer}")
def answer(chat: Chat, enrollment_id: int, stage: int, answer: str) -> Reply:
    enrollment = chat.own(enrollments.find(chat.tx, enrollment_id), "help.unknown_button")
    asked = followups.find(chat.tx, enrollment_id, stage)
    if asked is None or answer not in ANSWERS:
        raise Refused("help.unknown_button")
    _check_is_open(chat, asked)
    followups.answer(chat.tx, enrollment_id, stage, answer, chat.now)
    return _thanks(chat, enrollment, stage, answer)


def choices(chat: Chat, enrollment_id: int, stage: int) -> list[Button]:
    return [chat.button(f"followup_{each}", f"followups/{enrollment_id}/{stage}/{each}") for each in ANSWERS]


def _check_is_open(chat: Chat, asked: Followup) -> None:
    if asked.answered_at and chat.now > asked.answered_at + CAN_CHANGE:
        raise Refused("followups.answered", days=CAN_CHANGE.days)
    if not asked.answered_at and chat.now > asked.asked_at + CAN_ANSWER:
        raise Refused("followups.too_late")


def _thanks(chat: Chat, enrollment: Enrollment, stage: int, answer: str) -> Reply:
    course = courses.get(chat.tx, enrollment.course_id, chat.language)
    labelled = dict(zip(ANSWERS, choices(chat, enrollment.id, stage), strict=True))
    said = labelled.pop(answer).label
    helps = [chat.button("counseling", "counseling"), *news.offers(chat)] if answer == "looking" else []
    links = [*helps, chat.button("courses", "courses")]
    return chat.page(
        "followups.thanks", *labelled.values(), links=links, said=said, title=course.title, days=CAN_CHANGE.days
    )
