"""Reminders of classes: days before the first, the day before, and two hours before."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from handlers.calendar.hours import DAY, days_whose, local
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Card, Reply
from handlers.residents.attending import coming
from handlers.residents.courses.card import contact
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.audiences import Audience
from storage.notices.outbox import Owed
from storage.seating import enrollments
from storage.teaching import courses, sessions

AHEAD_OF_FIRST = 3 * DAY
SHORTLY = timedelta(hours=2)
_MOMENT = timedelta(microseconds=1)


Whom = Callable[[datetime], Audience]  # of those who attend a class that begins then


def _first_class(tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    return _days_ahead(tx, organization, span, AHEAD_OF_FIRST, audiences.attending_first)


def _day_before(tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    return _days_ahead(tx, organization, span, DAY, audiences.attending)


def _two_hours_before(tx: Transaction, _: Organization, span: Span) -> Iterator[Occasion]:
    found = sessions.beginnings(tx, span.since + SHORTLY, span.until + SHORTLY)
    return (_occasion(begins, begins - SHORTLY, audiences.attending) for begins in found)


def _days_ahead(
    tx: Transaction, organization: Organization, span: Span, ahead: timedelta, whom: Whom
) -> Iterator[Occasion]:
    """Classes so many days after each evening on which reminders go out."""
    for evening in days_whose(organization.hours.remind_at, span.since, span.until, organization.timezone):
        due_at = local(evening, organization.hours.remind_at, organization.timezone)
        midnight, next_one = (local(evening + days, time(0), organization.timezone) for days in (ahead, ahead + DAY))
        for begins in sessions.beginnings(tx, midnight - _MOMENT, next_one - _MOMENT):
            yield _occasion(begins, due_at, whom)


def _occasion(begins: datetime, due_at: datetime, whom: Whom) -> Occasion:
    """A class that moves is another occasion, as its time is part of the key."""
    return Occasion(f"{begins:%Y%m%dT%H%M}", 0, due_at, begins, whom(begins))


def _word(chat: Chat, owed: Owed) -> Reply | None:
    session = sessions.find(chat.tx, owed.about)
    if session is None or session.starts_at != owed.expires_at:
        return None  # dropped or moved: that is a notice of its own
    course = courses.find(chat.tx, session.course_id, chat.language)
    mine = enrollments.live(chat.tx, session.course_id, [chat.resident.id])
    if course is None or not course.takes_place or mine is None or mine.state != "confirmed":
        return None
    named = {"when": chat.moment(session.starts_at), "venue": course.venue, "supplies": course.supplies}
    if owed.kind == "first_class":
        named |= {
            "directions": course.directions,
            "contact": contact(chat, course),
        }
    facts = tuple((chat.text(f"facts.{name}"), value) for name, value in named.items() if value)
    card, door = Card(course.title, facts=facts), chat.button("my_enrollment", f"mine/{mine.id}")
    asks = coming.buttons(chat, mine.id, session.id) if owed.kind == "day_before" else ()
    when = chat.near_moment(session.starts_at)
    return chat.reply(
        f"notices.{owed.kind}", *asks, door, cards=[card], title=course.title, number=session.number, when=when
    )


notices.add("first_class", _first_class, _word)
notices.add("day_before", _day_before, _word)
notices.add("two_hours_before", _two_hours_before, _word)
