"""How updates reach us: by long polling, or by webhook. Stored first, then confirmed."""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.answering import Incoming
from bot.channels.telegram.client import Delivery
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.reading import NAME, UPDATES, blocked, read
from bot.channels.telegram.sending import backoff, seconds_of
from bot.http import requests
from bot.inflow import Inflow
from handlers.dialogue import texts
from handlers.dialogue.organization import Organization
from storage import residents
from storage.database import Database

log = logging.getLogger(__name__)

POLL_SECONDS = 25
BODY_LIMIT = 1_000_000


class TelegramIn:
    """Turns raw updates into stored messages; each is parsed in its own try, so a broken one stops nothing."""

    def __init__(self, inflow: Inflow, delivery: Delivery, database: Database, organization: Organization) -> None:
        self._inflow = inflow
        self._delivery = delivery
        self._database = database
        self._language = organization.language
        self._groups = Groups(delivery, organization)
        self._begun: set[asyncio.Task[None]] = set()
        self.username = ""

    async def take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Returns when everything is stored."""
        for update in updates:
            await self._note_blocking(update)
            self._begin(self._groups.answer(update, self.username))
        messages = [message for update in updates if (message := self._read(update))]
        slips = [message for message in messages if self._delivery.is_unread(message)]
        for message in messages:
            self._begin(self._acknowledge(message, message in slips))
        await self._inflow.take([message for message in messages if message not in slips])

    def _read(self, update: dict[str, Any]) -> Incoming | None:
        try:
            return read(update, self.username)
        except Exception as error:
            kinds = ",".join(sorted(update)) if isinstance(update, dict) else type(update).__name__
            log.error("update not understood kinds=%s error=%s", kinds, type(error).__name__)
            return None

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """What nobody has to wait for."""
        task = asyncio.create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def _acknowledge(self, message: Incoming, is_slip: bool) -> None:
        toast = texts.say(message.language or self._language, "help.too_soon") if is_slip else ""
        try:
            await self._delivery.acknowledge(message, toast)
        except TelegramError as error:
            log.debug("tap not acknowledged error=%s", type(error).__name__)

    async def _note_blocking(self, update: dict[str, Any]) -> None:
        try:
            changed = blocked(update)
        except (KeyError, TypeError):
            return
        if changed:
            address, reachable = changed
            await self._database.write(lambda tx: residents.mark_reachable(tx, NAME, address, reachable))


class Poller:
    """Asks for updates for ever, whatever the server answers; an update is confirmed by the call after it is stored."""

    def __init__(self, bot: Bot, taking: TelegramIn, beat: Callable[[], None]) -> None:
        self._bot = bot
        self._taking = taking
        self._beat = beat
        self._offset: int | None = None

    async def run(self) -> None:
        failures = 0
        while True:
            try:
                await self._turn()
                failures = 0
            except TelegramError as error:
                failures += 1
                await asyncio.sleep(self._wait(error, failures))
            except Exception:
                failures += 1
                log.exception("polling failed")
                await asyncio.sleep(backoff(failures))

    async def _turn(self) -> None:
        updates = await self._updates()
        self._beat()
        if not updates:
            return
        await self._taking.take(updates)
        self._offset = max(update["update_id"] for update in updates) + 1

    async def _updates(self) -> list[dict[str, Any]]:
        asked: dict[str, Any] = {"timeout": POLL_SECONDS, "allowed_updates": UPDATES, "limit": 100}
        if self._offset is not None:
            asked["offset"] = self._offset
        # Raw dicts: Bot.get_updates would fail as a whole on one update that it can't parse.
        found = await self._bot.do_api_request("getUpdates", api_kwargs=asked, read_timeout=POLL_SECONDS + 5)
        if not isinstance(found, list):
            raise NetworkError("getUpdates answered no list")
        return found

    def _wait(self, error: TelegramError, failures: int) -> float:
        log.warning("polling failed failures=%s error=%s", failures, type(error).__name__)
        return seconds_of(error.retry_after) if isinstance(error, RetryAfter) else backoff(failures)


def webhook(taking: TelegramIn, secret: str) -> Route:
    """POST /telegram: 200 only when the update is stored; Telegram repeats what isn't."""

    async def receive(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("forbidden", 403)
        try:
            update = json.loads(await requests.body(request, BODY_LIMIT))
        except requests.TooLarge:
            return PlainTextResponse("too large", 413)
        except ValueError:
            return PlainTextResponse("not JSON", 400)
        await taking.take([update] if isinstance(update, dict) else [])
        return Response()

    return Route("/telegram", receive, methods=["POST"])
