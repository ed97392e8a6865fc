"""Consents: shown whole before they are asked, each apart, kept with the hash of the text that was shown."""

import hashlib

from handlers.dialogue import texts
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.notices import kinds
from handlers.notices.kinds import Purpose
from storage import course_wishes, outbox
from storage.people import consents
from storage.reasons import Reason

OPTIONAL = tuple(Purpose)


def wording(chat: Chat, purpose: str) -> str:
    return chat.text(f"consent.{purpose}.text")


def holds(chat: Chat, purpose: str) -> bool:
    """Whether the resident's latest word is yes, to the version that stands today."""
    return consents.holds(chat.tx, chat.resident.id, purpose, chat.text(f"consent.{purpose}.version"))


def record(chat: Chat, purpose: str, given: bool) -> None:
    version = chat.text(f"consent.{purpose}.version")
    shown = hashlib.sha256(wording(chat, purpose).encode()).hexdigest()
    consents.record(chat.tx, chat.resident.id, purpose, given, version, shown, chat.place, chat.now)


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
    outbox.cancel(chat.tx, chat.resident.id, kinds.of_purpose(purpose), chat.now, Reason.OPTED_OUT)


def offers(chat: Chat) -> list[Button]:
    """Buttons that lead to the optional consents not given yet."""
    missing = (purpose for purpose in OPTIONAL if not holds(chat, purpose))
    return [chat.button(f"offer_{purpose}", f"news/{purpose}") for purpose in missing]


@router.view("news", "소식", "소식 받기", "알림", "알림 설정", "/news", "news")
def show_news(chat: Chat) -> Reply:
    lines = [chat.text(f"news.{purpose}.{'on' if holds(chat, purpose) else 'off'}") for purpose in OPTIONAL]
    buttons = (chat.button(f"about_{purpose}", f"news/{purpose}") for purpose in OPTIONAL)
    links = [chat.button("topics", "news/topics"), chat.button("reminders", "reminders")]
    if course_wishes.of_resident(chat.tx, chat.resident.id):
        links.append(chat.button("my_wishes", "wishes"))
    return chat.page("news.overview", *buttons, links=links, lines="\n".join(lines))


@router.view("news/{purpose}")
def ask_news(chat: Chat, purpose: str) -> Reply:
    _known(purpose)
    if holds(chat, purpose):
        return chat.page(f"news.{purpose}.on", chat.button("stop_news", f"news/{purpose}/off"))
    agree = chat.button(f"agree_{purpose}", f"news/{purpose}/on")
    return chat.page(f"consent.{purpose}.text", agree, chat.button("no_news", f"news/{purpose}/off").apart())


@router.act("news/{purpose}/on")
def turn_on(chat: Chat, purpose: str) -> Reply:
    _known(purpose)
    record(chat, purpose, True)
    when = "turned_on" if chat.traits.speaks_first else "turned_on_here"
    others = [button for button in offers(chat) if button.path != f"news/{purpose}"]
    slip = chat.button("slip", f"news/{purpose}/off")
    return chat.page(f"news.{purpose}.{when}", slip, links=others, day=chat.day(chat.today))


@router.act("news/{purpose}/off")
def turn_off(chat: Chat, purpose: str) -> Reply:
    _known(purpose)
    record(chat, purpose, False)
    cancel_owed(chat, Purpose(purpose))
    return chat.page(f"news.{purpose}.turned_off", day=chat.day(chat.today))


def _known(purpose: str) -> None:
    if purpose not in OPTIONAL:
        raise Refused("help.unknown_button")
