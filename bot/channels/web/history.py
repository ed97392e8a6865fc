"""What the web chat reads of a conversation: no more than a page doesn't show yet."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.channels.web.reading import NAME
from handlers.dialogue.reply import File, from_json
from storage.database import Transaction
from storage.dialogue import inbox
from storage.dialogue.inbox import Message
from storage.people import residents

SHOWN = 50  # messages on a page


@dataclass(frozen=True)
class History:
    """Some messages of one chat, oldest first, and how the resident reads them."""

    messages: list[Message]
    language: str
    is_simple: bool

    @property
    def shown(self) -> list[Message]:
        return [message for message in self.messages if not message.is_taken_back]


def newest(
    tx: Transaction, address: str, language: str, since: datetime, after: int = 0, without: Collection[int] = ()
) -> History:
    """What was said after some moment and message; who has never said anything speaks `language`."""
    resident = residents.find(tx, NAME, address)
    messages = inbox.history(tx, NAME, address, since, after, SHOWN, without)
    spoken = messages[-1].body.get("language") if messages else ""
    is_simple = resident is not None and resident.is_simple
    return History(messages, resident.language if resident else spoken or language, is_simple)


def newest_with(
    tx: Transaction, address: str, language: str, since: datetime, after: int, key: str
) -> tuple[Message, History]:
    """The same with one message, which may be on the page already because it was sent twice."""
    history = newest(tx, address, language, since, after)
    message = next((each for each in history.messages if each.key == key), None)
    if message:
        return message, history
    message = inbox.find(tx, NAME, key)
    assert message is not None
    return message, replace(history, messages=[message, *history.messages])


def has_begun(tx: Transaction, address: str) -> bool:
    return any(True for _ in inbox.replies(tx, NAME, address, limit=1))


def has_met(tx: Transaction, address: str) -> bool:
    """Whether somebody has ever said anything there."""
    return residents.find(tx, NAME, address) is not None or has_begun(tx, address)


def label(tx: Transaction, address: str, path: str) -> str:
    """What the newest button says that leads there: nobody can be shown to have said something else."""
    replies = inbox.replies(tx, NAME, address, SHOWN)
    buttons = (button for reply in replies for button in from_json(reply).all_buttons)
    return next((button.label for button in buttons if button.path == path), "")


def file(tx: Transaction, address: str, message_id: int) -> File | None:
    """The file of a reply, for the address that it was given to."""
    message = inbox.of_address(tx, NAME, address, message_id)
    return from_json(message.reply).file if message and message.reply else None
