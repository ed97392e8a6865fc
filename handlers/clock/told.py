"""What a notice offers can be typed in the chat where it was told, as it can be pressed where there are buttons."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.clock import notices
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.dialogue.told import when_told
from handlers.dialogue.typed import before_search
from handlers.language.answers import Unparsed, agreement
from handlers.language.phrases import squeeze
from handlers.notices.kinds import KINDS
from storage.notices import history
from storage.notices.outbox import Owed

MOST = 3  # notices that are looked through, the newest first
LONGEST = 60  # signs of a label
LATELY = timedelta(days=3)  # for so long their labels are known when nothing else is meant
STOP = ("그만", "stop")  # what news tells to type where nothing can be pressed


@when_told
def told(chat: Chat, since: datetime | None) -> Reply | None:
    """The newest, with what the others offer below it."""
    said = [_with_words_to_stop(owed, reply) for owed, reply in _told(chat, since)]
    if not said:
        return None
    newest, *others = said
    return replace(newest, links=(*newest.links, *(button for each in others for button in each.all_buttons)))


@before_search
def read_label(chat: Chat, text: str) -> str:
    """Of a notice that was told before the last screen; whoever says just yes or no is shown what it asks."""
    if not chat.traits.speaks_first or len(text) > LONGEST:
        return ""
    heard, lately = squeeze(text), list(_told(chat, chat.now - LATELY))
    found = (each.path for _, reply in lately for each in reply.all_buttons if squeeze(each.label) == heard)
    asking = (f"told/{owed.id}" for owed, reply in lately[:1] if reply.buttons and _is_yes_or_no(text))
    return next(filter(None, (*found, *asking)), "")


@router.view("told/{notice_id}")
def show_again(chat: Chat, notice_id: int) -> Reply:
    shown = next((reply for owed, reply in _told(chat, chat.now - LATELY) if owed.id == notice_id), None)
    if shown is None:
        raise Refused("help.unknown_button")
    return shown.with_links(chat.button("menu", "menu"))


def _told(chat: Chat, since: datetime | None) -> Iterator[tuple[Owed, Reply]]:
    """What is still true of it, and how it is said now."""
    people = {each.resident.id: each for each in on_behalf.everybody(chat) if each.resident.id}
    for owed in history.told_in(chat.tx, chat.channel, people, since, MOST) if people else ():
        reply = notices.word(people[owed.resident_id], owed)
        if reply is not None:
            yield owed, reply


def _with_words_to_stop(owed: Owed, reply: Reply) -> Reply:
    path = "news/stop"
    if not KINDS[owed.kind].purpose or all(each.path != path for each in reply.all_buttons):
        return reply
    return replace(reply, links=(*reply.links, *(Button(word, path) for word in STOP)))


def _is_yes_or_no(text: str) -> bool:
    try:
        agreement(text)
    except Unparsed:
        return False
    return True
