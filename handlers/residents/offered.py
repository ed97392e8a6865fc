"""All courses that are shown and haven't ended, as they were when the message came."""

from handlers.dialogue.chat import Chat
from storage.engine.prepared import Same
from storage.teaching import courses
from storage.teaching.courses import Offered


def before(chat: Chat) -> Same[Offered]:
    return chat.read_once(_read)


def _read(chat: Chat) -> Same[Offered]:
    return courses.catalogue(chat.tx, chat.today)
