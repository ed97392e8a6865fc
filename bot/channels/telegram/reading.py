"""Reads updates: what somebody said or pressed, and who blocked us."""

from typing import Any

from bot import traits
from bot.answering import Incoming
from bot.channels.telegram import writing
from handlers.dialogue.conversation import CONTACT, Said
from handlers.language.hidden_numbers import mask_resident_numbers

NAME = traits.TELEGRAM
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]

_NOT_TEXT = {"sticker": "sticker", "photo": "photo", "voice": "voice", "audio": "voice"}


def read(update: dict[str, Any], username: str) -> Incoming | None:
    """What an update says, or None when it needs no answer. A broken one raises KeyError, TypeError or the like.

    Nothing that belongs to a group is read.
    """
    key = str(update["update_id"])
    if update.get("callback_query"):
        return _pressed(key, update["callback_query"])
    message = update.get("message") or update.get("edited_message")
    if message is None or "from" not in message or message["from"]["is_bot"] or not _is_private(message):
        return None
    said = Said(other="edited") if "edited_message" in update else _said(message, username)
    return _incoming(key, message["chat"]["id"], message["from"], said, {})


def blocked(update: dict[str, Any]) -> tuple[str, bool] | None:
    """(address, whether it can be reached) when somebody blocks or unblocks the bot."""
    changed = update.get("my_chat_member")
    if not changed or changed["chat"]["type"] != "private":
        return None
    return str(changed["chat"]["id"]), changed["new_chat_member"]["status"] == "member"


def _pressed(key: str, query: dict[str, Any]) -> Incoming | None:
    message = query.get("message")
    if message is None or "data" not in query or not _is_private(message):
        return None
    body = {"callback": query["id"], "pressed_on": message["message_id"]}
    if not query["data"].endswith(writing.KEPT):
        body["message_id"] = message["message_id"]
    said = Said(path=query["data"].removesuffix(writing.KEPT))
    return _incoming(key, message["chat"]["id"], query.get("from", {}), said, body)


def _said(message: dict[str, Any], username: str) -> Said:
    if "contact" in message:
        return _contact(message["contact"], message["from"]["id"])
    # Registration numbers are gone before anything is stored or logged.
    text = mask_resident_numbers(message.get("text") or message.get("caption") or "")
    if text:
        return Said(text=text.replace(f"@{username}", "") if username and text.startswith("/") else text)
    return Said(other=next((kind for name, kind in _NOT_TEXT.items() if name in message), "unreadable"))


def _contact(contact: dict[str, Any], sender: int) -> Said:
    """Anybody's can be sent: only their own is taken."""
    if contact.get("user_id") != sender:
        return Said(other="contact_of_another")
    return Said(text=f"+{contact['phone_number'].lstrip('+')}", other=CONTACT)


def _incoming(key: str, chat: int, sender: dict[str, Any], said: Said, body: dict[str, Any]) -> Incoming:
    language = _language(sender.get("language_code") or "")
    written = {name: value for name, value in vars(said).items() if value}
    return Incoming(NAME, key, str(chat), said, {**written, **body, "language": language}, language)


def _language(code: str) -> str:
    """Of the app, as a first guess; "" when it doesn't tell."""
    return "ko" if code.split("-")[0] == "ko" else "en" if code else ""


def _is_private(message: dict[str, Any]) -> bool:
    return bool(message["chat"]["type"] == "private")
