"""Appointments with a counselor of the job centre: what they are, and booking one."""

from functools import partial
from itertools import chain

from handlers.calendar.hours import DAY, local
from handlers.counseling import slots
from handlers.counseling.slots import Slot
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.form import Answers, Form, Question
from handlers.dialogue.forms.kinds import form
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.residents.people import others, personal, reached, rules
from handlers.residents.work.appointments import MINE, card, next_steps
from handlers.residents.work.slots import DAY_AND_SLOT, chosen, offer_others, slot_questions
from handlers.seating import numbers
from storage.counseling import appointments, counselors
from storage.counseling.appointments import Appointment
from storage.counseling.counselors import WAYS
from storage.people import residents
from storage.people.finding import persons

FORM = "counsel"
CONSENT = "counseling"
TOPICS = ("job", "papers", "certificate", "business", "other")


@router.view(
    "counseling", "상담", "구직상담", "구직 상담", "일자리 상담", "취업 상담", "상담 예약", "상담 신청",
    "/counseling", "counseling", "job counseling",
)  # fmt: skip
def show_counseling(chat: Chat) -> Reply:
    links = [chat.button("contact", "contact")]
    is_booked = appointments.coming(chat.tx, [chat.resident.id], chat.now) is not None
    has_others = chat.resident.speaks_for_others
    if is_booked and not has_others:
        return chat.page("counseling.about_booked", chat.button(*MINE), links=[*links, others.way(chat, FORM, 0)])
    if not slots.free(chat.tx, chat.organization, chat.now):
        return chat.page("counseling.full", links=links)
    if has_others:
        book = chat.button("book_appointment", f"who/{FORM}/0")
        return chat.page("counseling.about", book, chat.button(*MINE), links=links)
    return chat.page("counseling.about", chat.button("book_appointment", f"forms/{FORM}/0"), links=links)


@form(FORM, is_personal=True)
def booking_form(chat: Chat, subject: int) -> Form:
    if subject:
        raise Refused("help.unknown_button")
    found = slots.free(chat.tx, chat.organization, chat.now)
    of_person, of_slots = _questions(chat, found)
    return Form(
        title=chat.text("counseling.title"),
        questions=[*of_person, *of_slots],
        known=partial(_known, chat),
        check=partial(_check, chat, found, [chat.resident.id]),
        learn=partial(_learn, chat),
        finish=partial(_finish, chat),
        least=len(of_person) - 1 + DAY_AND_SLOT,  # whether it is the same person is hardly ever asked
        links=_for_others(chat),
    )


def _for_others(chat: Chat) -> tuple[Button, ...]:
    """Who has it speak for somebody knows whom this is for."""
    is_known = chat.speaker or chat.resident.speaks_for_others
    return () if is_known else (others.way(chat, FORM, 0),)


def _questions(chat: Chat, found: list[Slot]) -> tuple[list[Question], list[Question]]:
    """Of the person and their wish, and of the slots."""
    topics = [(topic, chat.text(f"appointment_topic.{topic}")) for topic in TOPICS]
    ways = [
        (way, chat.text(f"appointment_way.{way}")) for way in WAYS if any(slot.counselor.takes(way) for slot in found)
    ]
    of_slots = (slot_questions(chat, found, way, partial(_goes, way)) for way, _ in ways)
    of_person = [
        *(
            personal.consent_question(chat, purpose, "talk", ("read_again", f"forms/{FORM}/0"), rules.ASK)
            for purpose in personal.purposes(chat, CONSENT)
        ),
        personal.name_question(chat, *_for_others(chat)),
        others.same_person_question(chat, FORM, 0),
        personal.mobile_question(chat),
        personal.choice_question(chat, "topic", topics),
        personal.choice_question(chat, "way", ways),
    ]
    return of_person, list(chain.from_iterable(of_slots))


def _goes(way: str, answers: Answers) -> bool:
    return bool(answers.get("way") == way)


def _known(chat: Chat) -> Answers:
    person = {name: getattr(chat.resident, name) for name in ("name", "mobile")}
    known = {name: value for name, value in person.items() if value is not None}
    return {**personal.given(chat, ["abroad", CONSENT]), **known}


def _check(chat: Chat, found: list[Slot], people: list[int]) -> None:
    booked = appointments.coming(chat.tx, people, chat.now)
    if booked and booked.resident_id == chat.resident.id:
        raise Refused("counseling.already", MINE, when=chat.moment(booked.starts_at))
    if booked:
        raise Refused("counseling.call", rules.ASK)  # of what they have in another chat nothing is told
    if not found:
        raise Refused("counseling.full", rules.ASK)


def _learn(chat: Chat, answers: Answers) -> bool:
    described = {name: answers[name] for name in ("name", "mobile") if name in answers}
    if not described or others.is_undecided(chat, answers):
        return False
    residents.describe(chat.tx, chat.resident, **described)
    return True


def _finish(chat: Chat, answers: Answers) -> Reply:
    person = residents.lock(chat.tx, chat.resident.id)
    people = persons.lock_same(chat.tx, person)
    _check(chat, slots.free(chat.tx, chat.organization, chat.now), people)
    if not numbers.may_book(chat.tx, person, chat.now, chat.organization.people_per_number):
        raise Refused("counseling.call", rules.ASK)
    appointments.release_past(chat.tx, people, chat.now)
    appointment = _book(chat, answers)
    return _receipt(chat, appointment) if appointment else offer_others(chat, FORM, 0, answers)


def _book(chat: Chat, answers: Answers) -> Appointment | None:
    way = answers["way"]
    starts_at = chosen(chat, answers, way)
    counselor = slots.take(chat.tx, chat.organization, chat.now, way, starts_at) if starts_at else None
    if starts_at is None or counselor is None:
        return None
    about = {"topic": answers["topic"], "way": way, "channel": chat.channel}
    return appointments.add(chat.tx, counselor.id, chat.resident.id, starts_at, **about, now=chat.now)


def _receipt(chat: Chat, appointment: Appointment) -> Reply:
    counselor = counselors.find(chat.tx, appointment.counselor_id)
    shown, when, later = (
        card(chat, appointment, counselor),
        chat.moment(appointment.starts_at),
        _later(chat, appointment),
    )
    key = f"counseling.booked.{appointment.way}"
    steps = [*next_steps(chat, appointment), *reached.offers(chat)]
    return chat.page(key, *steps, cards=[shown], when=when, later=later).as_receipt()


def _later(chat: Chat, appointment: Appointment) -> str:
    """Whether they will be reminded, and what to do where the service can't write first."""
    zone, hours = chat.organization.timezone, chat.organization.hours
    evening = local(appointment.starts_at.astimezone(zone).date() - DAY, hours.remind_at, zone)
    if not reached.is_told(chat, "appointment_day_before"):
        return chat.text("counseling.later.here")
    return chat.text("counseling.later.reminded") if chat.now < evening else ""
