"""Web chat: reads forms, writes pages, delivers to the pages that are open."""

import json
import logging
import secrets
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channels.web import history, reading, visitor
from bot.channels.web.bounds import Bounds
from bot.channels.web.history import SHOWN
from bot.channels.web.live import A_PROCESS, Bell, Live
from bot.channels.web.reading import NAME, Spoken
from bot.channels.web.visitor import Visitor, Visitors
from bot.channels.web.writing import ChatPages, Fields, Turn, turn_of
from bot.documents import certificates
from bot.http import files, problems, requests
from bot.http.headers import UNBUFFERED, retry_after, shielded
from bot.http.limits import Days, Rates
from bot.http.pages import serve_asset
from bot.http.problems import Problem
from bot.http.requests import client, wants_json
from bot.messages.answering import Answering
from bot.messages.incoming import Incoming
from bot.messages.inflow import Inflow
from bot.traits import TRAITS
from handlers.dialogue.conversation import Said
from handlers.dialogue.reply import Reply, from_json
from handlers.language.letters.spelling import has_hangul
from handlers.residents.welcome import path_of
from storage.notices import visits
from storage.people import residents

log = logging.getLogger(__name__)

SHOWN_FOR = timedelta(hours=12)
ERASED = "/?erased"  # the page of a stranger, who is told that everything is gone
FULL = 30.0  # seconds after which there may be room for another stream


