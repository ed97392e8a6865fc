"""What somebody keeps of an application: its number, when and where, what it costs, and how they learn of news."""

from datetime import date
from typing import Any

from handlers.calendar.hours import DAY
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Card
from handlers.residents.courses.card import contact, costs, timetable
from handlers.residents.people import reached
from storage.seating import turns
from storage.seating.enrollments import Enrollment
from storage.states import HOLDING
from storage.teaching import sessions
from storage.teaching.course import Course

UNDECIDED = ("waiting", "applied")
NEWS_OF = {"waiting": ("offer",), "applied": ("confirmed", "waiting", "not_selected")}
"""The notices by which one learns what becomes of it."""


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


def said(chat: Chat, course: Course, enrollment: Enrollment) -> tuple[str, dict[str, Any]]:
    """The key of the words that say what somebody got, and their data."""
    key = f"enrolled.{_came_to(course, enrollment)}"
    if enrollment.state == "waiting":
        return key, {"title": course.title, "position": turns.position(chat.tx, enrollment)}
    return key, {"title": course.title, "closes": chat.moment(course.apply_end)}


def _came_to(course: Course, enrollment: Enrollment) -> str:
    if enrollment.is_unchecked:
        return "unchecked"
    return course.selection if enrollment.state == "applied" else enrollment.state


def how_to_learn(chat: Chat, enrollment: Enrollment) -> str:
    """Where nobody can be written to first, how one learns what becomes of a place in line or an application."""
    if not is_undecided(enrollment) or chat.traits.speaks_first:
        return ""
    if _is_told(chat, enrollment):
        return chat.text("enrolled.learn.at_number", number=reached.number(chat))
    return chat.text(f"enrolled.learn.{'unchecked' if enrollment.is_unchecked else enrollment.state}")


def ways_to_learn(chat: Chat, enrollment: Enrollment) -> list[Button]:
    """What they can do besides."""
    contact = chat.button("contact", "contact")
    if _is_told(chat, enrollment):
        return [contact] if enrollment.is_unchecked else []
    return [chat.button("look", f"mine/{enrollment.id}/look"), contact]


def days_to_look(chat: Chat, course: Course, enrollment: Enrollment) -> tuple[date, date]:
    """The first and the last on which there may be news: a seat may be freed any day, lots are drawn at the close."""
    closes = course.apply_end.astimezone(chat.organization.timezone).date()
    waits_for_close = enrollment.state == "applied" and not enrollment.is_unchecked
    first = (max(chat.today, closes) if waits_for_close else chat.today) + DAY
    is_drawn = waits_for_close and course.selection == "lottery"
    return first, first if is_drawn else max(first, course.start_date - DAY)


def _state(enrollment: Enrollment) -> str:
    """What nobody has looked at yet is as undecided as what waits for its draw."""
    return "applied" if enrollment.is_unchecked else enrollment.state


def is_undecided(enrollment: Enrollment) -> bool:
    return enrollment.ended_at is None and _state(enrollment) in UNDECIDED


def _is_told(chat: Chat, enrollment: Enrollment) -> bool:
    """By a message, or there is nothing to be told."""
    return not is_undecided(enrollment) or reached.is_told(chat, *NEWS_OF[_state(enrollment)])
