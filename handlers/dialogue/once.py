"""What a one-time link opens: for each purpose, what is given to whoever opens it, and how long it can be opened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from storage.people import links

Open = Callable[[Chat, str], Reply]


@dataclass(frozen=True)
class Purpose:
    name: str
    lasts: timedelta
    open: Open


_purposes: dict[str, Purpose] = {}


def opens(name: str, lasts: timedelta) -> Callable[[Open], Open]:
    """Register what is given for the subject of a link, in a transaction that can write and in which it is used up.

    A file of the reply is downloaded; without one its text and cards are shown. What stands on the page before it are
    the texts `once.{name}.title`, `.text` and `.open`.
    """

    def register(give: Open) -> Open:
        if _purposes.setdefault(name, Purpose(name, lasts, give)).open is not give:
            raise ValueError(f"two purposes named {name}")
        return give

    return register


def find(name: str) -> Purpose | None:
    return _purposes.get(name)


def link(chat: Chat, name: str, subject: str) -> str:
    """The address of a new link for this resident; `chat.tx` must be able to write."""
    token = links.make(chat.tx, name, chat.resident.id, subject, chat.now, _purposes[name].lasts)
    return f"{chat.organization.public_url}/once/{name}/{token}"