class WebChat:
    """The page, its script, and the streams to the pages that are open."""

    name = NAME
    traits = TRAITS[NAME]
    way = None

    def __init__(
        self,
        answering: Answering,
        by_session: Rates | None = None,
        by_client: Rates | None = None,
        days: Days | None = None,
        most_streams: int = A_PROCESS,
        shown_for: timedelta = SHOWN_FOR,
    ) -> None:
        self._answering = answering
        self._database = answering.database
        self._organization = answering.organization
        self._pages = ChatPages(answering.organization)
        self._visitors = Visitors(answering.database.seal, answering.organization.public_url)
        self._shown_for = shown_for
        self._live = Live(answering.database, NAME, self._tell_due, most_streams)
        self._left = Inflow(NAME, answering, self)
        self._bounds = Bounds(answering.database, by_session, by_client, days)

    def routes(self) -> list[Route]:
        return [
            Route("/", shielded(self.show)),
            Route("/say", shielded(self.say), methods=["POST"]),
            Route("/events", shielded(self.stream)),
            Route("/files/{id}", shielded(self.download)),
            Route("/static/{name:path}", shielded(serve_asset)),
        ]

    async def start(self) -> None:
        await self._left.reclaim()

    async def recover(self) -> None:
        await self._left.recover()

    def close(self) -> None:
        self._live.close()

    async def stop(self, seconds: float) -> None:
        await self._left.drain(seconds)

    async def deliver(self, message: Incoming, reply: Reply) -> bool:  # noqa: ARG002 - pages read it from the inbox
        """Open pages take the reply up as soon as it is stored."""
        self._live.wake(message.address)
        return False

    async def show(self, request: Request) -> Response:
        """The whole conversation. Nothing is stored by looking, but that somebody was told what waited for them."""
        who = await self._who(request) or visitor.new()
        await self._tell_missed([who.address], "start/visit")
        speaks, since = requests.language(request, self._organization.language), self._since()
        said = await self._database.read(lambda tx: history.newest(tx, who.address, speaks, since))
        start = reading.start_of(request)
        turns = [turn_of(message) for message in said.shown]
        if start or not turns:
            turns.append(await self._greeting(who, start, said.language))
            if not said.shown and "erased" in request.query_params:
                turns[-1] = self._erased(turns[-1], said.language)
        fields = Fields(who.token, secrets.token_hex(16), None if turns[-1].id else start, said.language)
        await self._note_told(request, turns)
        response = HTMLResponse(self._pages.chat(fields, turns, len(said.messages) == SHOWN, said.is_simple))
        self._visitors.remember(request, response, who)
        return response

    async def say(self, request: Request) -> Response:
        """A message was typed or a button pressed: 303 back to the page, or JSON for its script."""
        try:
            spoken = await reading.read(request)
        except requests.TooLarge:
            return self._refused(request, problems.TOO_LARGE)
        who = await self._who(request)
        problem = self._problem(request, who, spoken)
        if problem or not who:
            return self._refused(request, problem or problems.FORGED, spoken)
        try:
            if problem := await self._bounds.take(who.address, client(request)):
                return self._refused(request, problem, spoken)
            key, reply = await self._converse(who, spoken, _guessed(request, spoken), client(request))
            if reply.ends_session:
                return await self._leave(request, who, ERASED if reply.erases else "/")
        except Exception:
            log.exception("message not answered channel=%s", NAME)
            self._bounds.give_back(who.address, client(request))
            return self._refused(request, problems.BROKEN, spoken)
        self._live.wake(who.address)
        response: Response = RedirectResponse("/#newest", status_code=303)
        if wants_json(request):
            response = await self._newer(request, who, key, spoken.after)
        self._visitors.remember(request, response, who)
        return response

    async def stream(self, request: Request) -> Response:
        """Server-Sent Events: what is said and answered from now on, or after the last one that was received."""
        who = await self._who(request)
        if who is None:
            return Response(status_code=403)
        has_begun = await self._has_begun(who.address)
        bell = self._live.open(who.address, client(request), is_stranger=not has_begun)
        if bell is None:
            return Response(status_code=429, headers=retry_after(FULL))
        last = request.headers.get("last-event-id") or request.query_params.get("after", "")
        after = reading.number(last)
        events = self._events(who.address, requests.language(request, self._organization.language), after, bell)
        return StreamingResponse(events, media_type="text/event-stream", headers=UNBUFFERED)

    async def download(self, request: Request) -> Response:
        """The file of a reply, for the session that it was given to."""
        who, message_id = await self._who(request), reading.number(request.path_params["id"])
        address = who.address if who else ""
        file = await self._database.read(lambda tx: history.file(tx, address, message_id))
        if file is None:
            return self._refused(request, problems.NO_FILE)
        return files.download(await certificates.made(file))

    async def token(self, request: Request) -> str:
        """What a form of another page of ours needs to say something here; "" of whoever hasn't talked here."""
        who = await self._who(request)
        return who.token if who and await self._has_begun(who.address) else ""

    async def _who(self, request: Request) -> Visitor | None:
        """Whose cookie is ours; one from before they were signed counts where it was talked with."""
        who, unsigned = self._visitors.known(request), self._visitors.unsigned(request)
        if who or not unsigned:
            return who
        is_met = await self._database.read(lambda tx: history.has_met(tx, unsigned.address))
        return unsigned if is_met else None

    def _since(self) -> datetime:
        """What was said before isn't shown any more."""
        return self._answering.now() - self._shown_for

    async def _leave(self, request: Request, who: Visitor, to: str) -> Response:
        """Whoever comes next from this browser is a stranger, also with the cookie of before."""
        await self._database.write(lambda tx: residents.leave(tx, NAME, who.address))
        self._live.end(who.address)
        left = {"left": True, **({"to": to} if to != "/" else {})}
        response = JSONResponse(left) if wants_json(request) else RedirectResponse(to, status_code=303)
        self._visitors.forget(response)
        return response

    async def _tell_due(self, addresses: Collection[str]) -> None:
        """What is owed to those whose page is open is shown there at once."""
        for address in await self._tell_missed(addresses, "start/due"):
            self._live.wake(address)

    async def _tell_missed(self, addresses: Collection[str], path: str) -> Collection[str]:
        """What waits comes first at these, once however often a page is loaded; where there was something."""
        now = self._answering.now()
        newest = await self._database.read(lambda tx: visits.newest_unseen(tx, NAME, addresses, now))
        for address, notice in newest.items():
            await self._answering.converse(_incoming(f"{address}-missed-{notice}", address, Said(path=path), ""))
        return newest

    async def _greeting(self, who: Visitor, start: str, language: str) -> Turn:
        """What `start` will answer once something is said here."""
        words, path = self._pages.words(language), path_of(start)
        reply = await self._answering.preview(NAME, who.address, path or "menu", language)
        text = f"{words('welcome.short')}\n\n{reply.text}" if path else words("welcome.greeting")
        return Turn(0, "", "", replace(reply, text=text))

    def _erased(self, greeting: Turn, language: str) -> Turn:
        gone = self._pages.words(language)("me.erase.gone")
        return replace(greeting, reply=replace(greeting.reply, text=f"{gone}\n\n{greeting.reply.text}"))

    def _problem(self, request: Request, who: Visitor | None, spoken: Spoken) -> Problem | None:
        if not who or not spoken.key or not self._visitors.is_genuine(request, who, spoken.token):
            return problems.FORGED
        if len(spoken.text) > requests.LONGEST_TEXT:
            return problems.TOO_LONG
        return None if spoken.text or spoken.path else problems.EMPTY

    async def _has_begun(self, here: str) -> bool:
        return await self._database.read(lambda tx: history.has_begun(tx, here))

    async def _converse(self, who: Visitor, spoken: Spoken, language: str, source: str) -> tuple[str, Reply]:
        """The key of the message, and its reply."""
        read, here = self._database.read, who.address
        if spoken.start or (spoken.start is not None and not await self._has_begun(here)):
            begun = Said(path=f"start/{spoken.start}" if spoken.start else "start")
            await self._answering.converse(_incoming(spoken.start_key(here), here, begun, "", language))
        said = Said(path=spoken.path) if spoken.path else Said(text=spoken.text)
        label = self._pages.own_label(spoken.path, spoken.language or self._organization.language)
        if spoken.path and not label:
            label = await read(lambda tx: history.label(tx, here, spoken.path))
        key = spoken.message_key(here)
        incoming = replace(_incoming(key, here, said, label, language), source=source)
        return key, await self._answering.converse(incoming)

    async def _newer(self, request: Request, who: Visitor, key: str, after: int) -> Response:
        """The reply to a message, after whatever else the page doesn't show yet."""
        speaks, since = requests.language(request, self._organization.language), self._since()
        work = partial(history.newest_with, address=who.address, language=speaks, since=since, after=after, key=key)
        message, newer = await self._database.read(work)
        turns = [turn_of(each) for each in newer.shown]
        await self._note_told(request, turns)
        return JSONResponse(self._pages.told(message.id, turns, newer.language, newer.is_simple))

    async def _events(self, address: str, speaks: str, after: int, bell: Bell) -> AsyncIterator[str]:
        yield "retry: 3000\n\n"
        sent: set[int] = set()
        async for rang in self._live.wakes(address, bell):
            if not rang:
                yield ":\n\n"
                continue
            work = partial(history.newest, address=address, language=speaks, since=self._since(), after=after)
            newer = await self._database.read(partial(work, without=sent))
            if after and not newer.messages and not await self._has_begun(address):
                yield "event: left\ndata: {}\n\n"  # everything was erased, from another chat or elsewhere
                return
            sent.update(message.id for message in newer.messages)
            for message in newer.shown:
                told = self._pages.told(message.id, [turn_of(message)], newer.language, newer.is_simple)
                yield f"id: {message.id}\ndata: {json.dumps(told)}\n\n"
                await self._answering.note_told(from_json(message.reply).missed)

    async def _note_told(self, request: Request, turns: Sequence[Turn]) -> None:
        """What waited to be told stands on the page, unless it was closed meanwhile."""
        told = [missed for turn in turns for missed in turn.reply.missed]
        if told and not await request.is_disconnected():
            await self._answering.note_told(told)

    def _refused(self, request: Request, problem: Problem, spoken: Spoken | None = None) -> Response:
        language = (spoken and spoken.language) or requests.language(request, self._organization.language)
        say = self._pages.words(language)
        words = say(problem.key, limit=problem.limit)
        headers = retry_after(problem.retry_after)
        if wants_json(request):
            return JSONResponse({"error": words}, problem.status, headers)
        repeated = spoken if problem is not problems.FORGED else None
        text, path = (repeated.text, repeated.path) if repeated else ("", "")
        fields = Fields(spoken.token, spoken.key, spoken.start, language) if spoken else Fields("", "", None, language)
        page = self._pages.problem(fields, say(problem.title), words, text, path)
        return HTMLResponse(page, problem.status, headers)


def _guessed(request: Request, spoken: Spoken) -> str:
    """Whoever writes Hangul reads it, whatever their browser speaks."""
    return "ko" if has_hangul(spoken.text) else spoken.language or requests.language(request, "")


def _incoming(key: str, address: str, said: Said, label: str, language: str = "") -> Incoming:
    body = {"text": said.text, "path": said.path, "label": label, "language": language}
    return Incoming(NAME, key, address, said, body, language)
