"""An incoming message becomes its reply: the inbox, one transaction, refusals and bugs."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any
from weakref import WeakValueDictionary

from prometheus_client import Counter, Histogram

from bot import metrics
from bot.messages.incoming import Incoming
from handlers.clock import notices
from handlers.dialogue.chat import Chat
from handlers.dialogue.conversation import Said, respond
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Missed, Reply, from_json, to_json
from handlers.dialogue.router import router
from storage.database import Database, Transaction, is_retryable
from storage.dialogue import inbox
from storage.engine import ailments
from storage.notices import visits
from storage.people import reaching, residents
from storage.people.residents import Resident

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # how long a message that we took is ours before another process may take it
MOST_IN_FORM = 100_000  # chats of which we remember that they are asked something


Write = Callable[[Incoming, Reply, str | None, Transaction], None]
Viewed = tuple[Reply, int]  # and the id of the resident who is shown it, or 0


class Answering:
    """Stores what comes in, answers it once, and remembers the reply beside it."""

    def __init__(
        self, database: Database, organization: Organization, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.database = database
        self.organization = organization
        self.now = now
        self._in_form: set[tuple[str, str]] = set()
        self._chats: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def store(self, messages: Sequence[Incoming]) -> list[Incoming]:
        """Keep messages before their channel is told that we have them; those that are new, in order."""
        rows, now = [each.row for each in messages], self.now()
        new = await self.database.write(lambda tx: inbox.store(tx, rows, now, now + LEASE))
        return [each for each in messages if each.key in new]

    async def answer(self, message: Incoming) -> Reply:
        """The reply, the same each time for the same key; its effect is durable when this returns."""
        with _measured(message):
            viewed = await self._viewed(message)
            reply = viewed[0] if viewed else await self.database.write(partial(self._act, message, self._answer))
        self._note_form(message, reply)
        return reply

    async def converse(self, message: Incoming) -> Reply:
        """The same, kept and settled in one unit of work: for channels whose reply answers the request itself.

        Killed before that, nothing has happened: the request is made again with the same key, or was stored before.
        """
        async with self.in_order(message.channel, message.address):
            with _measured(message):
                viewed = await self._viewed(message)
                keep = partial(self._keep_viewed, *viewed) if viewed else partial(self._act, write=self._keep)
                reply = await self.database.write(lambda tx: keep(message, tx=tx))
            self._note_form(message, reply)
            return reply

    async def answer_with(self, message: Incoming, reply: Reply) -> Reply:
        """Keep this as the reply to something that isn't acted on, unless it has one; said again, it has the same."""
        unsaid = replace(message, body={})
        return await self.database.write(partial(self._answer_with, unsaid, reply))

    def _answer_with(self, message: Incoming, reply: Reply, tx: Transaction) -> Reply:
        answered = self._answered(message, tx)
        if answered:
            return answered
        self._keep(message, reply, reply.form or reply.left or None, tx)
        return reply

    async def settle(
        self, message: Incoming, reply: Reply, failure: str | None = None, has_arrived: bool = False
    ) -> None:
        """The reply has left, or never will (`failure`); what it told first counts when it is known to have arrived."""
        written, now = to_json(reply), self.now()
        told = [each.id for each in reply.missed]

        def settle(tx: Transaction) -> None:
            if reply.erases:
                return inbox.let_go(tx, message.channel, message.key, now)
            inbox.settle(tx, message.channel, message.key, now, written, failure)
            if has_arrived:
                visits.see(tx, told, now)
            elif failure:
                visits.tell_again(tx, told)
            return None

        await self.database.write(settle)

    async def note_told(self, told: Iterable[Missed]) -> None:
        """These have been seen by whom they concern."""
        ids, now = [each.id for each in told], self.now()
        is_news = bool(ids) and await self.database.read(lambda tx: visits.are_unseen(tx, ids))
        if is_news:
            await self.database.write(lambda tx: visits.see(tx, ids, now))

    async def note_reachable(self, channel: str, address: str, is_reachable: bool) -> None:
        """Whether this address can be written to, as it tells itself by how it writes."""
        if await self.database.read(lambda tx: reaching.is_marked(tx, channel, address, not is_reachable)):
            await self.database.write(lambda tx: reaching.mark_reachable(tx, channel, address, is_reachable))

    async def excuse(self, message: Incoming) -> Reply:
        """What is said in place of a reply that the channel will never take."""
        return await self.database.read(partial(self._excuse, message))

    def _excuse(self, message: Incoming, tx: Transaction) -> Reply:
        resident = residents.find(tx, message.channel, message.address) or Resident(0, self._guess(message))
        chat = Chat(tx, resident, self.now(), message.channel, message.address, self.organization)
        return chat.page("help.not_shown")

    async def postpone(self, message: Incoming, delay: timedelta, failure: str) -> None:
        due_at = self.now() + delay
        await self.database.write(lambda tx: inbox.postpone(tx, message.channel, message.key, due_at, failure))

    async def lose(self, message: Incoming) -> None:
        """Nothing can be sent to where this was said any more."""
        await self.database.write(lambda tx: reaching.mark_reachable(tx, message.channel, message.address, False))

    async def preview(self, channel: str, address: str, path: str, language: str = "") -> Reply:
        """What a path shows to somebody who hasn't said anything yet; nothing is stored."""
        message = Incoming(channel, "", address, Said(path=path), None, language)
        viewed = await self._view(message)
        assert viewed is not None
        return viewed[0]

    @asynccontextmanager
    async def in_order(self, channel: str, address: str) -> AsyncIterator[None]:
        """One message of a chat at a time, in the order of asking; chats go side by side."""
        lock = self._chats.setdefault((channel, address), asyncio.Lock())
        async with lock:
            yield

    async def _viewed(self, message: Incoming) -> Viewed | None:
        """The reply; None when it takes a transaction that can write."""
        return None if self._surely_writes(message) else await self._view(message)

    def _surely_writes(self, message: Incoming) -> bool:
        """A guess that saves a look: a wrong one only costs a transaction that could have been a view."""
        path = message.said.path
        if not path:
            return (message.channel, message.address) in self._in_form
        action = router.at(path)
        return action is not None and action.route.writes

    def _note_form(self, message: Incoming, reply: Reply) -> None:
        here = (message.channel, message.address)
        if reply.erases:
            self._in_form.clear()  # the other chats of whoever was erased stand there, too
        elif reply.form and len(self._in_form) < MOST_IN_FORM:
            self._in_form.add(here)
        else:
            self._in_form.discard(here)

    async def _view(self, message: Incoming) -> Viewed | None:
        return await self.database.read(partial(self._look, message))

    def _look(self, message: Incoming, tx: Transaction) -> Viewed | None:
        resident = residents.find(tx, message.channel, message.address) or Resident(0, self._guess(message))
        reply = self._answered(message, tx) or self._respond(message, tx, resident, False)
        return (reply, resident.id) if reply else None

    def _guess(self, message: Incoming) -> str:
        return message.language or self.organization.language

    def _act(self, message: Incoming, write: Write, tx: Transaction) -> Reply:
        here = (message.channel, message.address)
        resident = residents.lock_at(tx, *here)
        if answered := self._answered(message, tx):  # before we get to know anew whom it erased
            return answered
        if resident is None:
            resident = residents.welcome(tx, *here, self._guess(message), self.now())
            if answered := self._answered(message, tx):  # another process met them first, by the same message
                return answered
        reply = self._respond(message, tx, resident, True)
        assert reply is not None
        write(message, reply, reply.form or reply.left or None, tx)
        return reply

    def _keep_viewed(self, reply: Reply, seen_by: int, message: Incoming, tx: Transaction) -> Reply:
        """Anew where they were erased meanwhile from another chat of theirs: nothing of that may come back."""
        if residents.hold_address(tx, message.channel, message.address) != seen_by:
            viewed = self._look(message, tx)
            if viewed is None:
                return self._act(message, self._keep, tx)
            reply, _ = viewed
        self._keep(message, reply, None, tx)
        return reply

    def _answer(self, message: Incoming, reply: Reply, form: str | None, tx: Transaction) -> None:
        if reply.erases:
            return self._keep_last(message, reply, tx)
        inbox.answer(tx, message.channel, message.key, to_json(reply), form)
        if reply.forgets:
            inbox.forget_said(tx, message.channel, message.key, _unsaid(message))
        return None

    def _keep(self, message: Incoming, reply: Reply, form: str | None, tx: Transaction) -> None:
        if reply.erases:
            self._keep_last(message, reply, tx)
            return inbox.let_go(tx, message.channel, message.key, self.now())
        kept = replace(message, body=_unsaid(message)) if reply.forgets else message
        return inbox.keep(tx, kept.row, self.now(), to_json(reply), form)

    def _keep_last(self, message: Incoming, reply: Reply, tx: Transaction) -> None:
        """So that it leaves even if we die, and is said alike when it is asked for once more."""
        now = self.now()
        inbox.keep_last(tx, message.channel, message.key, message.address, to_json(reply), now, now + LEASE)

    def _answered(self, message: Incoming, tx: Transaction) -> Reply | None:
        written = inbox.reply_to(tx, message.channel, message.key)
        return from_json(written) if written else None

    def _respond(self, message: Incoming, tx: Transaction, resident: Resident, can_write: bool) -> Reply | None:
        here = (message.channel, message.address, self.organization, message.source)
        chat = Chat(tx, resident, self.now(), *here)
        try:
            reply = respond(chat, message.said, can_write)
            if reply is None or not notices.are_waiting(chat):
                return reply
        except Exception as error:
            if _must_pass(error):
                raise
            return _bug(chat, message)
        return _telling_first(chat, reply) if can_write else None


