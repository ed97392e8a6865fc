"""Consents: shown whole before they are asked, each apart, kept with the hash of the text that was shown."""

import hashlib

from handlers.dialogue import texts
from handlers.dialogue.chat import Chat
from handlers.notices import kinds
from handlers.notices.kinds import Purpose
from storage.notices import owing
from storage.people import consents
from storage.people.forgetting.periods import Period
from storage.reasons import Reason

OPTIONAL = tuple(Purpose)
OLDER = {"enrollment": ("2026-12",), "counseling": ("2026-12",)}
"""Earlier versions of a text, a yes to which covers today's: it promises more and asks for nothing more."""


def wording(chat: Chat, purpose: str) -> str:
    """Whoever speaks for somebody else is asked whether they agreed."""
    text = chat.text(f"consent.{purpose}.text")
    return f"{chat.text('consent.of_another.ask')}\n\n{text}" if chat.speaker else text


def version(chat: Chat, purpose: str) -> str:
    """Of the text, with the periods that it names: "2027-01 attended=5년". It tells what was promised."""
    named = sorted(name for name in texts.fields("ko", f"consent.{purpose}.text") if name in _periods(chat))
    promised = (f"{name}={_periods(chat)[name].in_words('ko')}" for name in named)
    return " ".join((chat.text(f"consent.{purpose}.version"), *promised))


def holds(chat: Chat, purpose: str) -> bool:
    """Whether the resident's latest word is yes, and covers what the text says today.

    Whoever was promised a shorter time than today's is asked again; a longer one is kept by the shorter.
    """
    agreed = consents.agreed(chat.tx, chat.resident.id, purpose)
    return agreed is not None and _covers(chat, purpose, agreed)


def has_agreed(chat: Chat, purpose: str) -> bool:
    """Whether the resident's latest word is yes, to whatever words."""
    return consents.agreed(chat.tx, chat.resident.id, purpose) is not None


def _covers(chat: Chat, purpose: str, agreed: str) -> bool:
    said, *promised = agreed.split()
    known = (chat.text(f"consent.{purpose}.version"), *OLDER.get(purpose, ()))
    kept = (each.partition("=") for each in promised)
    return said in known and all(_periods(chat)[name].days <= Period.of(period).days for name, _, period in kept)


def _periods(chat: Chat) -> dict[str, Period]:
    return chat.organization.promised


def record(chat: Chat, purpose: str, given: bool, paper: str | None = None) -> None:
    shown = hashlib.sha256(wording(chat, purpose).encode()).hexdigest()
    said = version(chat, purpose)
    consents.record(chat.tx, chat.resident.id, purpose, given, said, shown, chat.place, chat.now, paper)


def shown_then(chat: Chat, purpose: str, text_hash: str) -> str:
    """The words that somebody was shown, if they still are those of today in one of our languages; else ""."""
    here, key = chat.organization, f"consent.{purpose}.text"
    for language in texts.LANGUAGES:
        for worded in (key, texts.in_short(language, key)):
            words = texts.say(language, worded, **here.named_in(language))
            if hashlib.sha256(words.encode()).hexdigest() == text_hash:
                return words
    return ""


def cancel_owed(chat: Chat, purpose: Purpose) -> None:
    """What is owed of this purpose already is never sent."""
    owing.cancel(chat.tx, chat.resident.id, kinds.of_purpose(purpose), chat.now, Reason.OPTED_OUT)
