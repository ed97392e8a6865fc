"""Telegram: reads updates, writes replies, delivers them, and takes webhooks."""

import logging
import os
import warnings
from typing import Any

from telegram import Bot, BotCommand, CallbackQuery, LinkPreviewOptions, Message, Update
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
warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'")

log = logging.getLogger(__name__)

NAME = "telegram"
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
COMMANDS = ("start", "courses", "mine", "news", "help", "contact")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_NOT_TEXT = {"sticker": "sticker", "photo": "photo", "contact": "contact", "voice": "voice", "audio": "voice"}
_UNCHANGED = "message is not modified"
_UNEDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")


def make_bot(settings: TelegramSettings, sends: AiohttpRequest, polls: AiohttpRequest) -> Bot:
    """A bot whose long poll and whose sends don't wait for each other's connections."""
    token, base_url = settings.token.get_secret_value(), f"{settings.api_url}/bot"
    return Bot(token, base_url=base_url, request=sends, get_updates_request=polls)


def read(update: dict[str, Any], username: str) -> Incoming | None:
    """What an update says, or None when it needs no answer. Raises whatever the parser raises on a broken one."""
    parsed = Update.de_json(_masked(update), None)
    key = str(parsed.update_id)
    if parsed.callback_query:
        return _pressed(key, parsed.callback_query)
    message = parsed.message or parsed.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    said = Said(other="edited") if parsed.edited_message else _said(message, username)
    return _incoming(key, message.chat.id, said, {}) if said else None


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
            await self._bot.answer_callback_query(message.body["callback"])

    async def deliver(self, message: Incoming, reply: Reply) -> None:
        """Edit the screen whose button was pressed; otherwise send what is new."""
        try:
            await self._show(message, reply, writing.texts(reply), "HTML")
        except BadRequest as error:
            if "can't parse entities" not in error.message.lower():
                raise
            log.error("entities refused by Telegram key=%s", message.key)
            await self._show(message, reply, writing.plain(reply), None)

    async def _show(self, message: Incoming, reply: Reply, parts: list[str], parse_mode: str | None) -> None:
        edited = message.body.get("message_id")
        if edited and len(parts) == 1 and not reply.file and await self._edited(message, reply, parts[0], parse_mode):
            return
        keyboard, chat = writing.keyboard(reply), int(message.address)
        for part in parts[:-1]:
            await self._bot.send_message(chat, part, parse_mode=parse_mode, link_preview_options=NO_PREVIEW)
        if reply.file:
            await self._bot.send_document(
                chat,
                reply.file.content,
                parts[-1],
                filename=reply.file.name,
                parse_mode=parse_mode,
                reply_markup=keyboard,
            )
            return
        await self._bot.send_message(
            chat, parts[-1], parse_mode=parse_mode, reply_markup=keyboard, link_preview_options=NO_PREVIEW
        )

    async def _edited(self, message: Incoming, reply: Reply, text: str, parse_mode: str | None) -> bool:
        try:
            await self._bot.edit_message_text(
                text,
                chat_id=int(message.address),
                message_id=message.body["message_id"],
                parse_mode=parse_mode,
                reply_markup=writing.keyboard(reply),
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            said = error.message.lower()
            if _UNCHANGED in said:
                return True
            if any(words in said for words in _UNEDITABLE):
                return False
            raise
        return True


async def introduce(bot: Bot, house: str) -> None:
    """Tell Telegram our commands and what we are for, in both languages."""
    for language in texts.LANGUAGES:
        commands = [BotCommand(name, texts.say(language, f"commands.{name}")) for name in COMMANDS]
        other = "english" if language == "ko" else "korean"
        commands.append(BotCommand(other, texts.say(language, f"commands.{other}")))
        code = None if language == "ko" else language
        await bot.set_my_commands(commands, language_code=code)
        await bot.set_my_description(texts.say(language, "commands.about", house=house), language_code=code)


def _pressed(key: str, query: CallbackQuery) -> Incoming | None:
    if query.message is None or query.data is None:
        return None
    body = {"callback": query.id, "message_id": query.message.message_id}
    return _incoming(key, query.message.chat.id, Said(path=query.data), body)


def _said(message: Message, username: str) -> Said | None:
    text = message.text or ""
    if message.chat.type != "private":
        is_for_us = text.startswith("/") or (username and f"@{username}" in text)
        return Said(other="group") if is_for_us else None
    if text:
        return Said(text=text.replace(f"@{username}", "") if username and text.startswith("/") else text)
    return Said(other=next((kind for name, kind in _NOT_TEXT.items() if getattr(message, name)), "unreadable"))


def _incoming(key: str, chat: int, said: Said, body: dict[str, Any]) -> Incoming:
    written = {name: value for name, value in vars(said).items() if value}
    return Incoming(NAME, key, str(chat), said, {**written, **body})


def _masked(value: Any) -> Any:
    """The update without registration numbers: they are gone before anything is stored or logged."""
    if isinstance(value, str):
        return mask_resident_numbers(value)
    if isinstance(value, list):
        return [_masked(each) for each in value]
    if isinstance(value, dict):
        return {name: each if name in ("id", "data") else _masked(each) for name, each in value.items()}
    return value
