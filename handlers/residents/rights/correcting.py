"""Correcting what somebody told of themselves, one thing at a time; their registrations stay as they are."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.form import Answers, Form, Question
from handlers.dialogue.forms.kinds import form
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import router
from handlers.residents.people import personal, rules
from handlers.residents.people.personal import ELSEWHERE
from handlers.residents.rights import overview
from handlers.seating import numbers
from storage.audit import journal
from storage.people import residents
from storage.people.finding import persons
from storage.people.residents import Resident
from storage.seating import enrollments
from storage.teaching import courses

FORM = "correct"
FIELDS = ("name", "birth_year", "mobile", "dong", "target")  # by their places, which stand in the paths of buttons
ME = ("me", "me")


@router.view("me/correct", "내 정보 고치기", "내 정보 수정", "개인정보 수정", "정보 수정", "correct my data")
def choose(chat: Chat) -> Reply:
    if overview.is_unknown(chat):
        return overview.nothing(chat)
    told = [(number, name) for number, name in enumerate(FIELDS, 1) if getattr(chat.resident, name) is not None]
    if not told:
        return chat.page("me.correct.nothing", links=[chat.button(*ME)])
    labels = [(chat.text(f"ask.{name}_label"), f"forms/{FORM}/{number}") for number, name in told]
    buttons = (chat.button("correct", path, label=label) for label, path in labels)
    cards = overview.cards(chat)
    return chat.page("me.correct.which", *buttons, cards=cards, links=[chat.button(*ME)])


@form(FORM, is_personal=True)
def correcting_form(chat: Chat, number: int) -> Form:
    if not 0 < number <= len(FIELDS) or getattr(chat.resident, FIELDS[number - 1]) is None:
        raise Refused("help.unknown_button", ME)
    name = FIELDS[number - 1]
    return Form(
        title=chat.text("me.title"),
        questions=_questions(chat, name),
        known=partial(personal.given, chat, ["abroad"]),
        check=lambda: None,
        finish=partial(_finish, chat),
    )


def _questions(chat: Chat, name: str) -> list[Question]:
    abroad = [personal.consent_question(chat, "abroad", "me", ME)] if chat.traits.stores_abroad else []
    asked = ["dong", "tie"] if name == "dong" else [name]
    return [*abroad, *(overview.ASKED[each](chat) for each in asked)]


def _finish(chat: Chat, answers: Answers) -> Reply:
    corrected = {name: answers[name] for name in overview.ASKED if name in answers}
    known = keep(chat, corrected)
    what = {"what": sorted({*corrected, *(["tie"] if "dong" in corrected else [])})}
    journal.add_own(chat.tx, known.id, chat.channel, "own/correct", what, chat.now)
    cards = overview.cards(replace(chat, resident=known))
    return chat.page("me.correct.done", chat.button(*ME), cards=cards).as_receipt()


def keep(chat: Chat, corrected: Mapping[str, Any]) -> Resident:
    """What is right by now, whoever writes it down. Raises Refused where too many would share a number."""
    told = dict(corrected)
    if told.get("dong", ELSEWHERE) != ELSEWHERE:
        told["tie"] = "lives"
    known = residents.describe(chat.tx, residents.lock(chat.tx, chat.resident.id), **told)
    _check_number(chat, known)
    _take_proof_back(chat, known)
    return known


def _check_number(chat: Chat, known: Resident) -> None:
    """As many people as may share a number in a course, and no more by telling it later."""
    persons.lock_alike(chat.tx, known)
    most = chat.organization.people_per_number
    for each in enrollments.of_resident(chat.tx, known.id):
        if each.ended_at is None:
            courses.lock(chat.tx, each.course_id)
            if not numbers.count_at_once(chat.tx, known, each.course_id, most):
                raise Refused("me.correct.call", rules.ASK, ME)


def _take_proof_back(chat: Chat, known: Resident) -> None:
    """What was proven was the number of before; of the new one it may have been their own contact just now."""
    person = persons.find(chat.tx, known.id)
    if person and not person.is_proven:
        persons.prove(chat.tx, known.id, None)
