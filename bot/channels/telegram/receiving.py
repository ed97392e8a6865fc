"""How updates reach us: by long polling, or by webhook. Stored first, then confirmed."""

import asyncio
import hashlib
import hmac
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.client import Delivery
from bot.channels.telegram.groups import Groups, addressed
from bot.channels.telegram.http import parse
from bot.channels.telegram.reading import NAME, UPDATES, Broken, blocked, number_of, read
from bot.channels.telegram.sending import seconds_of
from bot.http import requests
from bot.http.limits import Days, Rates
from bot.messages.delivery import backoff
from bot.messages.incoming import Incoming
from bot.messages.inflow import Inflow
from handlers.dialogue import texts
from handlers.dialogue.organization import Organization
from storage.database import Database
from storage.people import reaching

log = logging.getLogger(__name__)

POLL_SECONDS = 25
BODY_LIMIT = 1_000_000
STAND_BY = 5.0  # seconds between tries to become the one that asks
STAND_BACK = (60.0, 120.0)  # seconds for which a poller leaves the updates to an older one
OFTEN = 3  # times that Telegram tells of another one: once may be our own call from before a restart
LATELY = 600.0  # seconds
FAULT = f"{NAME}: another process receives with the same token"
YOUNG = 300.0  # seconds after its start
MOST_REFUSED = 1000  # refused updates that are remembered, so as not to be told again


def _is_displaced(error: TelegramError) -> bool:
    return isinstance(error, Conflict) and "other getUpdates" in str(error)


async def _always() -> bool:
    return True


class TelegramIn:
    """Turns raw updates into stored messages; each is read by itself, so a broken one is refused and stops nothing."""

    def __init__(
        self,
        inflow: Inflow,
        delivery: Delivery,
        database: Database,
        organization: Organization,
        days: Days | None = None,
    ) -> None:
        self._inflow = inflow
        self._delivery = delivery
        self._database = database
        self._organization = organization
        self._days = (days or Days()).of_session
        self._told = Rates(per_minute=1 / 60, burst=1)
        self._groups = Groups(delivery, organization)
        self._begun: set[asyncio.Task[None]] = set()
        self._refused: deque[str] = deque(maxlen=MOST_REFUSED)
        self.username = ""

    async def take(self, updates: Sequence[Any], may_be_old: bool = False) -> None:
        """Returns when everything is stored. What waited until somebody listened again wasn't pressed in haste."""
        messages = []
        for update in updates:
            try:
                changed, message = blocked(update), read(update, self.username)
            except Broken as error:
                self.refuse(update, str(error))
                continue
            if changed:
                await self._note_blocking(*changed)
            if message:
                messages.append(message)
            elif place := addressed(update, self.username):
                self._begin(self._groups.show_the_way(place, self.username))
        heard = [(message, self._why_not(message, may_be_old)) for message in messages]
        for message, why_not in heard:
            if why_not or "callback" in message.body:
                self._begin(self._acknowledge(message, why_not))
        await self._keep([message for message, why_not in heard if not why_not])

    def _why_not(self, message: Incoming, may_be_old: bool) -> str:
        """What is told to whoever isn't listened to; "" of everybody else."""
        if not may_be_old and self._delivery.is_slip(message):
            return "help.too_soon"
        return "help.too_much" if self._days.take(message.address) else ""

    async def _keep(self, messages: Sequence[Incoming]) -> None:
        try:
            await self._inflow.take(messages)
        except Exception:
            for message in messages:
                self._days.give_back(message.address)
            raise

    def refuse(self, update: Any, why: str) -> None:
        """One line in the log, also when it can't be confirmed and so comes again and again."""
        known = hashlib.sha256(repr(update).encode("utf-8", "replace")).hexdigest()
        if known not in self._refused:
            self._refused.append(known)
            log.error("update refused reason=%s", why.replace(" ", "_"))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """What nobody has to wait for."""
        task = asyncio.create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def finish(self, seconds: float) -> None:
        """Whose press does nothing is still told so: it won't come again."""
        if self._begun:
            await asyncio.wait(self._begun, timeout=seconds)

    async def _acknowledge(self, message: Incoming, why_not: str) -> None:
        """A press is told each time why it does nothing, a text once an hour."""
        language = message.language or self._organization.language
        words = texts.say(language, why_not, **self._organization.named_in(language)) if why_not else ""
        try:
            await self._delivery.acknowledge(message, words)
            if words and not message.said.path and not self._told.take(message.address):
                await self._delivery.tell(int(message.address), words)
        except TelegramError as error:
            log.debug("message not acknowledged error=%s", type(error).__name__)

    async def _note_blocking(self, address: str, reachable: bool) -> None:
        await self._database.write(lambda tx: reaching.mark_reachable(tx, NAME, address, reachable))


