"""Telegram: reads updates, writes replies, delivers them, and takes webhooks."""

import logging
import os
import warnings
from typing import Any

from telegram import Bot, BotCommand, InputFile
from telegram.error import BadRequest

from bot.answering import Incoming
from bot.channels import telegram_writing as writing
from bot.channels.telegram_http import AiohttpRequest
from bot.settings import Telegram as TelegramSettings
from handlers.dialogue import texts
from handlers.dialogue.conversation import Said
from handlers.dialogue.korean import mask_resident_numbers
from handlers.dialogue.reply import Reply

# retry_after as a timedelta, as the library's next version has it; and yes, we want raw updates.
os.environ.setdefault("PTB_TIMEDELTA", "1")
warnings.filterwarnings("ignore", "Please use 'Bot")

log = logging.getLogger(__name__)

NAME = "telegram"
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
COMMANDS = ("start", "courses", "mine", "surveys", "jobs", "counseling", "news", "help", "contact")
_NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}

_NOT_TEXT = {"sticker": "sticker", "photo": "photo", "contact": "contact", "voice": "voice", "audio": "voice"}
_UNCHANGED = "message is not modified"
_UNEDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")


def make_bot(settings: TelegramSettings, sends: AiohttpRequest, polls: AiohttpRequest) -> Bot:
    """A bot whose long poll and whose sends don't wait for each other's connections."""
    token, base_url = settings.token.get_secret_value(), f"{settings.api_url}/bot"
    return Bot(token, base_url=base_url, request=sends, get_updates_request=polls)


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


class Delivery:
    """Sends replies; what goes wrong is raised as python-telegram-bot's errors."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def acknowledge(self, message: Incoming) -> None:
        """Stop the button's spinner; too late to do so is no loss."""
        if "callback" in message.body:
            await self._call("answerCallbackQuery", callback_query_id=message.body["callback"])

    async def deliver(self, message: Incoming, reply: Reply) -> None:
        """Edit the screen whose button was pressed; otherwise send what is new."""
        try:
            await self._show(message, reply, writing.texts(reply), "HTML")
        except BadRequest as error:
            if "can't parse entities" not in error.message.lower():
                raise
            log.error("entities refused by Telegram key=%s", message.key)
            await self._show(message, reply, writing.plain(reply), None)

    async def push(self, address: str, reply: Reply) -> str:
        """Send a notice in one message, and tell its id."""
        look = {"chat_id": int(address), "reply_markup": writing.keyboard(reply, keep=True), **_NO_PREVIEW}
        text, plain = writing.texts(reply)[0], writing.plain(reply)[0]
        try:
            sent = await self._call("sendMessage", text=text, parse_mode="HTML", **look)
        except BadRequest as error:
            if "can't parse entities" not in error.message.lower():
                raise
            sent = await self._call("sendMessage", text=plain, **look)
        return str(sent["message_id"])

    async def _show(self, message: Incoming, reply: Reply, parts: list[str], parse_mode: str | None) -> None:
        edited = message.body.get("message_id")
        if edited and len(parts) == 1 and not reply.file and await self._edited(message, reply, parts[0], parse_mode):
            return
        keyboard, chat = writing.keyboard(reply), int(message.address)
        for part in parts[:-1]:
            await self._call("sendMessage", chat_id=chat, text=part, parse_mode=parse_mode, **_NO_PREVIEW)
        last = {"chat_id": chat, "parse_mode": parse_mode, "reply_markup": keyboard}
        if reply.file:
            document = InputFile(reply.file.content, filename=reply.file.name)
            await self._call("sendDocument", document=document, caption=parts[-1], **last)
        else:
            await self._call("sendMessage", text=parts[-1], **last, **_NO_PREVIEW)

    async def _edited(self, message: Incoming, reply: Reply, text: str, parse_mode: str | None) -> bool:
        this = {"chat_id": int(message.address), "message_id": message.body["message_id"]}
        look = {"parse_mode": parse_mode, "reply_markup": writing.keyboard(reply), **_NO_PREVIEW}
        try:
            await self._call("editMessageText", text=text, **this, **look)
        except BadRequest as error:
            said = error.message.lower()
            if _UNCHANGED in said:
                return True
            if any(words in said for words in _UNEDITABLE):
                return False
            raise
        return True

    async def _call(self, method: str, **given: Any) -> Any:
        """The raw answer: the library takes longer to make objects of it than to ask for it."""
        return await self._bot.do_api_request(
            method, api_kwargs={name: value for name, value in given.items() if value is not None}
        )


async def introduce(bot: Bot, house: str) -> None:
    """Tell Telegram our commands and what we are for, in both languages."""
    for language in texts.LANGUAGES:
        commands = [BotCommand(name, texts.say(language, f"commands.{name}")) for name in COMMANDS]
        other = "english" if language == "ko" else "korean"
        commands.append(BotCommand(other, texts.say(language, f"commands.{other}")))
        code = None if language == "ko" else language
        await bot.set_my_commands(commands, language_code=code)
        await bot.set_my_description(texts.say(language, "commands.about", house=house), language_code=code)


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
