"""What a chat saw last, and which form's question is the newest there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.dialogue.chat import Chat
from handlers.dialogue.forms import steps
from handlers.dialogue.reply import Reply, from_json
from storage.dialogue import drafts, inbox
from storage.people import represented

RESTS_AFTER = timedelta(hours=6)  # after so long it is said what a typed answer was taken for


@dataclass(frozen=True)
class Screen:
    """What this chat saw last, and the form whose question is the newest thing that a form showed here.

    It is named "enroll/42", and "for/7/enroll/42" where it is filled in for somebody else.
    That question stands aside when something else was shown since, or when hours have passed.
    """

    reply: Reply
    form: str = ""
    is_old: bool = False
    at: datetime | None = None

    @property
    def whole(self) -> Reply:
        """With what stands on its other parts."""
        return self.reply.whole or self.reply

    @property
    def is_aside(self) -> bool:
        return self.is_old or self.reply.form != self.form


def shown_last(chat: Chat) -> Reply:
    """What this chat saw last; nothing after some hours."""
    screen = seen(chat)
    return Reply("") if screen.is_old else screen.reply


def seen(chat: Chat) -> Screen:
    """As it was when this message came."""
    return chat.read_once(_read_screen)


def _read_screen(chat: Chat) -> Screen:
    last = inbox.last_screen(chat.tx, chat.channel, chat.address)
    if last is None:
        return Screen(Reply(""))
    reply, is_old = from_json(last[0]), chat.now - last[1] > RESTS_AFTER
    return Screen(reply, reply.form if reply.form and not is_old else _asked_before(chat), is_old, last[1])


def _asked_before(chat: Chat) -> str:
    """The form that asked here last, if it wasn't left and its draft is still there."""
    written = inbox.last_in_form(chat.tx, chat.channel, chat.address)
    form = from_json(written).form if written else ""
    whose = represented.split(form)[0] or chat.resident.id
    return form if form and drafts.find(chat.tx, whose, *steps.named(form)) else ""
