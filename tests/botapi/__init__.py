"""A strict double of Telegram's Bot API, the network's edge of the tests."""

from tests.botapi.chats import Chat, Message
from tests.botapi.people import Person
from tests.botapi.server import TOKEN, BotApi

__all__ = ["TOKEN", "BotApi", "Chat", "Message", "Person"]
