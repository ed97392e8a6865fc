"""Sending AlimTalk: what is owed at about the same time leaves in one call, and each hears what became of its own."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.messages.delivery import DeliveryError, Later, Pushed, Undeliverable, Unknown, backoff
from bot.sections import AlimTalk
from bot.ways.calls import Unanswered, Unsent
from bot.ways.solapi import codes, letters
from bot.ways.solapi.client import Answer, Client, objects
from bot.ways.solapi.codes import Meaning
from bot.ways.solapi.letters import MARK, Letter
from bot.ways.solapi.stopping import Stopping
from bot.ways.together import Together
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from storage.database import Database
from storage.notices.outbox import Owed
from storage.reasons import Reason

log = logging.getLogger(__name__)

LOCKED_OUT = timedelta(minutes=1)  # before trying again where the dealer doesn't know our key
EMPTY = timedelta(minutes=5)  # where the account is empty
BUSY = timedelta(seconds=30)  # where it told us to wait, and not how long
_MALFORMED = (400, 413, 422)


@dataclass(frozen=True)
class Addressed:
    number: str
    letter: Letter


class AlimTalkOut:
    """A call has each number once, as the dealer refuses the second; two for one number go in two calls."""

    def __init__(
        self,
        settings: AlimTalk,
        client: Client,
        database: Database,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._client = client
        self._digest = database.seal.digest
        self._now = now
        self._stopping = Stopping(database, now)
        self._together: Together[Addressed, Pushed] = Together(self._call)
        self._resting_until: datetime | None = None
        self._complained: set[str] = set()

    def dress(self, chat: Chat, owed: Owed, reply: Reply, dispatch: int) -> Letter | None:  # noqa: ARG002
        return letters.written(self._digest, chat, owed, dispatch)

    async def push(self, address: str, said: Letter, attempt: int) -> Pushed:
        number = letters.number(address)
        try:
            return await self._together.send("", Addressed(number, said), to=number)
        except Unsent as error:
            raise Later(timedelta(seconds=backoff(attempt)), Reason.NOT_SENT, str(error)) from None

    def rests_until(self, _is_news: bool, now: datetime) -> datetime | None:
        """While the dealer takes nothing from us, nothing is tried."""
        return self._resting_until if self._resting_until and self._resting_until > now else None

    async def finish(self) -> None:
        await self._together.finish()

    async def _call(self, group: Sequence[Addressed]) -> Sequence[Pushed | Exception]:
        """It raises nothing: of a call that is made in two halves each knows its own outcome."""
        try:
            answer = await self._client.send(self._body(group))
        except Unsent as error:
            return [error] * len(group)
        except Unanswered as error:
            return [Unknown(Reason.NO_ANSWER, str(error))] * len(group)
        if answer.status == 200:
            return await self._outcomes(group, answer.data)
        if _is_malformed(answer) and len(group) > 1:  # one of them spoils it for all, and none has left
            middle = len(group) // 2
            return [*await self._call(group[:middle]), *await self._call(group[middle:])]
        return [self._refusal(answer)] * len(group)

    def _body(self, group: Sequence[Addressed]) -> dict[str, Any]:
        messages = [each.letter.to(each.number, self._settings) for each in group]
        return {"messages": messages, "allowDuplicates": False, "showMessageList": True}

    async def _outcomes(self, group: Sequence[Addressed], data: Mapping[str, Any]) -> Sequence[Pushed | Exception]:
        group_info = _object(data.get("groupInfo"))
        batch = _text(group_info, "groupId") or _text(group_info, "_id")
        refused, taken = objects(data.get("failedMessageList")), objects(data.get("messageList"))
        outcomes: list[Pushed | Exception] = []
        for each in group:
            found = _of(each, [*refused, *taken]) or ({} if "messageList" in data else {"statusCode": "2000"})
            outcomes.append(self._outcome(found, batch, is_refused=found in refused))
        await self._stopping.stop(
            (each.letter.kind, code)
            for each in group
            if codes.meaning(code := _text(_of(each, refused), "statusCode")) is Meaning.TEMPLATE
        )
        return outcomes

    def _outcome(self, found: Mapping[str, Any], batch: str, is_refused: bool) -> Pushed | DeliveryError:
        code = _text(found, "statusCode")
        meaning = codes.meaning(code)
        if not is_refused and found and batch and meaning in (Meaning.ON_ITS_WAY, Meaning.DELIVERED):
            self._complained.clear()
            return Pushed(_text(found, "messageId"), batch)
        if not is_refused and meaning in (Meaning.ON_ITS_WAY, Meaning.DELIVERED):
            return Unknown(Reason.NO_ANSWER, "접수 결과가 없음")
        if meaning is Meaning.BALANCE:
            return self._rest(EMPTY, Reason.NO_BALANCE, codes.said(code))
        if meaning is Meaning.PASSING:
            return Later(BUSY, Reason.NOT_SENT, codes.said(code))
        if code in codes.ABOUT_US:
            self._complain(codes.said(code))
        return Undeliverable(codes.reason(code), codes.said(code))

    def _refusal(self, answer: Answer) -> DeliveryError:
        """Of a whole call."""
        if answer.status >= 500:
            return Unknown(Reason.NO_ANSWER, answer.error)
        if _is_about_money(answer):
            return self._rest(EMPTY, Reason.NO_BALANCE, answer.error)
        if answer.status == 429:
            wait = timedelta(seconds=answer.wait) if answer.wait else BUSY
            return self._rest(wait, Reason.TOLD_TO_WAIT, answer.error)
        if answer.status in (401, 403):
            return self._rest(LOCKED_OUT, Reason.UNKNOWN_TOKEN, answer.error)
        if _is_malformed(answer):
            self._complain(answer.error)
            return Undeliverable(Reason.REFUSED, answer.error)
        return self._rest(LOCKED_OUT, Reason.NOT_SENT, answer.error)  # nobody is there who takes messages

    def _rest(self, wait: timedelta, reason: Reason, detail: str) -> Later:
        self._resting_until = self._now() + wait
        self._complain(detail)
        return Later(wait, reason, detail)

    def _complain(self, detail: str) -> None:
        """Once, until something goes well again: an operator has to see to it."""
        if detail not in self._complained:
            self._complained.add(detail)
            log.error("AlimTalk isn't taken by the dealer reason=%s", detail)


def _is_about_money(answer: Answer) -> bool:
    return answer.status == 402 or "Balance" in answer.error


def _is_malformed(answer: Answer) -> bool:
    return answer.status in _MALFORMED and not _is_about_money(answer)


def _of(each: Addressed, found: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What the dealer says of one: by our mark, else by its number, which a call has once."""
    by_mark = (one for one in found if _object(one.get("customFields")).get(MARK) == each.letter.mark)
    by_number = (one for one in found if MARK not in _object(one.get("customFields")) and one.get("to") == each.number)
    return next(by_mark, None) or next(by_number, None) or {}


def _object(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return str(value) if isinstance(value, str | int) else ""
