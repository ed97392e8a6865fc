"""Consents: shown whole before they are asked, each apart, kept with the hash of the text that was shown."""

import hashlib

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from storage import consents, outbox
from storage.reasons import Reason

OPTIONAL = ("news", "jobs")  # off until somebody turns them on
# The kinds of notice that each allows.
NOTICES = {
    "news": ("news", "survey_news", "survey_reminder_news"),
    "jobs": ("jobs_daily", "jobs_weekly"),
}


def wording(chat: Chat, purpose: str) -> str:
    return chat.text(f"consent.{purpose}.text")


def holds(chat: Chat, purpose: str) -> bool:
    """Whether the resident's latest word is yes, to the version that stands today."""
    return consents.holds(chat.tx, chat.resident.id, purpose, chat.text(f"consent.{purpose}.version"))


def record(chat: Chat, purpose: str, given: bool) -> None:
    version = chat.text(f"consent.{purpose}.version")
    shown = hashlib.sha256(wording(chat, purpose).encode()).hexdigest()
    consents.record(chat.tx, chat.resident.id, purpose, given, version, shown, chat.channel, chat.now)


def offers(chat: Chat) -> list[Button]:
    """Buttons that lead to the optional consents not given yet."""
    missing = (purpose for purpose in OPTIONAL if not holds(chat, purpose))
    return [chat.button(f"offer_{purpose}", f"news/{purpose}") for purpose in missing]


@router.view("news", "소식", "소식 받기", "알림", "알림 설정", "/news", "news")
def show_news(chat: Chat) -> Reply:
    lines = [chat.text(f"news.{purpose}.{'on' if holds(chat, purpose) else 'off'}") for purpose in OPTIONAL]
    buttons = (chat.button(f"about_{purpose}", f"news/{purpose}") for purpose in OPTIONAL)
    ways = [chat.button("topics", "news/topics"), chat.button("reminders", "reminders"), chat.button("menu", "menu")]
    return chat.reply("news.overview", *buttons, ways=ways, lines="\n".join(lines))


@router.view("news/{purpose}")
def ask_news(chat: Chat, purpose: str) -> Reply:
    _known(purpose)
    ways = [chat.button("menu", "menu")]
    if holds(chat, purpose):
        return chat.reply(f"news.{purpose}.on", chat.button("stop_news", f"news/{purpose}/off"), ways=ways)
    agree = chat.button(f"agree_{purpose}", f"news/{purpose}/on")
    return chat.reply(f"consent.{purpose}.text", agree, chat.button("no_news", f"news/{purpose}/off"), ways=ways)


@router.act("news/{purpose}/on")
def turn_on(chat: Chat, purpose: str) -> Reply:
    _known(purpose)
    record(chat, purpose, True)
    when = "turned_on" if chat.traits.speaks_first else "turned_on_here"
    others = [button for button in offers(chat) if button.path != f"news/{purpose}"]
    return chat.reply(f"news.{purpose}.{when}", ways=[*others, chat.button("menu", "menu")], day=chat.day(chat.today))


@router.act("news/{purpose}/off")
def turn_off(chat: Chat, purpose: str) -> Reply:
    _known(purpose)
    record(chat, purpose, False)
    outbox.cancel(chat.tx, chat.resident.id, NOTICES[purpose], chat.now, Reason.OPTED_OUT)
    return chat.reply(f"news.{purpose}.turned_off", ways=[chat.button("menu", "menu")], day=chat.day(chat.today))


def _known(purpose: str) -> None:
    if purpose not in OPTIONAL:
        raise Refused("help.unknown_button")
