"""Notices about talks with a counselor: the day before, and when staff moved or cancelled one."""

from collections.abc import Iterator
from datetime import time
from functools import partial

from handlers.calendar.hours import DAY, days_whose, local
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import House
from handlers.dialogue.reply import Reply
from handlers.residents.talks import MINE, card, doors
from storage import audiences, counselors, talks
from storage.database import Transaction
from storage.outbox import Owed


def _day_before(tx: Transaction, house: House, span: Span) -> Iterator[Occasion]:
    for evening in days_whose(house.hours.remind_at, span.since, span.until, house.timezone):
        due_at = local(evening, house.hours.remind_at, house.timezone)
        tomorrow, next_one = (local(evening + ahead, time(0), house.timezone) for ahead in (DAY, 2 * DAY))
        for begins in talks.beginnings(tx, tomorrow, next_one):
            yield Occasion(f"{begins:%Y%m%dT%H%M}", 0, due_at, begins, audiences.talking(begins))


def _word_day_before(chat: Chat, owed: Owed) -> Reply | None:
    talk = talks.find(chat.tx, owed.about)
    if talk is None or not talk.is_coming(chat.now) or talk.starts_at != owed.expires_at:
        return None  # cancelled, or moved: then it is another occasion
    shown = card(chat, talk, counselors.find(chat.tx, talk.counselor_id))
    when = chat.near_moment(talk.starts_at)
    return chat.reply("notices.talk_day_before", *doors(chat, talk), cards=[shown], when=when)


def _decided(state: str, tx: Transaction, house: House, span: Span) -> Iterator[Occasion]:
    for each in talks.decided(tx, state, span.since, span.until):
        assert each.decided_at
        look = span.look_at(each.decided_at)
        days = {at.astimezone(house.timezone).date() for at in (look, each.starts_at)}
        key, whom = f"{each.decided_at:%Y%m%dT%H%M%S}", audiences.booked(each.id)
        yield Occasion(key, each.id, look, each.starts_at, whom, is_urgent=len(days) == 1)


def _word_decided(state: str, chat: Chat, owed: Owed) -> Reply | None:
    talk = talks.find(chat.tx, owed.about)
    if talk is None or talk.state != state or talk.decided_at is None or talk.starts_at != owed.expires_at:
        return None
    when = chat.moment(talk.starts_at)
    if state == "cancelled":
        why = chat.text("notices.talk_because", reason=talk.note) if talk.note else ""
        return chat.reply("notices.talk_cancelled", chat.button("book_talk", "forms/counsel/0"), when=when, why=why)
    shown = card(chat, talk, counselors.find(chat.tx, talk.counselor_id))
    return chat.reply("notices.talk_moved", chat.button(*MINE), *doors(chat, talk), cards=[shown], when=when)


notices.add("talk_day_before", _day_before, _word_day_before)
for _state in ("moved", "cancelled"):
    notices.add(f"talk_{_state}", partial(_decided, _state), partial(_word_decided, _state))