def _must_pass(error: Exception) -> bool:
    """The database wants it begun anew, is away or full, which is no bug: it is answered once that is over."""
    return is_retryable(error) or ailments.of(error) is not None


def _unsaid(message: Incoming) -> Any:
    """What its channel needs to answer it, without what was said."""
    return {name: value for name, value in message.body.items() if name != "text"}


@contextmanager
def _measured(message: Incoming) -> Iterator[None]:
    answered, seconds = _of_channel(message.channel)
    answered.inc()
    with seconds.time():
        yield


@cache
def _of_channel(channel: str) -> tuple[Counter, Histogram]:
    return metrics.MESSAGES.labels(channel), metrics.SECONDS.labels(channel)


def _telling_first(chat: Chat, reply: Reply) -> Reply:
    """With what waited to be told; a bug in that takes nothing from the answer, which tells of what was done."""
    try:
        with chat.tx.begin_nested():
            return notices.tell_first(chat, reply)
    except Exception as error:
        if _must_pass(error):
            raise
        log.exception("bug in missed notices channel=%s", chat.channel)
        return reply


def _bug(chat: Chat, message: Incoming) -> Reply:
    reference = secrets.token_hex(4)
    metrics.BUGS.labels(message.channel).inc()
    action = router.at(message.said.path)
    route = action.route.template if action else "-"  # not the path: it may hold the answer to a secret question
    log.exception("bug reference=%s channel=%s route=%s", reference, message.channel, route)
    return chat.reply("help.bug", links=[chat.button("menu", "menu")], reference=reference)
