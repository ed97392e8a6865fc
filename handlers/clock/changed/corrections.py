"""Corrections: what officers undid after people had been told of it. Undoing itself owes them."""

from collections.abc import Iterator

from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from handlers.residents.work.appointments import MINE
from storage.completion import instructors
from storage.counseling import appointments
from storage.database import Transaction
from storage.notices.outbox import Owed
from storage.seating import enrollments
from storage.teaching import courses, sessions


def _owed_already(_tx: Transaction, _organization: Organization, _span: Span) -> Iterator[Occasion]:
    yield from ()


def _word_course(chat: Chat, owed: Owed) -> Reply | None:
    """The course is held as it was, and when its next class is."""
    course = courses.find(chat.tx, owed.about, chat.language)
    mine = enrollments.live(chat.tx, owed.about, [chat.resident.id])
    if course is None or mine is None or not course.takes_place:
        return None
    coming = [each for each in sessions.of_courses(chat.tx, [course.id]) if each.starts_at > chat.now]
    when = chat.text("notices.corrected_next", when=chat.moment(coming[0].starts_at)) if coming else ""
    button = chat.button("my_enrollment", f"mine/{mine.id}")
    return chat.reply("notices.corrected_course", button, title=course.title, when=when)


def _word_enrollment(chat: Chat, owed: Owed) -> Reply | None:
    mine = enrollments.find(chat.tx, owed.about)
    course = courses.find(chat.tx, mine.course_id, chat.language) if mine else None
    if mine and mine.state == "completed" and instructors.find(chat.tx, mine.id):
        return chat.reply("notices.corrected_teaching", chat.button("contact", "contact"))
    if mine is None or course is None or course.state == "cancelled":
        return None
    if mine.state == "not_completed":
        return chat.reply("notices.corrected_completion", chat.button("contact", "contact"), title=course.title)
    if mine.ended_at:
        return None
    button = chat.button("my_enrollment", f"mine/{mine.id}")
    return chat.reply("notices.corrected_enrollment", button, title=course.title)


def _word_appointment(chat: Chat, owed: Owed) -> Reply | None:
    appointment = appointments.find(chat.tx, owed.about)
    if appointment is None or not appointment.is_coming(chat.now):
        return None
    when = chat.moment(appointment.starts_at)
    return chat.reply("notices.corrected_appointment", chat.button(*MINE), when=when)


notices.add("corrected_course", _owed_already, _word_course)
notices.add("corrected_enrollment", _owed_already, _word_enrollment)
notices.add("corrected_appointment", _owed_already, _word_appointment)
