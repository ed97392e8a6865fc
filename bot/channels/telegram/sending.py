"""What to do when Telegram doesn't take a reply: wait, try again, give up."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram.error import (
    BadRequest,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.client import Delivery
from bot.channels.telegram.http import Unsent
from bot.messages.delivery import DeliveryError, Gone, Later, Pushed, Undeliverable, Unknown, backoff
from bot.messages.incoming import Incoming
from bot.messages.pace import REPLY, Pace
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from storage.notices.outbox import Owed
from storage.reasons import Reason

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds that a reply may wait here, holding its chat; longer waits are kept in the inbox
AT_ONCE = 64  # replies being sent; those that wait aren't
MOST_WAITING = 10_000  # chats that were told to wait and are remembered
UNSURE = 30.0  # seconds before trying again when Telegram doesn't know our token
_UNKNOWN_TOKEN = (InvalidToken, EndPointNotFound)  # the library makes either of a 401 or 404
_GONE = ("chat not found", "user is deactivated", "bot can't initiate conversation")


class TelegramOut:
    """Delivers replies at least once: a reply whose outcome is unknown is sent again, as somebody waits for it."""

    def __init__(self, delivery: Delivery, pace: Pace) -> None:
        self._delivery = delivery
        self._pace = pace
        self._calls = asyncio.Semaphore(AT_ONCE)
        self._free_at: dict[str, float] = {}
        self._refused: set[str] = set()  # chats, since anything got through

    async def deliver(self, message: Incoming, reply: Reply) -> bool:
        """Waiting takes nothing from other chats."""
        if is_group(message.address):
            raise Gone
        loop = asyncio.get_running_loop()
        started, attempt = loop.time(), 0
        delay, reason, detail = self._free_at.get(message.address, started) - started, Reason.TOLD_TO_WAIT, ""
        while True:
            if loop.time() + delay - started > PATIENCE:
                raise Later(timedelta(seconds=delay), reason, detail)
            if delay > 0:
                await asyncio.sleep(delay)
            attempt += 1
            try:
                await self._try(message, reply)
            except TelegramError as error:
                delay, reason, detail = self._delay(message, error, attempt), reason_of(error), type(error).__name__
            else:
                return True

    async def _try(self, message: Incoming, reply: Reply) -> None:
        async with self._calls, self._pace.turn(REPLY):
            self._pace.reserve(message.address)
            await self._delivery.deliver(message, reply)
            self._refused.clear()

    def _delay(self, message: Incoming, error: TelegramError, attempt: int) -> float:
        """Seconds to wait; raises Gone or Undeliverable."""
        if isinstance(error, RetryAfter):
            return self._told_to_wait(message.address, seconds_of(error.retry_after))
        if is_gone(error):
            raise Gone from error
        if isinstance(error, BadRequest):  # before NetworkError, whose subclass it is
            log.error("reply refused by Telegram key=%s reason=%s", message.key, error.message)
            raise Undeliverable(Reason.REFUSED, error.message) from error
        if not isinstance(error, (NetworkError, *_UNKNOWN_TOKEN)):
            log.error("unknown answer of Telegram key=%s error=%s", message.key, type(error).__name__)
        return backoff(attempt) * random.uniform(0.5, 1.0)  # noqa: S311

    def _told_to_wait(self, address: str, seconds: float) -> float:
        """It is about this chat alone, unless it comes again when nothing got through to anybody meanwhile."""
        now = asyncio.get_running_loop().time()
        if address in self._refused and len(self._refused) > 1:
            self._pace.pause(seconds)
        self._refused.add(address)
        if len(self._free_at) > MOST_WAITING:
            self._free_at = {chat: free_at for chat, free_at in self._free_at.items() if free_at > now}
        self._free_at[address] = now + seconds
        self._pace.pause_chat(address, seconds)
        return seconds


class TelegramPush:
    """Sends notices at most once: what may have arrived is never sent again."""

    def __init__(self, delivery: Delivery, pace: Pace) -> None:
        self._delivery = delivery
        self._pace = pace
        self._refused_for = ""

    def dress(self, chat: Chat, owed: Owed, reply: Reply, dispatch: int) -> Reply:  # noqa: ARG002
        return reply

    async def push(self, address: str, said: Reply, attempt: int) -> Pushed:
        """Raises Later, Gone, Undeliverable, or Unknown when it may have arrived."""
        if is_group(address):
            raise Gone
        try:
            sent = await self._delivery.push(address, said)
        except TelegramError as error:
            raise self._meaning(address, error, attempt) from error
        self._refused_for = ""
        return Pushed(sent)

    def _meaning(self, address: str, error: TelegramError, attempt: int) -> DeliveryError:
        if isinstance(error, RetryAfter):
            return self._told_to_wait(address, seconds_of(error.retry_after))
        if is_gone(error):
            return Gone()
        if isinstance(error, BadRequest):  # before NetworkError, whose subclass it is
            log.error("notice refused by Telegram reason=%s", error.message)
            return Undeliverable(Reason.REFUSED, error.message)
        if isinstance(error, Unsent):
            return Later(timedelta(seconds=backoff(attempt)), reason_of(error))
        if isinstance(error, _UNKNOWN_TOKEN):
            return Later(timedelta(seconds=UNSURE), reason_of(error))
        return Unknown(reason_of(error), f"{type(error).__name__}: {error.message}")

    def _told_to_wait(self, address: str, seconds: float) -> Later:
        """It may be about this chat alone; when the next one is refused too, it is about the whole bot."""
        if self._refused_for not in ("", address):
            self._pace.pause(seconds)
        self._refused_for = address
        self._pace.pause_chat(address, seconds)
        return Later(timedelta(seconds=seconds), Reason.TOLD_TO_WAIT)


def reason_of(error: TelegramError) -> Reason:
    """Why it didn't arrive, or nobody knows whether it did."""
    if isinstance(error, RetryAfter):
        return Reason.TOLD_TO_WAIT
    if isinstance(error, _UNKNOWN_TOKEN):
        return Reason.UNKNOWN_TOKEN
    return Reason.NOT_SENT if isinstance(error, Unsent) else Reason.NO_ANSWER


def is_group(address: str) -> bool:
    """Some were kept when groups could still register: nothing is told there any more."""
    return address.startswith("-")


def is_gone(error: TelegramError) -> bool:
    """Whether nothing can be sent to this chat any more."""
    return isinstance(error, Forbidden) or any(words in error.message.lower() for words in _GONE)


def seconds_of(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def until_done(name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Try something that the bot needs, but can live without for a while, until it works."""
    attempt = 0
    while True:
        attempt += 1
        try:
            await work()
        except TelegramError as error:
            log.warning("%s failed attempt=%s error=%s", name, attempt, type(error).__name__)
            await asyncio.sleep(backoff(attempt))
        else:
            return
