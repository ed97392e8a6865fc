"""Notices about seats: offered, about to lapse, lapsed, and free for whoever of the line comes first."""

from collections.abc import Iterator
from datetime import date, timedelta

from handlers.calendar.hours import local
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Button, Reply
from handlers.residents.seats import receipts
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.outbox import Owed
from storage.seating import duties, enrollments, turns
from storage.teaching import courses
from storage.teaching.course import Course

BEFORE_LAPSING = timedelta(hours=3)
WORTH_TELLING = timedelta(days=3)


def _offered(tx: Transaction, _: Organization, span: Span) -> Iterator[Occasion]:
    for each in enrollments.decided(tx, "offered", span.since, span.until):
        assert each.offer_until
        assert each.decided_at
        look, whom = span.look_at(each.decided_at), audiences.enrolled(each.id, "offered")
        yield Occasion(f"{each.decided_at:%Y%m%dT%H%M%S}", each.id, look, each.offer_until, whom)


def _lapsing(tx: Transaction, _: Organization, span: Span) -> Iterator[Occasion]:
    for each in turns.lapsing(tx, span.since + BEFORE_LAPSING, span.until + BEFORE_LAPSING):
        assert each.offer_until
        assert each.decided_at
        due_at = each.offer_until - BEFORE_LAPSING
        if due_at - each.decided_at >= BEFORE_LAPSING:
            whom = audiences.enrolled(each.id, "offered")
            yield Occasion(f"{each.offer_until:%Y%m%dT%H%M}", each.id, due_at, each.offer_until, whom)


def _lapsed(tx: Transaction, _: Organization, span: Span) -> Iterator[Occasion]:
    for each in enrollments.decided(tx, "expired", span.since, span.until):
        assert each.decided_at
        look, whom = span.look_at(each.decided_at), audiences.enrolled(each.id, "expired")
        yield Occasion("lapsed", each.id, look, look + WORTH_TELLING, whom)


def _last_call(tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    for look, course in span.first_seen(organization.timezone, lambda today: _last_calls(tx, today)):
        given_back = enrollments.last_given_back(tx, course.id)
        key = f"{course.id}@{given_back:%Y%m%dT%H%M%S}" if given_back else f"{course.id}@0"
        begins = local(course.start_date, course.start_time, organization.timezone)
        yield Occasion(key, course.id, look, begins, audiences.waiting(course.id))


def _last_calls(tx: Transaction, today: date) -> list[Course]:
    with_a_line = courses.with_ids(tx, duties.with_free_seats_and_a_line(tx, today))
    return [course for course in with_a_line if course.is_last_call(today)]


def _word_offer(chat: Chat, owed: Owed) -> Reply | None:
    mine = enrollments.find(chat.tx, owed.about)
    if mine is None or mine.state != "offered" or not mine.offer_until or mine.offer_until <= chat.now:
        return None
    course = courses.get(chat.tx, mine.course_id, chat.language)
    accept, decline = offer_steps(chat, mine.id)
    next_steps = (accept, chat.button("my_enrollment", f"mine/{mine.id}"), decline)
    cards, until = [receipts.card(chat, course, mine)], chat.moment(mine.offer_until)
    return chat.reply(f"notices.{owed.kind}", *next_steps, cards=cards, title=course.title, until=until)


def offer_steps(chat: Chat, enrollment_id: int) -> tuple[Button, Button]:
    accept = chat.button("accept", f"mine/{enrollment_id}/accept")
    return accept, chat.button("decline", f"mine/{enrollment_id}/decline").apart()


def _word_lapsed(chat: Chat, owed: Owed) -> Reply | None:
    mine = enrollments.find(chat.tx, owed.about)
    if mine is None or mine.state != "expired":
        return None
    course = courses.get(chat.tx, mine.course_id, chat.language)
    return chat.reply("notices.offer_lapsed", chat.button("other_courses", "courses"), title=course.title)


def _word_last_call(chat: Chat, owed: Owed) -> Reply | None:
    course = courses.find(chat.tx, owed.about, chat.language)
    mine = enrollments.live(chat.tx, owed.about, [chat.resident.id])
    if course is None or mine is None or mine.state != "waiting" or not course.free_for(mine.channel, chat.now):
        return None
    accept = chat.button("accept", f"mine/{mine.id}/accept")
    return chat.reply("notices.last_call", accept, chat.button("my_enrollment", f"mine/{mine.id}"), title=course.title)


notices.add("offer", _offered, _word_offer)
notices.add("offer_lapsing", _lapsing, _word_offer)
notices.add("offer_lapsed", _lapsed, _word_lapsed)
notices.add("last_call", _last_call, _word_last_call)
