"""News for those who agreed to them: what opens soon, opens today or closes today, in one message a day."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from handlers.calendar.hours import DAY, days_whose, local
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.dialogue import texts
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import House
from handlers.dialogue.reply import Card, Reply
from handlers.residents.course_card import list_card
from storage import audiences, courses, enrollments, residents
from storage.course import Course
from storage.database import Transaction
from storage.outbox import Owed

SOON = 3 * DAY
SLICE = 50_000  # residents who are looked through in one unit of work
MOST = 6  # courses in one message


def _digests(tx: Transaction, house: House, since: datetime, until: datetime) -> Iterator[Occasion]:
    for day in days_whose(house.hours.news_at, since, until, house.timezone):
        days = _days(house, day)
        if not audiences.news(tx, days):
            continue
        due_at = local(day, house.hours.news_at, house.timezone)
        expires_at = local(day, house.hours.quiet_from, house.timezone)
        who = {**days, **agreed()}
        for of_slice in slices(tx):
            yield Occasion(day.isoformat(), day.toordinal(), due_at, expires_at, {**who, **of_slice})


def agreed() -> dict[str, str]:
    """To which text one must have agreed."""
    return {"version": texts.say("ko", "consent.news.version")}


def slices(tx: Transaction) -> Iterator[dict[str, int]]:
    """All residents in parts of which each is looked through in one unit of work."""
    for first in range(0, residents.newest_id(tx) + 1, SLICE):
        yield {"first": first, "end": first + SLICE}


def _days(house: House, day: date) -> dict[str, datetime]:
    """The days whose openings and closings are news on this day, as `audiences.IS_NEWS` takes them."""

    def midnight(of: date) -> datetime:
        return local(of, time(0), house.timezone)

    today = {"today": midnight(day), "tomorrow": midnight(day + DAY)}
    return {**today, "soon": midnight(day + SOON), "after_soon": midnight(day + SOON + DAY)}


def _word(chat: Chat, owed: Owed) -> Reply | None:
    day = date.fromordinal(owed.about)
    days = _days(chat.house, day)
    fitting = courses.with_ids(chat.tx, audiences.news(chat.tx, days, chat.resident.id))
    found = [course for course in fitting if _is_worth(chat, course)]
    if not found:
        return None
    cards = [_card(chat, course, days) for course in found[:MOST]]
    ways = [chat.button("topics", "news/topics")]
    return chat.reply("notices.news", cards=cards, ways=ways, day=chat.day(day))


def _is_worth(chat: Chat, course: Course) -> bool:
    status = course.status(chat.now, chat.today)
    return status in ("upcoming", "open", "waitlist") and not enrollments.live(chat.tx, course.id, [chat.resident.id])


def _card(chat: Chat, course: Course, days: dict[str, Any]) -> Card:
    shown = list_card(chat, course)
    closes_today = days["today"] <= course.apply_end < days["tomorrow"]
    opens_today = days["today"] <= course.apply_start < days["tomorrow"]
    head = "closes_today" if closes_today else "opens_today" if opens_today else "opens_soon"
    return Card(shown.title, (chat.text(f"notices.{head}"), *shown.lines), button=shown.button)


notices.add("news", audiences.NEWS_READERS, _digests, _word)
