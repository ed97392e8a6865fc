"""A strict double of Telegram's Bot API, the network's edge of the tests."""

from tests.support.botapi.chats import Chat, Message
from tests.support.botapi.people import Person
from tests.support.botapi.server import TOKEN, BotApi

__all__ = ["TOKEN", "BotApi", "Chat", "Message", "Person"]
