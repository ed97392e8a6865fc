"""What is asked of Telegram: a bot over our own HTTP, replies and notices as calls of its methods, our commands."""

import logging
import os
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from telegram import Bot, BotCommand, InputFile
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram import writing
from bot.channels.telegram.http import AiohttpRequest
from bot.documents import certificates
from bot.messages.incoming import Incoming
from bot.messages.screens import Screens
from bot.sections import Telegram as TelegramSettings
from handlers.dialogue import texts
from handlers.dialogue.conversation import CONTACT
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply

# retry_after as a timedelta, as the library's next version has it; and yes, we want raw updates.
os.environ.setdefault("PTB_TIMEDELTA", "1")
warnings.filterwarnings("ignore", "Please use 'Bot")

log = logging.getLogger(__name__)

COMMANDS = ("start", "courses", "mine", "surveys", "jobs", "counseling", "news", "help", "contact", "me")
_NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}
_HEARD = "✔"
_UNCHANGED = "message is not modified"
_UNEDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")


def make_bot(settings: TelegramSettings, sends: AiohttpRequest, polls: AiohttpRequest) -> Bot:
    """A bot whose long poll and whose sends don't wait for each other's connections."""
    token, base_url = settings.token.get_secret_value(), f"{settings.api_url}/bot"
    return Bot(token, base_url=base_url, request=sends, get_updates_request=polls)


class Cut(TelegramError):
    """A part of a notice has left, of the rest nobody knows."""


class Delivery:
    """Sends replies; what goes wrong is raised as python-telegram-bot's errors."""

    def __init__(self, bot: Bot, screens: Screens | None = None) -> None:
        self._bot = bot
        self._screens = screens or Screens()
        self._with_keyboard: set[int] = set()  # chats that show a keyboard in place of their own

    def is_slip(self, message: Incoming) -> bool:
        """Whether this is the second of two taps, or was pressed on something that has only just been shown."""
        if "pressed_on" not in message.body:
            return False
        chat, screens = int(message.address), self._screens
        return screens.is_unread(chat, message.body["pressed_on"]) or not screens.press(chat, message.key)

    async def acknowledge(self, message: Incoming, toast: str = "") -> None:
        """Stop the button's spinner; too late to do so is no loss."""
        if "callback" in message.body:
            await self._call("answerCallbackQuery", callback_query_id=message.body["callback"], text=toast or None)

    async def tell(self, chat: int, text: str) -> None:
        """Say something that answers nothing."""
        await self._call("sendMessage", chat_id=chat, text=text)

    async def point(self, chat: int, topic: int | None, text: str, label: str, url: str) -> None:
        """Show a link in a group."""
        keyboard = {"inline_keyboard": [[{"text": label, "url": url}]]}
        await self._call("sendMessage", chat_id=chat, message_thread_id=topic, text=text, reply_markup=keyboard)

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
        """Send a notice, and tell the id of the message with its buttons; raises Cut when only a part has left."""
        *before, last = zip(writing.texts(reply), writing.plain(reply), strict=True)
        keyboard, has_begun = writing.keyboard(reply, keep=True), False
        try:
            for text, plain in before:
                await self._said(int(address), text, plain, None)
                has_begun = True
            return str((await self._said(int(address), *last, keyboard))["message_id"])
        except TelegramError as error:
            if has_begun:
                raise Cut(type(error).__name__) from error
            raise

    async def _said(self, chat: int, text: str, plain: str, keyboard: writing.Keyboard | None) -> Any:
        look = {"chat_id": chat, "reply_markup": keyboard, **_NO_PREVIEW}
        try:
            return await self._call("sendMessage", text=text, parse_mode="HTML", **look)
        except BadRequest as error:
            if "can't parse entities" not in error.message.lower():
                raise
            return await self._call("sendMessage", text=plain, **look)

    async def _show(self, message: Incoming, reply: Reply, parts: list[str], parse_mode: str | None) -> None:
        edited = message.body.get("message_id")
        await self._take_keyboard_away(message, reply)
        attached = await _attached(reply)
        is_one = len(parts) == 1 and not attached and not reply.own_number
        if edited and is_one and await self._edited(message, reply, parts[0], parse_mode):
            return
        look = {"chat_id": int(message.address), "parse_mode": parse_mode}
        is_above = attached and not writing.fits_caption(reply)
        for part in parts if is_above else parts[:-1]:
            await self._call("sendMessage", text=part, **look, **_NO_PREVIEW)
        keyboard = writing.own_number_keyboard(reply) if reply.own_number else writing.keyboard(reply)
        if attached:
            method, content = attached
            caption = None if is_above else parts[-1]
            await self._call(method, caption=caption, reply_markup=keyboard, **content, **look)
        else:
            await self._call("sendMessage", text=parts[-1], reply_markup=keyboard, **look, **_NO_PREVIEW)

    async def _take_keyboard_away(self, message: Incoming, reply: Reply) -> None:
        """Only a new message can do so, and none that has buttons of its own."""
        chat = int(message.address)
        if reply.own_number:
            return self._with_keyboard.add(chat)
        if chat in self._with_keyboard or message.said.other == CONTACT:
            await self._call("sendMessage", chat_id=chat, text=_HEARD, reply_markup={"remove_keyboard": True})
            self._with_keyboard.discard(chat)
        return None

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
        asked = {name: value for name, value in given.items() if value is not None}
        answer = await self._bot.do_api_request(method, api_kwargs=asked)
        if isinstance(answer, dict) and "message_id" in answer:
            self._screens.show(asked["chat_id"], answer["message_id"])
        return answer


async def _attached(reply: Reply) -> tuple[str, dict[str, InputFile]] | None:
    """How a file or a drawing of ours is sent; a reply has one of them at most."""
    if reply.file:
        file = await certificates.made(reply.file)
        return "sendDocument", {"document": InputFile(file.content, filename=file.name)}
    if reply.picture:
        return "sendPhoto", {"photo": InputFile(_drawing(reply.picture), filename=f"{reply.picture}.png")}
    return None


@cache
def _drawing(name: str) -> bytes:
    return (Path(__file__).parent / f"{name}.png").read_bytes()


async def introduce(bot: Bot, organization: Organization) -> None:
    """Tell Telegram our commands and what we are for, in both languages."""
    for language in texts.LANGUAGES:
        commands = [BotCommand(name, texts.say(language, f"commands.{name}")) for name in COMMANDS]
        other = "english" if language == "ko" else "korean"
        commands.append(BotCommand(other, texts.say(language, f"commands.{other}")))
        code = None if language == "ko" else language
        await bot.set_my_commands(commands, language_code=code)
        about = texts.say(language, "commands.about", **organization.named_in(language))
        await bot.set_my_description(about, language_code=code)
