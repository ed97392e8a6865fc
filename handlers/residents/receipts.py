"""What somebody keeps of an application: its number, when and where, what it costs, and how they learn of news."""

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Card
from handlers.residents.course_card import contact, costs, timetable
from storage import sessions
from storage.course import Course
from storage.enrollments import Enrollment
from storage.states import HOLDING


def card(chat: Chat, course: Course, enrollment: Enrollment) -> Card:
    meetings = sessions.of_courses(chat.tx, [course.id])
    facts = {
        "number": str(enrollment.id),
        "first_class": chat.moment(meetings[0].starts_at) if meetings else "",
        "timetable": timetable(chat, course),
        "venue": course.venue,
        "costs": costs(chat, course),
        "payment": course.payment,
        "supplies": course.supplies if enrollment.state in HOLDING else "",
        "contact": contact(chat, course),
    }
    return Card(course.title, facts=chat.facts(facts))


def how_to_learn(chat: Chat, enrollment: Enrollment) -> str:
    """Where nobody can be written to first, how one learns what becomes of a place in line or an application."""
    state = "applied" if enrollment.is_unchecked else enrollment.state
    if chat.traits.speaks_first or state not in ("waiting", "applied"):
        return ""
    return chat.text(f"enrolled.learn.{state}")
