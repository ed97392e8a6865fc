"""KakaoTalk: reads skill requests and answers each in its response, in time and always in the skill's own form."""

import asyncio
import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.channels.kakao.cards import Writing
from bot.channels.kakao.reading import NAME, Awaited, Turned, UnreadableRequest, parse, read
from bot.channels.kakao.writing import in_words, pages, quick_reply, told_on
from bot.documents import certificates
from bot.http import files, problems, requests
from bot.http.limits import Days, Rates
from bot.messages.answering import Answering
from bot.messages.incoming import Incoming
from bot.messages.inflow import Inflow
from bot.messages.screens import Screens
from bot.sections import Kakao as KakaoSettings
from bot.traits import TRAITS
from handlers.dialogue import texts
from handlers.dialogue.reply import File, Missed, Reply, from_json
from storage.database import Transaction
from storage.dialogue import inbox
from storage.dialogue.inbox import Message
from storage.engine import ailments
from storage.people import residents

log = logging.getLogger(__name__)

DEADLINE = 3.5  # seconds; KakaoTalk waits for five
STORE = 1.0  # seconds that are left then to store what isn't answered
LOOK = 0.1  # seconds between looks for a reply that is still being made
IN_HAND = 500  # messages at once; more couldn't be answered in time
BODY_LIMIT = 64 * 1024
LATELY = timedelta(days=1)
SCREENS = 10  # replies that are looked through for the screen before this one: hasty presses repeat the newest

Answer = dict[str, Any]
Page = tuple[Answer, Sequence[Missed]]  # and the notices that are read whole once it is seen


