"""What to do when Telegram doesn't take a reply: wait, try again, give up."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.answering import Incoming
from bot.channels.telegram import NAME, Delivery
from bot.inflow import Later, Undeliverable
from handlers.dialogue.reply import Reply
from storage import residents
from storage.database import Database

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds that a reply may wait here, holding its chat; longer waits are kept in the inbox
PER_SECOND = 25  # messages a second after Telegram has told the whole bot to slow down
CAUTION = 60.0  # seconds for which the bot stays slow
_GONE = ("chat not found", "user is deactivated", "bot can't initiate conversation")


class Pace:
    """Free until Telegram says that the whole bot is too fast; then paused, and slow for a while."""

    def __init__(self) -> None:
        self._next = 0.0
        self._slow_until = 0.0

    async def wait(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._slow_until:
            return
        slot = max(self._next, now)
        self._next = slot + 1 / PER_SECOND
        await asyncio.sleep(slot - now)

    def slow_down(self, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        self._next = max(self._next, now + seconds)
        self._slow_until = now + seconds + CAUTION


def backoff(attempt: int) -> float:
    """Seconds before the next attempt (counted from 1): doubling from half a second to 30."""
    return min(0.5 * 2.0 ** (attempt - 1), 30.0)


class TelegramOut:
    """Delivers replies at least once: a reply whose outcome is unknown is sent again, as somebody waits for it."""

    def __init__(self, delivery: Delivery, database: Database) -> None:
        self._delivery = delivery
        self._database = database
        self._pace = Pace()

    async def deliver(self, message: Incoming, reply: Reply) -> None:
        loop = asyncio.get_running_loop()
        started, attempt = loop.time(), 0
        while True:
            attempt += 1
            await self._pace.wait()
            try:
                return await self._delivery.deliver(message, reply)
            except TelegramError as error:
                delay = await self._delay(message, error, attempt)
                if loop.time() + delay - started > PATIENCE:
                    raise Later(timedelta(seconds=delay), type(error).__name__) from error
            await asyncio.sleep(delay)

    async def _delay(self, message: Incoming, error: TelegramError, attempt: int) -> float:
        """Seconds to wait, or Undeliverable."""
        if isinstance(error, RetryAfter):
            return self._told_to_wait(error, attempt)
        if isinstance(error, Forbidden) or any(words in error.message.lower() for words in _GONE):
            await self._database.write(lambda tx: residents.mark_reachable(tx, NAME, message.address, False))
            raise Undeliverable("unreachable") from error
        if isinstance(error, BadRequest):  # before NetworkError, whose subclass it is
            log.error("reply refused by Telegram key=%s reason=%s", message.key, error.message)
            raise Undeliverable(f"refused: {error.message}") from error
        if not isinstance(error, NetworkError | InvalidToken):
            log.error("unknown answer of Telegram key=%s error=%s", message.key, type(error).__name__)
        return backoff(attempt) * random.uniform(0.5, 1.0)  # noqa: S311

    def _told_to_wait(self, error: RetryAfter, attempt: int) -> float:
        """The first 429 may be about this chat alone; a second one is about the whole bot."""
        seconds = seconds_of(error.retry_after)
        if attempt > 1:
            self._pace.slow_down(seconds)
        return seconds


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
