"""Reads updates: what somebody said or pressed, and who blocked us."""

from typing import Any

from bot import traits
from bot.answering import Incoming
from bot.channels.telegram import writing
from handlers.dialogue.conversation import Said
from handlers.language.hidden_numbers import mask_resident_numbers

NAME = traits.TELEGRAM
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]

_NOT_TEXT = {"sticker": "sticker", "photo": "photo", "contact": "contact", "voice": "voice", "audio": "voice"}


def read(update: dict[str, Any], username: str) -> Incoming | None:
    """What an update says, or None when it needs no answer. A broken one raises KeyError, TypeError or the like."""
    key = str(update["update_id"])
    if update.get("callback_query"):
        return _pressed(key, update["callback_query"])
    message = update.get("message") or update.get("edited_message")
    if message is None or "from" not in message or message["from"]["is_bot"]:
        return None
    said = Said(other="edited") if "edited_message" in update else _said(message, username)
    return _incoming(key, message["chat"]["id"], said, {}) if said else None


def blocked(update: dict[str, Any]) -> tuple[str, bool] | None:
    """(address, whether it can be reached) when somebody blocks or unblocks the bot."""
    changed = update.get("my_chat_member")
    if not changed or changed["chat"]["type"] != "private":
        return None
    return str(changed["chat"]["id"]), changed["new_chat_member"]["status"] == "member"


def _pressed(key: str, query: dict[str, Any]) -> Incoming | None:
    message = query.get("message")
    if message is None or "data" not in query:
        return None
    body = {"callback": query["id"]}
    if not query["data"].endswith(writing.KEPT):
        body["message_id"] = message["message_id"]
    return _incoming(key, message["chat"]["id"], Said(path=query["data"].removesuffix(writing.KEPT)), body)


def _said(message: dict[str, Any], username: str) -> Said | None:
    # Registration numbers are gone before anything is stored or logged.
    text = mask_resident_numbers(message.get("text", ""))
    if message["chat"]["type"] != "private":
        is_for_us = text.startswith("/") or (username and f"@{username}" in text)
        return Said(other="group") if is_for_us else None
    if text:
        return Said(text=text.replace(f"@{username}", "") if username and text.startswith("/") else text)
    return Said(other=next((kind for name, kind in _NOT_TEXT.items() if name in message), "unreadable"))


def _incoming(key: str, chat: int, said: Said, body: dict[str, Any]) -> Incoming:
    written = {name: value for name, value in vars(said).items() if value}
    return Incoming(NAME, key, str(chat), said, {**written, **body})
