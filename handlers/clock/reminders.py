"""Reminders of classes: days before the first, the day before, and two hours before."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from handlers.clock import notices
from handlers.clock.notices import Kind, Occasion
from handlers.dialogue.chat import Chat, House
from handlers.dialogue.hours import DAY, days_whose, local
from handlers.dialogue.reply import Card, Reply
from storage import audiences, courses, enrollments, sessions
from storage.database import Transaction
from storage.outbox import Owed
from storage.sessions import Session

AHEAD_OF_FIRST = 3 * DAY
SHORTLY = timedelta(hours=2)
_MOMENT = timedelta(microseconds=1)


def _first_class(tx: Transaction, house: House, since: datetime, until: datetime) -> Iterator[Occasion]:
    found = _days_ahead(tx, house, since, until, AHEAD_OF_FIRST)
    return (occasion for session, occasion in found if session.number == 1)


def _day_before(tx: Transaction, house: House, since: datetime, until: datetime) -> Iterator[Occasion]:
    return (occasion for _, occasion in _days_ahead(tx, house, since, until, DAY))


def _two_hours_before(tx: Transaction, _: House, since: datetime, until: datetime) -> Iterator[Occasion]:
    found = sessions.starting(tx, since + SHORTLY, until + SHORTLY)
    return (_occasion(session, session.starts_at - SHORTLY) for session in found)


def _days_ahead(
    tx: Transaction, house: House, since: datetime, until: datetime, ahead: timedelta
) -> Iterator[tuple[Session, Occasion]]:
    """Sessions so many days after each evening on which reminders go out."""
    for evening in days_whose(house.hours.remind_at, since, until, house.timezone):
        due_at = local(evening, house.hours.remind_at, house.timezone)
        begin = local(evening + ahead, time(0), house.timezone)
        end = local(evening + ahead + DAY, time(0), house.timezone)
        for session in sessions.starting(tx, begin - _MOMENT, end - _MOMENT):
            yield session, _occasion(session, due_at)


def _occasion(session: Session, due_at: datetime) -> Occasion:
    key = f"{session.id}@{session.starts_at:%Y%m%dT%H%M}"  # a class that moves is another occasion
    return Occasion(key, session.id, due_at, session.starts_at, {"course_id": session.course_id})


def _word(chat: Chat, owed: Owed) -> Reply | None:
    session = sessions.find(chat.tx, owed.about)
    if session is None or session.starts_at != owed.expires_at:
        return None  # dropped or moved: that is a notice of its own
    course = courses.find(chat.tx, session.course_id)
    mine = enrollments.live(chat.tx, session.course_id, [chat.resident.id])
    if course is None or course.state != "published" or mine is None or mine.state != "confirmed":
        return None
    named = {"when": chat.moment(session.starts_at), "venue": course.venue, "supplies": course.supplies}
    if owed.kind == "first_class":
        named |= {"directions": course.directions, "contact": course.contact or f"{chat.house.team} {chat.house.phone}"}
    facts = tuple((chat.text(f"facts.{name}"), value) for name, value in named.items() if value)
    card, door = Card(course.title, facts=facts), chat.button("my_enrollment", f"mine/{mine.id}")
    day = chat.near_day(session.starts_at)
    return chat.reply(f"notices.{owed.kind}", door, cards=[card], title=course.title, number=session.number, day=day)


for _name, _occasions in (
    ("first_class", _first_class),
    ("day_before", _day_before),
    ("two_hours_before", _two_hours_before),
):
    notices.add(Kind(_name, audiences.ATTENDING, _occasions, _word, can_be_muted=True))
