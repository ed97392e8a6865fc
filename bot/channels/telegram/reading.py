"""Reads updates: what somebody said or pressed, and who blocked us."""

from typing import Any, TypeVar

from bot import traits
from bot.channels.telegram import writing
from bot.http import requests
from bot.messages.incoming import Incoming
from handlers.dialogue.conversation import CONTACT, Said

T = TypeVar("T")

NAME = traits.TELEGRAM
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
MOST = 2**31 - 1  # Telegram counts updates and messages in so many bits
MOST_CHAT = 2**52  # and tells chats apart by so many

_NOT_TEXT = {"sticker": "sticker", "photo": "photo", "voice": "voice", "audio": "voice", "video_note": "voice"}


class Broken(Exception):
    """An update that Telegram doesn't send. It tells what is wrong, and nothing of what was said."""


def number_of(update: Any) -> int:
    """Raises Broken."""
    if not isinstance(update, dict):
        raise Broken(f"update is {type(update).__name__}")
    return _number(update, "update_id", 1, MOST)


def read(update: Any, username: str) -> Incoming | None:
    """What an update says, or None when it needs no answer. Raises Broken.

    Nothing that belongs to a group is read.
    """
    key = str(number_of(update))
    if "callback_query" in update:
        return _pressed(key, _part(update, "callback_query", dict))
    name = next((each for each in ("message", "edited_message") if each in update), None)
    message = _part(update, name, dict) if name else {}
    if "from" not in message:
        return None
    sender, address, said = _part(message, "from", dict), _chat(message), _said(message, username)
    if _part(sender, "is_bot", bool) or not _is_private(message):
        return None
    return _incoming(key, address, sender, Said(other="edited") if name == "edited_message" else said, {})


def blocked(update: Any) -> tuple[str, bool] | None:
    """(address, whether it can be reached) when somebody blocks or unblocks the bot. Raises Broken."""
    number_of(update)
    if "my_chat_member" not in update:
        return None
    changed = _part(update, "my_chat_member", dict)
    address, status = _chat(changed), _part(_part(changed, "new_chat_member", dict), "status", str)
    return (address, status == "member") if _is_private(changed) else None


def _pressed(key: str, query: dict[str, Any]) -> Incoming | None:
    if query.get("message") is None or "data" not in query:
        return None
    message, data, callback = _part(query, "message", dict), _part(query, "data", str), _part(query, "id", str)
    sender, address = _perhaps(query, "from", dict) or {}, _chat(message)
    if not callback.isascii():
        raise Broken("id is no id")
    if not _is_private(message):
        return None
    body: dict[str, Any] = {"callback": callback, "pressed_on": _number(message, "message_id", 0, MOST)}
    if not data.endswith(writing.KEPT):
        body["message_id"] = body["pressed_on"]
    return _incoming(key, address, sender, Said(path=requests.path_of(data.removesuffix(writing.KEPT))), body)


def _said(message: dict[str, Any], username: str) -> Said:
    if "contact" in message:
        return _contact(_part(message, "contact", dict), _part(message, "from", dict).get("id"))
    # Registration numbers are gone before anything is stored or logged.
    text = requests.clean(_perhaps(message, "text", str) or _perhaps(message, "caption", str) or "")
    if text:
        return Said(text=text.replace(f"@{username}", "") if username and text.startswith("/") else text)
    return Said(other=next((kind for name, kind in _NOT_TEXT.items() if name in message), "unreadable"))


def _contact(contact: dict[str, Any], sender: Any) -> Said:
    """Anybody's can be sent: only their own is taken."""
    if sender is None or contact.get("user_id") != sender:
        return Said(other="contact_of_another")
    number = requests.clean(_part(contact, "phone_number", str))
    return Said(text=f"+{number.lstrip('+')}", other=CONTACT)


def _incoming(key: str, address: str, sender: dict[str, Any], said: Said, body: dict[str, Any]) -> Incoming:
    language = _language(_perhaps(sender, "language_code", str) or "")
    written = {name: value for name, value in vars(said).items() if value}
    return Incoming(NAME, key, address, said, {**written, **body, "language": language}, language)


def _language(code: str) -> str:
    """Of the app, as a first guess; "" when it doesn't tell."""
    return "ko" if code.split("-")[0] == "ko" else "en" if code else ""


def _is_private(of: dict[str, Any]) -> bool:
    return _part(_part(of, "chat", dict), "type", str) == "private"


def _chat(of: dict[str, Any]) -> str:
    return str(_number(_part(of, "chat", dict), "id", -MOST_CHAT, MOST_CHAT))


def _part(of: dict[str, Any], name: str, kind: type[T]) -> T:
    found = of.get(name)
    if not isinstance(found, kind):
        raise Broken(f"{name} is {type(found).__name__ if name in of else 'missing'}")
    return found


def _perhaps(of: dict[str, Any], name: str, kind: type[T]) -> T | None:
    return None if of.get(name) is None else _part(of, name, kind)


def _number(of: dict[str, Any], name: str, least: int, most: int) -> int:
    found = _part(of, name, int)
    if isinstance(found, bool) or not least <= found <= most:
        raise Broken(f"{name} is no number of Telegram")
    return found
