"""What is decided before a notice leaves, in one transaction each: by which way, what it says, what became of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot import metrics
from bot.messages.delivery import Way
from handlers.clock import notices
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from storage import reasons
from storage.database import Transaction, hold
from storage.notices import outbox
from storage.notices.outbox import NEWS, Owed
from storage.people import reaching, residents
from storage.people.reaching import Carried, Reached
from storage.reasons import Reason
from storage.states import NoticeOutcome
from storage.ways import dispatches, spending


class Leaving:
    """What is chosen and worded for one notice; nothing here waits for a network."""

    def __init__(
        self,
        organization: Organization,
        now: Callable[[], datetime],
        ways: Mapping[str, Way],
        must_wait: Callable[[], bool],
    ) -> None:
        self._organization = organization
        self._now = now
        self._ways = ways
        self.must_wait = must_wait

    def choose(self, owed: Owed, tx: Transaction) -> Reached | str:
        """Where it leaves for whom it is for by now, or why it leaves by no way: none carries it that hasn't failed."""
        resident_id = outbox.whose(tx, owed.id) or owed.resident_id
        failed = dispatches.failed_ways(tx, owed.id)
        why: str = next(reversed(failed.values()), Reason.NO_ADDRESS)
        for each in _ways_to(tx, resident_id, list(self._ways), owed):
            if each.way in failed or owed.address_id not in (None, each.address_id):
                continue
            if self._may_cost(tx, owed, each.way):
                return each
            why = Reason.CEILING
        return why

    def _may_cost(self, tx: Transaction, owed: Owed, way: str) -> bool:
        """The ceiling stops news, and nothing that is owed to somebody for what they do here."""
        ceiling, price = self._organization.pushes.monthly_ceiling * spending.WON, self._ways[way].price
        if not ceiling or not price or owed.rank != NEWS:
            return True
        month = spending.month_of(self._now(), self._organization.timezone)
        return spending.since(tx, month) + price <= ceiling

    def prepare(self, owed: Owed, to: Reached, tx: Transaction) -> Any | None:
        """What is true now, as it leaves by this way; from the commit on it counts as being sent."""
        now, way = self._now(), self._ways[to.way]
        held = outbox.hold(tx, owed.id)
        if held is None or held.is_paused or self.must_wait():
            return None
        if owed.expires_at <= now:
            settled(tx, owed, "expired", now, Reason.TOO_OLD)
            return None
        chat = self._chat_about(tx, held.resident_id, to)
        if chat is None:  # the chat has become somebody else's since it was chosen
            outbox.again(tx, owed.id, now, reasons.write(Reason.UNREACHABLE, to.way))
            return None
        reply = notices.word(chat, owed)
        if reply is None:
            settled(tx, owed, "cancelled", now, Reason.UNTRUE)
            return None
        return self._begun(tx, chat, owed, to, reply) if way.tells_later else self._started(tx, chat, owed, to, reply)

    def _started(self, tx: Transaction, chat: Chat, owed: Owed, to: Reached, reply: Reply, dispatch: int = 0) -> Any:
        outbox.start(tx, owed.id, to.way, self._now())
        return self._ways[to.way].pusher.dress(chat, owed, reply, dispatch)

    def _begun(self, tx: Transaction, chat: Chat, owed: Owed, to: Reached, reply: Reply) -> Any | None:
        """By a way that costs money: who looked whether there is some left, and found it, keeps others from looking."""
        now, way = self._now(), self._ways[to.way]
        if to not in _ways_to(tx, chat.resident.id, [to.way], owed):  # their consent was taken back since it was chosen
            outbox.again(tx, owed.id, now, reasons.write(Reason.UNREACHABLE, to.way))
            return None
        if owed.rank == NEWS:
            hold(tx, spending.CEILING)
        if not self._may_cost(tx, owed, to.way):
            outbox.again(tx, owed.id, now, Reason.CEILING)
            return None
        dispatch = dispatches.begin(tx, owed, to.way, way.price, now)
        if dispatch is None:
            return None
        said = self._started(tx, chat, owed, to, reply, dispatch)
        if said is None:
            dispatches.end(tx, owed.id, "failed", now, Reason.NO_TEMPLATE)
            outbox.again(tx, owed.id, now, Reason.NO_TEMPLATE)
        return said

    def _chat_about(self, tx: Transaction, resident_id: int, to: Reached) -> Chat | None:
        """None where this address doesn't reach them any more: another is looked for at the next turn."""
        if not to.address_id:
            return Chat(tx, residents.by_id(tx, resident_id), self._now(), to.way, to.address, self._organization)
        speaker = residents.find(tx, to.way, to.address) or residents.by_id(tx, resident_id)
        chat = Chat(tx, speaker, self._now(), to.way, to.address, self._organization)
        return on_behalf.find(chat, resident_id)


def _ways_to(tx: Transaction, resident_id: int, ways: Sequence[str], owed: Owed) -> list[Reached]:
    carried = Carried(owed.kind, is_news=owed.rank == NEWS)
    return reaching.ways_to(tx, [resident_id], ways, carried).get(resident_id, [])


def taken_back(owed: Owed, due_at: datetime, reason: str, tx: Transaction) -> None:
    dispatches.take_back(tx, owed.id)
    outbox.again(tx, owed.id, due_at, reason)


def failed(owed: Owed, now: datetime, reason: str, tx: Transaction) -> None:
    dispatches.end(tx, owed.id, "failed", now, reason)
    outbox.again(tx, owed.id, now, reason)


def anew(owed: Owed, prepare: Callable[[Transaction], Any | None], tx: Transaction) -> Any | None:
    dispatches.take_back(tx, owed.id)
    outbox.take_back(tx, owed.id)
    return prepare(tx)


def lose(tx: Transaction, before: datetime, now: datetime) -> int:
    dispatches.lose(tx, before, now)
    return outbox.give_up_started(tx, before, now)


def settled(
    tx: Transaction, owed: Owed, outcome: NoticeOutcome, now: datetime, reason: str | None, message: str | None = None
) -> None:
    metrics.NOTICES.labels(owed.kind, outcome).inc()
    if outcome == "unknown":
        dispatches.end(tx, owed.id, "unknown", now, reason)
    outbox.settle(tx, owed.id, outcome, now, reason, message)
