"""What was told in a chat since its last screen, of which more than the screen may be meant by what is typed."""

from collections.abc import Callable
from datetime import datetime

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply

Tell = Callable[[Chat, datetime | None], Reply | None]

_tell: list[Tell] = []


def when_told(tell: Tell) -> Tell:
    """Register what gives all that was told in a chat since a moment as one reply, worded now. It must only read."""
    _tell[:] = [tell]
    return tell


def since(chat: Chat, moment: datetime | None) -> Reply | None:
    """None where nothing was; without a moment, of all times."""
    return _tell[0](chat, moment) if _tell and chat.traits.speaks_first else None
