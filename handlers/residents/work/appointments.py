"""My appointment: when and where it is, the calendar, another time, and cancelling it."""

from functools import partial

from handlers.counseling import slots
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused, Step
from handlers.dialogue.forms.form import Answers, Form
from handlers.dialogue.forms.kinds import form
from handlers.dialogue.reply import Button, Card, File, Reply
from handlers.dialogue.router import router
from handlers.residents.calendar import appointment_calendar
from handlers.residents.people import rules
from handlers.residents.work.slots import DAY_AND_SLOT, chosen, offer_others, slot_questions
from storage.counseling import appointments, counselors
from storage.counseling.appointments import Appointment
from storage.counseling.counselors import VISIT, Counselor

MOVE = "move_talk"
MINE: Step = ("my_appointment", "talks")  # the paths of buttons stay as they were
ABOUT: Step = ("counseling", "counseling")


@router.view(
    "talks", "내 상담", "나의 상담", "상담 확인", "상담 예약 확인", "상담 취소", "상담 변경", "my talk", "my talks"
)
def show_my_appointment(chat: Chat) -> Reply:
    """Of everybody of the chat."""
    mine = [(each, found) for each in on_behalf.everybody(chat) if (found := _next(each))]
    if not mine:
        return chat.page("appointments.none", chat.button(*ABOUT))
    if len(mine) == 1:
        (theirs, appointment), *_ = mine
        return on_behalf.run(chat, theirs.resident.id, lambda about: show_appointment(about, appointment.id))
    buttons = [on_behalf.labelled(each, chat.moment(found.starts_at), f"talks/{found.id}") for each, found in mine]
    return chat.page("appointments.several", *buttons, links=[chat.button(*ABOUT)])


def _next(chat: Chat) -> Appointment | None:
    return appointments.coming(chat.tx, [chat.resident.id], chat.now)


@router.view("talks/{appointment_id}")
def show_appointment(chat: Chat, appointment_id: int) -> Reply:
    appointment = _owned(chat, appointment_id)
    key = (
        "past"
        if appointment.state in appointments.COMING and not appointment.is_coming(chat.now)
        else appointment.state
    )
    buttons = next_steps(chat, appointment) if appointment.is_coming(chat.now) else [chat.button(*ABOUT)]
    shown = card(chat, appointment, counselors.find(chat.tx, appointment.counselor_id))
    return chat.page(f"appointments.about.{key}", *buttons, cards=[shown])


@router.view("talks/{appointment_id}/calendar")
def add_to_calendar(chat: Chat, appointment_id: int) -> Reply:
    appointment = _coming(chat, appointment_id)
    counselor = counselors.find(chat.tx, appointment.counselor_id)
    title = chat.text("appointments.title", counselor=counselor.name)
    file = File(
        f"talk-{appointment.id}.ics",
        "text/calendar",
        appointment_calendar(appointment, counselor, title, chat.organization, chat.now, chat.language),
    )
    return chat.page("appointments.calendar", links=[chat.button(*MINE)], file=file)


@router.view("talks/{appointment_id}/cancel")
def ask_to_cancel(chat: Chat, appointment_id: int) -> Reply:
    appointment = _coming(chat, appointment_id)
    yes, keep = (
        chat.button("cancel_yes", f"talks/{appointment_id}/cancel/yes").apart(),
        chat.button("cancel_no", f"talks/{appointment_id}"),
    )
    return chat.reply("appointments.cancel", keep, yes, when=chat.moment(appointment.starts_at))


@router.act("talks/{appointment_id}/cancel/yes")
def cancel(chat: Chat, appointment_id: int) -> Reply:
    appointment = _coming(chat, appointment_id)
    if not appointments.cancel(chat.tx, appointment.id, chat.now):
        raise Refused("appointments.over", MINE, ABOUT)
    again = chat.button("book_appointment", "forms/counsel/0")
    return chat.page("appointments.cancelled", again, when=chat.moment(appointment.starts_at)).as_receipt()


@form(MOVE)
def moving_form(chat: Chat, appointment_id: int) -> Form:
    appointment = _coming(chat, appointment_id)
    found = slots.free(chat.tx, chat.organization, chat.now)
    return Form(
        title=chat.moment(appointment.starts_at),
        questions=list(slot_questions(chat, found, appointment.way, lambda _: True)),
        check=partial(_check_others, appointment, found),
        finish=partial(_move, chat, appointment),
        least=DAY_AND_SLOT,
    )


def _check_others(appointment: Appointment, found: list[slots.Slot]) -> None:
    if not any(slot.counselor.takes(appointment.way) for slot in found):
        raise Refused("appointments.no_other", MINE, rules.ASK)


def _move(chat: Chat, appointment: Appointment, answers: Answers) -> Reply:
    starts_at = chosen(chat, answers, appointment.way)
    counselor = slots.take(chat.tx, chat.organization, chat.now, appointment.way, starts_at) if starts_at else None
    is_moved = counselor and starts_at and appointments.move(chat.tx, appointment.id, counselor.id, starts_at, chat.now)
    moved = _coming(chat, appointment.id)
    if counselor is None or not is_moved:
        return offer_others(chat, MOVE, appointment.id, answers)
    return _moved(chat, appointment, moved, counselor)


def _moved(chat: Chat, before: Appointment, appointment: Appointment, counselor: Counselor) -> Reply:
    old, new = chat.moment(before.starts_at), chat.moment(appointment.starts_at)
    return chat.page(
        "appointments.moved",
        *next_steps(chat, appointment),
        cards=[card(chat, appointment, counselor)],
        old=old,
        new=new,
    ).as_receipt()


def card(chat: Chat, appointment: Appointment, counselor: Counselor) -> Card:
    facts = {"appointment_when": chat.moment(appointment.starts_at), "counselor": counselor.name}
    facts |= {
        "topic": chat.text(f"appointment_topic.{appointment.topic}"),
        "appointment_way": chat.text(f"appointment_way.{appointment.way}"),
    }
    if appointment.way == VISIT:
        facts |= {"venue": counselor.place, "directions": counselor.directions}
    else:
        facts |= {"calling": counselor.phone}
    return Card(chat.text("counseling.title"), facts=chat.facts(facts))


def next_steps(chat: Chat, appointment: Appointment) -> list[Button]:
    this = f"talks/{appointment.id}"
    paths = {
        "calendar": f"{this}/calendar",
        "move_appointment": f"forms/{MOVE}/{appointment.id}",
        "cancel_appointment": f"{this}/cancel",
    }
    return [chat.button(name, path) for name, path in paths.items()]


def _owned(chat: Chat, appointment_id: int) -> Appointment:
    return chat.own(appointments.find(chat.tx, appointment_id), "appointments.unknown", MINE)


def _coming(chat: Chat, appointment_id: int) -> Appointment:
    appointment = _owned(chat, appointment_id)
    if not appointment.is_coming(chat.now):
        raise Refused("appointments.over", ABOUT)
    return appointment
