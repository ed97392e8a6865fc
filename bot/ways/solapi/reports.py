"""What the dealer tells of messages, asked or by itself: which dispatch each is about, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.sections import AlimTalk
from bot.ways import results
from bot.ways.results import Result
from bot.ways.solapi import codes, letters
from bot.ways.solapi.codes import Meaning
from bot.ways.solapi.letters import MARK, Digest
from bot.ways.solapi.stopping import Stopping
from storage.database import Database, Transaction
from storage.people.reaching import ALIMTALK
from storage.ways import dispatches, spending
from storage.ways.dispatches import Dispatch, DispatchOutcome

TEXTS = ("SMS", "LMS", "MMS")
TEXT_FOLLOWS = timedelta(minutes=15)  # for which a message that failed in KakaoTalk may still come as a text message


@dataclass(frozen=True)
class Report:
    """Of one message; what isn't told is ""."""

    mark: str
    message: str
    group: str
    code: str
    type: str


def read(found: Mapping[str, Any]) -> Report:
    """A message as the dealer tells of it: alone, or as the `data` of an event."""
    told = found.get("data") if isinstance(found.get("data"), dict) else found
    assert isinstance(told, Mapping)
    fields = told.get("customFields")
    mark = fields.get(MARK) if isinstance(fields, dict) else ""
    message = told.get("messageId") or told.get("_id")
    values = (mark, message, told.get("groupId"), told.get("statusCode"), told.get("type"))
    return Report(*(each if isinstance(each, str) and len(each) <= 100 else "" for each in values))


class Reporting:
    """Whoever brings it and however often, what is told of a message counts once."""

    def __init__(self, settings: AlimTalk, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._digest = database.seal.digest
        self._now = now
        self._text_cost = int(settings.text_price * spending.WON)
        self._may_come_as_text = bool(settings.text_from)
        self._stopping = Stopping(database, now)

    async def take(self, reports: Sequence[Report]) -> int:
        """Tell how many were news. Whether one is ours is told by its mark, or by the message and group we know."""
        found = await self._database.read(partial(_found, reports, self._digest)) if reports else []
        told = [(about, report, result) for about, report in found if (result := self._result(about, report))]
        in_order = sorted((result for *_, result in told), key=lambda each: each.dispatch)  # as others hold them, too
        settled = await results.note(self._database, self._now, in_order)
        await self._stopping.stop(
            (about.kind, report.code) for about, report, _ in told if codes.meaning(report.code) is Meaning.TEMPLATE
        )
        return settled

    def _result(self, about: Dispatch, report: Report) -> Result | None:
        """None while it is on its way, and where it was known before: what is replayed stops no template either."""
        meaning, is_text = codes.meaning(report.code), report.type in TEXTS
        if meaning is Meaning.ON_ITS_WAY or about.outcome in ("delivered", "failed"):
            return None
        if meaning is Meaning.DELIVERED:
            return Result(about.id, "delivered", cost=self._text_cost if is_text else None, is_text=is_text)
        if not is_text and self._may_come_as_text and self._now() - about.started_at < TEXT_FOLLOWS:
            return None
        outcome: DispatchOutcome = "unknown" if meaning is Meaning.UNSURE else "failed"
        return Result(about.id, outcome, codes.written(report.code), is_text=is_text)


def _found(reports: Sequence[Report], digest: Digest, tx: Transaction) -> list[tuple[Dispatch, Report]]:
    numbers = {number for each in reports if (number := letters.number_of(each.mark)) is not None}
    marked = {each.id: each for each in dispatches.with_ids(tx, numbers)}
    groups = {each.group for each in reports if each.group}
    known = {(batch, each.message_id): each for batch in groups for each in dispatches.of_batch(tx, ALIMTALK, batch)}
    found = []
    for report in reports:
        about = marked.get(letters.number_of(report.mark) or 0)
        is_ours = (
            about and letters.is_ours(digest, report.mark, about) and about.message_id in (None, "", report.message)
        )
        about = about if is_ours else known.get((report.group, report.message)) if report.message else None
        found += [(about, report)] if about else []
    return found