class Poller:
    """Asks for updates for ever, whatever the server answers; an update is confirmed by the call after it is stored.

    Of two with one token the younger stands back: where there is one database by its leadership, else when Telegram
    tells of the other. It is silent meanwhile, which its health tells.
    """

    def __init__(self, bot: Bot, taking: TelegramIn, beat: Callable[[], None], young: float = YOUNG) -> None:
        self._bot = bot
        self._young_until = asyncio.get_running_loop().time() + young
        self._taking = taking
        self._beat = beat
        self._offset: int | None = None
        self._displaced: deque[float] = deque(maxlen=OFTEN)  # when Telegram told of another who asks
        self._stuck = 0  # answers in a row of which nothing could be confirmed
        self._has_listened = False  # without a break, until the answer that is awaited

    async def lead(self, database: Database) -> None:
        """Ask as long as no other process of this database does."""
        while True:
            try:
                leadership = await database.lead(f"{NAME} updates")
                if leadership:
                    async with leadership:
                        await self.run(leadership.is_held)
                self._beat()
            except Exception:
                log.exception("no leadership")
            await asyncio.sleep(STAND_BY)

    def fault(self) -> str:
        """Whether Telegram has told of another who asks often enough lately."""
        is_often = len(self._displaced) == OFTEN
        return FAULT if is_often and asyncio.get_running_loop().time() - self._displaced[0] < LATELY else ""

    async def run(self, may_go_on: Callable[[], Awaitable[bool]] = _always) -> None:
        failures = 0
        while await may_go_on():
            try:
                await self._turn()
                failures = 0
            except TelegramError as error:
                failures, self._has_listened = failures + 1, False
                await asyncio.sleep(self._wait(error, failures))
            except Exception:
                failures, self._has_listened = failures + 1, False
                log.exception("polling failed")
                await asyncio.sleep(backoff(failures))

    async def _turn(self) -> None:
        updates = await self._updates()
        has_listened, self._has_listened = self._has_listened, True
        self._beat()
        if not updates:
            return
        await self._taking.take(updates, may_be_old=not has_listened)
        numbers = list(filter(None, map(_number, updates)))
        self._stuck = 0 if numbers else self._stuck + 1
        if numbers:
            self._offset = max(numbers) + 1
        else:
            await asyncio.sleep(backoff(self._stuck))

    async def _updates(self) -> list[Any]:
        asked: dict[str, Any] = {"timeout": POLL_SECONDS, "allowed_updates": UPDATES, "limit": 100}
        if self._offset is not None:
            asked["offset"] = self._offset
        # Raw dicts: Bot.get_updates would fail as a whole on one update that it can't parse.
        found = await self._bot.do_api_request("getUpdates", api_kwargs=asked, read_timeout=POLL_SECONDS + 5)
        if not isinstance(found, list):
            raise NetworkError("getUpdates answered no list")
        return found

    def _wait(self, error: TelegramError, failures: int) -> float:
        if _is_displaced(error) and self._must_stand_back():
            log.error("another process receives with the same token: standing back")
            return random.uniform(*STAND_BACK)  # noqa: S311 - so that two don't come back at once
        log.warning("polling failed failures=%s error=%s", failures, type(error).__name__)
        return seconds_of(error.retry_after) if isinstance(error, RetryAfter) else backoff(failures)

    def _must_stand_back(self) -> bool:
        now = asyncio.get_running_loop().time()
        self._displaced.append(now)
        return len(self._displaced) == OFTEN and now < self._young_until


def _number(update: Any) -> int | None:
    try:
        return number_of(update)
    except Broken:
        return None


def webhook(taking: TelegramIn, secret: str) -> Route:
    """POST /telegram: 200 when the update is stored or refused for good; Telegram repeats what isn't."""

    async def receive(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("forbidden", 403)
        try:
            update = parse(await requests.body(request, BODY_LIMIT))
        except requests.TooLarge:
            log.error("update refused reason=too_large")
        except ValueError:
            log.error("update refused reason=no_json")
        else:
            await taking.take([update])
        return Response()

    return Route("/telegram", receive, methods=["POST"])
