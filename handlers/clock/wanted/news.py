"""News for those who agreed to them: what opens soon, opens today or closes today, in one message a day."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from handlers.calendar.hours import DAY, days_whose, local
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue import texts
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Card, Reply
from handlers.residents.courses.card import list_card
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.outbox import Owed
from storage.people import residents
from storage.seating import enrollments
from storage.teaching import courses, news
from storage.teaching.course import Course
from storage.teaching.news import Days

SOON = 3 * DAY
PART = 50_000  # residents who are looked through in one unit of work
MOST = 6  # courses in one message


def _digests(tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    for day in days_whose(organization.hours.news_at, span.since, span.until, organization.timezone):
        days = _days(organization, day)
        if not news.course_ids(tx, days):
            continue
        due_at = local(day, organization.hours.news_at, organization.timezone)
        expires_at = local(day, organization.hours.quiet_from, organization.timezone)
        for part in parts(tx):
            whom = audiences.news_readers(part, version(), days)
            yield Occasion(day.isoformat(), day.toordinal(), due_at, expires_at, whom)


def version() -> str:
    """Of the text to which one must have agreed."""
    return texts.say("ko", "consent.news.version")


def parts(tx: Transaction) -> Iterator[range]:
    """Ids of all residents, in parts of which each is looked through in one unit of work."""
    for first in range(0, residents.newest_id(tx) + 1, PART):
        yield range(first, first + PART)


def _days(organization: Organization, day: date) -> Days:
    """The days whose openings and closings are news on this day."""
    return Days(*(local(day + ahead, time(0), organization.timezone) for ahead in (timedelta(), DAY, SOON, SOON + DAY)))


def _word(chat: Chat, owed: Owed) -> Reply | None:
    day = date.fromordinal(owed.about)
    days = _days(chat.organization, day)
    fitting = courses.with_ids(chat.tx, news.course_ids(chat.tx, days, chat.resident.id))
    found = [course for course in fitting if _is_worth(chat, course)]
    if not found:
        return None
    cards = [_card(chat, course, days) for course in found[:MOST]]
    links = [chat.button("topics", "news/topics")]
    return chat.reply("notices.news", cards=cards, links=links, day=chat.day(day))


def _is_worth(chat: Chat, course: Course) -> bool:
    status = course.status(chat.now, chat.today)
    return status in ("upcoming", "open", "waitlist") and not enrollments.live(chat.tx, course.id, [chat.resident.id])


def _card(chat: Chat, course: Course, days: Days) -> Card:
    shown = list_card(chat, course)
    closes_today = days.today <= course.apply_end < days.tomorrow
    opens_today = days.today <= course.apply_start < days.tomorrow
    head = "closes_today" if closes_today else "opens_today" if opens_today else "opens_soon"
    return Card(shown.title, (chat.text(f"notices.{head}"), *shown.lines), button=shown.button)


notices.add("news", _digests, _word)