class KakaoSkill:
    """The skill server. Every answer is a SkillResponse, whatever happens; only a wrong secret gets none."""

    name = NAME
    traits = TRAITS[NAME]
    way = None

    def __init__(
        self,
        settings: KakaoSettings,
        answering: Answering,
        rates: Rates | None = None,
        deadline: float = DEADLINE,
        in_hand: int = IN_HAND,
        screens: Screens | None = None,
        days: Days | None = None,
    ) -> None:
        self._settings = settings
        known = (settings.skill_secret, settings.old_skill_secret)
        self._secrets = [secret.get_secret_value() for secret in known if secret]
        self._answering = answering
        self._database = answering.database
        self._organization = answering.organization
        self._rates = rates or Rates(per_minute=60, burst=40)
        self._days = days or Days()
        self._deadline = deadline
        self._most = in_hand
        self._in_hand: dict[str, asyncio.Task[Page]] = {}
        self._screens = screens or Screens()
        self._left = Inflow(NAME, answering, self)

    def routes(self) -> list[Route]:
        return [
            Route("/kakao/skill", self.receive, methods=["POST"]),
            Route("/kakao/files/{key}/{signature}", self.download),
        ]

    async def start(self) -> None:
        await self._left.reclaim()

    async def recover(self) -> None:
        await self._left.recover()

    def close(self) -> None:
        """Every request ends by itself, before long."""

    async def stop(self, seconds: float) -> None:
        await asyncio.gather(self._finish(seconds), self._left.drain(seconds))

    async def deliver(self, message: Incoming, reply: Reply) -> bool:  # noqa: ARG002
        """A reply that missed its request waits in the inbox until it is asked for again."""
        return False

    async def receive(self, request: Request) -> Response:
        """The secret is compared before anything of the body is read."""
        if not self._is_known(request.headers.get("x-skill-secret", "")):
            log.warning("skill request with a wrong secret")
            return PlainTextResponse("unauthorized", 401)
        try:
            payload = json.loads(await requests.body(request, BODY_LIMIT))
        except (requests.TooLarge, ValueError, RecursionError):
            payload = None
        return JSONResponse(await self.ask(payload, request.headers.get("x-request-id", "")))

    async def ask(self, payload: Any, request_id: str) -> Answer:
        """The answer to a skill request; it raises nothing."""
        try:
            return await self._ask(payload, request_id)
        except UnreadableRequest:
            return self._in_words("other.unreadable")
        except Exception as error:
            return self._failed(error)

    async def download(self, request: Request) -> Response:
        """The file of one reply, for whoever was given its address."""
        key, signature = request.path_params["key"], request.path_params["signature"]
        is_ours = any(_is_same(signature, _signature(secret, key)) for secret in self._secrets)
        file = await self._database.read(partial(_file, key)) if is_ours else None
        if file is None:
            return PlainTextResponse(self._say(self._organization.language)("web.no_file"), 404)
        return files.download(await certificates.made(file))

    async def _ask(self, payload: Any, request_id: str) -> Answer:
        request = parse(payload)
        if request.bot_id not in ("", self._settings.bot_id):
            log.warning("skill request for another bot")
            return self._in_words("kakao.other_bot")
        heard = read(request, request_id, self._database.seal.digest)
        if self._rates.take(heard.address):
            return self._in_words("help.slow_down")
        if isinstance(heard, Incoming) and self._days.of_session.take(heard.address):
            return self._in_words("help.too_much")
        if isinstance(heard, Incoming) and heard.key not in self._in_hand and len(self._in_hand) >= self._most:
            return self._in_words("kakao.busy")
        try:
            async with asyncio.timeout(self._deadline):
                answer, told = await self._answer(heard)
        except TimeoutError:
            return await self._patience(heard)
        finally:
            self._screens.show(heard.address)
        await self._answering.note_told(told)
        if self._settings.event and request.is_friend is not None:
            await self._answering.note_reachable(NAME, heard.address, request.is_friend)
        return answer

    async def _answer(self, heard: Incoming | Turned | Awaited) -> Page:
        if isinstance(heard, Turned):
            return await self._turn(heard)
        if isinstance(heard, Awaited):
            return await self._await(heard)
        return await asyncio.shield(self._begun(heard))

    def _begun(self, message: Incoming) -> asyncio.Task[Page]:
        """The same message again joins the one in hand; it goes on when nobody waits any more."""
        if message.key not in self._in_hand:
            task = asyncio.create_task(self._converse(message))
            self._in_hand[message.key] = task
            task.add_done_callback(lambda _: self._in_hand.pop(message.key))
        return self._in_hand[message.key]

    async def _converse(self, message: Incoming) -> Page:
        """Stored first, as KakaoTalk asks once only: what a killed process had in hand is answered after its start."""
        try:
            reply = await self._shown_again(message)
            if reply is None:
                await self._answering.store([message])
                reply = await self._answering.converse(message)
            language = await self._database.read(partial(self._language, message.address))
            return self._page(message.key, reply, language)
        except Exception as error:
            return self._failed(error), ()

    async def _shown_again(self, message: Incoming) -> Reply | None:
        """The newest screen, to whoever pressed on it before it could be read, or once more what led to it."""
        if not message.said.path or not self._is_hasty(message):
            return None
        newest = await self._database.read(partial(_pressed_screen, message, self._answering.now() - LATELY))
        return newest and await self._answering.answer_with(message, newest)

    def _is_hasty(self, message: Incoming) -> bool:
        is_second = not self._screens.press(message.address, message.key)
        return is_second or self._screens.is_unread(message.address)

    async def _turn(self, heard: Turned) -> Page:
        self._screens.press(heard.address, heard.key)
        message, language = await self._database.read(partial(self._kept, heard))
        if not message or not message.reply:
            return self._in_words("help.unknown_button"), ()
        return self._page(message.key, from_json(message.reply), language, heard.page)

    async def _await(self, heard: Awaited) -> Page:
        """It may be in hand here or in another process, or be left by one that was killed: the inbox knows."""
        while True:
            message, language = await self._database.read(partial(self._kept, heard))
            if message and message.reply:
                return self._page(message.key, from_json(message.reply), language)
            if not message and heard.key not in self._in_hand:
                return self._in_words("help.unknown_button"), ()
            await asyncio.sleep(LOOK)

    def _kept(self, heard: Turned | Awaited, tx: Transaction) -> tuple[Message | None, str]:
        """The message, as long as this address said it, and the resident's language."""
        message = inbox.find(tx, NAME, heard.key)
        is_own = message and message.address == heard.address
        return message if is_own else None, self._language(heard.address, tx)

    def _language(self, address: str, tx: Transaction) -> str:
        resident = residents.find(tx, NAME, address)
        return resident.language if resident else self._organization.language

    def _page(self, key: str, reply: Reply, language: str, number: int = 0) -> Page:
        file_url = f"{self._organization.public_url}/kakao/files/{key}/{_signature(self._secrets[0], key)}"
        shown = pages(reply, key, file_url, self._writing(language))
        number = min(number, len(shown) - 1)
        return shown[number], told_on(shown[: number + 1], reply)

    async def _patience(self, heard: Incoming | Turned | Awaited) -> Answer:
        """What is asked for again must be known then, even if this process is killed in between."""
        if isinstance(heard, Incoming):
            storing = asyncio.create_task(self._answering.store([heard]))
            await asyncio.wait({storing}, timeout=STORE)
            if not storing.done():
                storing.add_done_callback(_note_unstored)
            elif error := storing.exception():
                raise error
        extra = heard.extra if isinstance(heard, Turned) else {"again": heard.key}
        writing = self._writing(self._organization.language)
        return in_words(writing.say("kakao.wait"), quick_reply(writing.say("kakao.again"), extra, writing))

    async def _finish(self, seconds: float) -> None:
        if self._in_hand:
            await asyncio.wait(self._in_hand.values(), timeout=seconds)

    def _failed(self, error: Exception) -> Answer:
        """What the database ails from is no bug: it is asked for again, and what was stored is answered by then."""
        if ailments.of(error):
            log.exception("message not answered channel=%s", NAME)
            return self._in_words(problems.BROKEN.key)
        reference = secrets.token_hex(4)
        metrics.BUGS.labels(NAME).inc()
        log.exception("bug reference=%s channel=%s", reference, NAME)
        return self._in_words("help.bug", reference=reference)

    def _in_words(self, key: str, **data: str) -> Answer:
        return in_words(self._say(self._organization.language)(key, **data))

    def _writing(self, language: str) -> Writing:
        return Writing(self._settings.block_id, self._say(language))

    def _say(self, language: str) -> Callable[..., str]:
        return partial(texts.say, language, **self._organization.named_in(language))

    def _is_known(self, given: str) -> bool:
        return any(_is_same(given, secret) for secret in self._secrets)


def _note_unstored(storing: asyncio.Task[Any]) -> None:
    """Nobody waits for it any more."""
    if not storing.cancelled() and (error := storing.exception()):
        log.error("message not stored channel=%s", NAME, exc_info=error)


def _is_same(given: str, secret: str) -> bool:
    """Takes the same time wherever they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def _signature(secret: str, key: str) -> str:
    return hmac.new(secret.encode(), f"file {key}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def _pressed_screen(message: Incoming, since: datetime, tx: Transaction) -> Reply | None:
    """The newest reply, if it offers what is pressed, or this was pressed to get it; else an older one was meant."""
    said = inbox.history(tx, NAME, message.address, since, limit=SCREENS)[::-1]
    led_to_it = [each.body.get("path") for each in takewhile(lambda each: each.reply == said[0].reply, said)]
    newest = from_json(said[0].reply) if said else Reply("")
    offered = [button.path for button in newest.all_buttons]
    return newest if message.said.path in (*offered, *led_to_it) else None


def _file(key: str, tx: Transaction) -> File | None:
    message = inbox.find(tx, NAME, key)
    return from_json(message.reply).file if message and message.reply else None
