"""Notices about appointments with a counselor: the day before, and when staff moved or cancelled one."""

from collections.abc import Iterator
from datetime import time
from functools import partial

from handlers.calendar.hours import DAY, days_whose, local
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from handlers.residents.work.appointments import MINE, card, next_steps
from storage.counseling import appointments, counselors
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.outbox import Owed
from storage.states import AppointmentState


def _day_before(tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    for evening in days_whose(organization.hours.remind_at, span.since, span.until, organization.timezone):
        due_at = local(evening, organization.hours.remind_at, organization.timezone)
        tomorrow, next_one = (local(evening + ahead, time(0), organization.timezone) for ahead in (DAY, 2 * DAY))
        for begins in appointments.beginnings(tx, tomorrow, next_one):
            yield Occasion(f"{begins:%Y%m%dT%H%M}", 0, due_at, begins, audiences.with_appointment(begins))


def _word_day_before(chat: Chat, owed: Owed) -> Reply | None:
    appointment = appointments.find(chat.tx, owed.about)
    if appointment is None or not appointment.is_coming(chat.now) or appointment.starts_at != owed.expires_at:
        return None  # cancelled, or moved: then it is another occasion
    shown = card(chat, appointment, counselors.find(chat.tx, appointment.counselor_id))
    when = chat.near_moment(appointment.starts_at)
    return chat.reply("notices.appointment_day_before", *next_steps(chat, appointment), cards=[shown], when=when)


def _decided(state: AppointmentState, tx: Transaction, organization: Organization, span: Span) -> Iterator[Occasion]:
    for each in appointments.decided(tx, state, span.since, span.until):
        assert each.decided_at
        look = span.look_at(each.decided_at)
        days = {at.astimezone(organization.timezone).date() for at in (look, each.starts_at)}
        key, whom = f"{each.decided_at:%Y%m%dT%H%M%S}", audiences.booked(each.id)
        yield Occasion(key, each.id, look, each.starts_at, whom, is_urgent=len(days) == 1)


def _word_decided(state: AppointmentState, chat: Chat, owed: Owed) -> Reply | None:
    appointment = appointments.find(chat.tx, owed.about)
    if (
        appointment is None
        or appointment.state != state
        or appointment.decided_at is None
        or appointment.starts_at != owed.expires_at
    ):
        return None
    when = chat.moment(appointment.starts_at)
    if state == "cancelled":
        why = chat.text("notices.appointment_because", reason=appointment.note) if appointment.note else ""
        return chat.reply(
            "notices.appointment_cancelled", chat.button("book_appointment", "forms/counsel/0"), when=when, why=why
        )
    shown = card(chat, appointment, counselors.find(chat.tx, appointment.counselor_id))
    return chat.reply(
        "notices.appointment_moved", chat.button(*MINE), *next_steps(chat, appointment), cards=[shown], when=when
    )


notices.add("appointment_day_before", _day_before, _word_day_before)
for _state in ("moved", "cancelled"):
    notices.add(f"appointment_{_state}", partial(_decided, _state), partial(_word_decided, _state))
