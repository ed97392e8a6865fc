"""Consents one by one: when and in which words each was given, and withdrawn in one tap."""

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from handlers.notices.kinds import Purpose
from handlers.residents.people import consents
from handlers.residents.people.reached import OPENING
from handlers.residents.rights import overview
from handlers.residents.sentences import wished
from storage.audit import journal
from storage.completion import qualifications
from storage.counseling import appointments, callbacks
from storage.notices import owing
from storage.people import consents as records
from storage.people.consents import Decision
from storage.reasons import Reason
from storage.teaching import awaited

PURPOSES = (
    "enrollment",
    "abroad",
    "counseling",
    "callback",
    "qualification",
    "news",
    "jobs",
    "awaited",
    "wished",
    *OPENING,
)
ALL = ("me_consents", "me/consents")


@router.view(
    "me/consents", "내 동의", "동의 내역", "동의 확인", "동의 거두기", "개인정보 동의", "my consents", "consents"
)
def list_consents(chat: Chat) -> Reply:
    if overview.is_unknown(chat):
        return overview.nothing(chat)
    decided = records.latest(chat.tx, chat.resident.id)
    cards = [_card(chat, decided[purpose]) for purpose in PURPOSES if purpose in decided]
    return chat.page("me.consents.list" if cards else "me.consents.none", cards=cards, links=[chat.button("me", "me")])


@router.view("me/consents/{purpose}")
def show_consent(chat: Chat, purpose: str) -> Reply:
    decision = _decided(chat, purpose)
    shown = Card(_name(chat, purpose), lines=_wording(chat, decision), facts=_facts(chat, decision))
    if not decision.given:
        return chat.page("me.consents.not_given", cards=[shown], links=[chat.button(*ALL)])
    key = purpose if purpose in ("enrollment", "abroad", "counseling", "callback", "qualification") else "optional"
    return chat.page(f"me.consents.{key}", *_withdrawal(chat, purpose), cards=[shown], links=[chat.button(*ALL)])


@router.act("me/consents/{purpose}/off")
def withdraw(chat: Chat, purpose: str) -> Reply:
    """What can't be without it ends with it; what was agreed to for courses ends by erasing alone."""
    decision = _decided(chat, purpose)
    if purpose in ("enrollment", "abroad"):
        return show_consent(chat, purpose)
    if decision.given:
        take_back(chat, purpose)
        journal.add_own(chat.tx, chat.resident.id, chat.channel, "own/withdraw", {"purpose": purpose}, chat.now)
    links = [chat.button("me", "me")]
    said = {"what": _name(chat, purpose), "day": chat.day(chat.today)}
    return chat.page("me.consents.withdrawn", chat.button(*ALL), links=links, **said)


def take_back(chat: Chat, purpose: str) -> None:
    """What needs it ends with it."""
    person = chat.resident.id
    if purpose in tuple(Purpose):
        consents.cancel_owed(chat, Purpose(purpose))
    if purpose == "wished":
        wished.stop_all(chat)
    if purpose == "awaited":
        awaited.drop(chat.tx, person)
        owing.cancel(chat.tx, person, [awaited.KIND], chat.now, Reason.OPTED_OUT)
    if purpose == "callback":
        callbacks.withdraw(chat.tx, person, chat.now)
    if purpose == "qualification":
        qualifications.drop_told(chat.tx, person)
    if purpose == "counseling" and (booked := appointments.coming(chat.tx, [person], chat.now)):
        appointments.cancel(chat.tx, booked.id, chat.now)
    consents.record(chat, purpose, False)


def _withdrawal(chat: Chat, purpose: str) -> list[Button]:
    if purpose == "enrollment":
        return [chat.button("me_erase", "me/erase")]
    if purpose == "abroad":
        return [
            Button(chat.text("labels.web_here"), url=chat.organization.public_url),
            chat.button("me_erase", "me/erase"),
        ]
    return [chat.button("withdraw", f"me/consents/{purpose}/off")]


def _decided(chat: Chat, purpose: str) -> Decision:
    found = records.latest(chat.tx, chat.resident.id).get(purpose) if purpose in PURPOSES else None
    if found is None:
        raise Refused("me.consents.unknown", ALL)
    return found


def _card(chat: Chat, decision: Decision) -> Card:
    name = _name(chat, decision.purpose)
    key = "given" if decision.given else "declined"
    line = chat.text(f"me.consents.line.{key}", day=_day(chat, decision))
    return Card(name, (line,), button=Button(name, f"me/consents/{decision.purpose}"))


def _facts(chat: Chat, decision: Decision) -> tuple[tuple[str, str], ...]:
    answer = chat.text(f"me.consents.answer.{'yes' if decision.given else 'no'}")
    where = chat.text(f"export.channel.{decision.channel}")
    told = {"answer": answer, "when": _day(chat, decision), "where": where, "version": decision.version}
    return chat.facts(told, "me.consents")


def _wording(chat: Chat, decision: Decision) -> tuple[str, ...]:
    """The words that were shown, as far as they are those of today in one of our languages."""
    words = consents.shown_then(chat, decision.purpose, decision.text_hash)
    return tuple(words.split("\n")) if words else (chat.text("me.consents.changed", version=decision.version),)


def _day(chat: Chat, decision: Decision) -> str:
    there = decision.decided_at.astimezone(chat.organization.timezone).date()
    return f"{there.year}. {there.month}. {there.day}."


def _name(chat: Chat, purpose: str) -> str:
    return chat.text(f"me.consents.of.{purpose}")
