"""Sends notices by the Event API, those of the same words together: what may have arrived is never sent again."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import traits
from bot.messages.delivery import DeliveryError, Gone, Later, Pushed, Undeliverable, Unknown, backoff
from bot.ways.calls import Unanswered, Unsent
from bot.ways.event import wording
from bot.ways.event.calling import Answer, EventCalls
from bot.ways.together import Together
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from storage.database import Transaction
from storage.keys import sealing
from storage.notices.outbox import NEWS, Owed
from storage.reasons import Reason
from storage.ways import doubtful

log = logging.getLogger(__name__)

NAME = traits.KAKAO
UNSURE = 30.0  # seconds of rest when it doesn't know our key, or was asked too often
TROUBLE = 2.0  # seconds of rest after a call whose outcome is unknown, lest a whole queue becomes so
LONGEST_REST = 300.0
DETAIL = 200  # signs of what it says
_KEY = re.compile(r"[!-~]{1,70}")  # of a user; somebody's who left the chat isn't one any more
LONGEST_TASK = 200
UNKNOWN_KEY, TOO_OFTEN = -401, -10  # codes of Kakao's own


class NotTaken(Undeliverable):
    """A call was refused for good: perhaps for one of those it names."""


@dataclass(frozen=True)
class Said:
    """`digest` stands for whom it is said to; who is `alone` shares no call with anybody."""

    text: str
    digest: str
    is_alone: bool


@dataclass(frozen=True)
class One:
    text: str
    user: str


def digest(tx: Transaction, user: str) -> str:
    """By which the outcome is found of what was said to somebody; their key itself is written down nowhere."""
    return sealing.of(tx).digest("kakao event", user)


class EventPush:
    """After trouble it rests, ever longer, until something gets through again."""

    def __init__(self, calls: EventCalls, now: Callable[[], datetime]) -> None:
        self._calls = calls
        self._now = now
        self._together: Together[One, str] = Together(self._send)
        self._rests_until: datetime | None = None
        self._rests = 0  # in a row
        self._is_known = True  # as far as we know

    @property
    def rests_until(self) -> datetime | None:
        """Nothing leaves before."""
        return self._rests_until

    def dress(self, chat: Chat, owed: Owed, reply: Reply, dispatch: int) -> Said:  # noqa: ARG002
        text, mark = wording.text(chat, reply, owed.rank == NEWS), digest(chat.tx, chat.address)
        return Said(text, mark, doubtful.is_in_doubt(chat.tx, NAME, chat.address, mark))

    async def push(self, address: str, said: Said, attempt: int) -> Pushed:
        """Raises Later, Gone, Undeliverable, or Unknown when it may have arrived."""
        if not _KEY.fullmatch(address):
            raise Gone
        alike = (said.text, address if said.is_alone else "")
        try:
            task = await self._together.send(alike, One(said.text, address), to=address)
        except Unsent as unsent:
            raise Later(timedelta(seconds=backoff(attempt)), Reason.NOT_SENT) from unsent
        return Pushed(said.digest, task)

    async def finish(self) -> None:
        await self._together.finish()

    async def _send(self, group: Sequence[One]) -> list[str | Exception]:
        """A call that is refused and names many is made anew for each half: so it is found whom that was about."""
        try:
            task = await self._talk(group[0].text, [one.user for one in group])
        except NotTaken as refused:
            if len(group) == 1:
                return [refused]
            middle = len(group) // 2
            return [*await self._send(group[:middle]), *await self._send(group[middle:])]
        except (Unsent, DeliveryError) as error:
            return [error] * len(group)
        return [task] * len(group)

    async def _talk(self, text: str, users: Sequence[str]) -> str:
        """The task; raises Unsent or a DeliveryError."""
        try:
            answer = await self._calls.talk(text, users)
        except Unanswered as lost:
            self._rest(TROUBLE)
            raise Unknown(Reason.NO_ANSWER, str(lost)) from lost
        task = self._task(answer, users)
        self._rests_until, self._rests, self._is_known = None, 0, True
        return task

    def _task(self, answer: Answer, users: Sequence[str]) -> str:
        status, code = answer.status, answer.body.get("code")
        if status in (401, 403) or code == UNKNOWN_KEY:
            raise self._unknown_key(status)
        if status == 429 or code == TOO_OFTEN:
            raise Later(self._rest(_seconds(answer.retry_after)), Reason.TOLD_TO_WAIT)
        if 400 <= status < 500 and status != 408:
            raise NotTaken(Reason.REFUSED, self._told(answer, users))
        if status != 200 or "status" not in answer.body:
            self._rest(TROUBLE)
            raise Unknown(Reason.NO_ANSWER, f"HTTP {status}")
        if answer.body["status"] != "SUCCESS":
            raise NotTaken(Reason.REFUSED, self._told(answer, users))
        task = answer.body.get("taskId")
        if not isinstance(task, str) or not 0 < len(task) <= LONGEST_TASK:
            raise Unknown(Reason.NO_ANSWER, "no taskId")
        return task

    def _unknown_key(self, status: int) -> Later:
        if self._is_known:
            log.error("the Event API doesn't know our key status=%s", status)
        self._is_known = False
        return Later(self._rest(UNSURE), Reason.UNKNOWN_TOKEN)

    def _told(self, answer: Answer, users: Sequence[str]) -> str:
        words = answer.body.get("message") or answer.body.get("msg") or f"HTTP {answer.status}"
        return self._calls.without_secrets(str(words), *users)[:DETAIL]

    def _rest(self, seconds: float) -> timedelta:
        """Twice as long each time, until something gets through; of what is refused meanwhile nothing is new."""
        now = self._now()
        if self._rests_until is None or self._rests_until <= now:
            self._rests_until = now + timedelta(seconds=min(seconds * 2**self._rests, LONGEST_REST))
            self._rests = min(self._rests + 1, 10)
        return self._rests_until - now


def _seconds(retry_after: str) -> float:
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else UNSURE
