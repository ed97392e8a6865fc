"""Looking after the account: which texts are approved by now, and how much money is left."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot import metrics
from bot.sections import AlimTalk
from bot.ways.calls import CallError
from bot.ways.solapi import client
from bot.ways.solapi.client import Client, Refused
from handlers.notices import templates as texts
from storage.database import Database
from storage.people.reaching import ALIMTALK
from storage.ways import templates
from storage.ways.templates import Approved, Status

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
AGAIN = timedelta(minutes=5)  # where the dealer told nothing
_STATUSES: Mapping[str, Status] = {
    "PENDING": "pending",
    "INSPECTING": "pending",
    "APPROVED": "approved",
    "REJECTED": "rejected",
}
_BEST_FIRST: Sequence[Status] = ("approved", "pending", "rejected", "stopped")


class Looking:
    def __init__(self, settings: AlimTalk, client: Client, database: Database, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._client = client
        self._database = database
        self._now = now
        self._next: datetime | None = None

    async def look(self) -> None:
        """Once an hour, and at the start."""
        if self._next and self._now() < self._next:
            return
        self._next = self._now() + EVERY
        for each in (self._look_for_money, self._look_for_templates):
            try:
                await each()
            except (CallError, Refused) as error:
                self._next = self._now() + AGAIN
                log.warning("AlimTalk's account not seen error=%s: %s", type(error).__name__, error)

    async def _look_for_money(self) -> None:
        metrics.ALIMTALK_BALANCE.set(balance(await self._client.ask(client.BALANCE)))

    async def _look_for_templates(self) -> None:
        found = await self._client.pages(client.TEMPLATES, "templateList", channelId=self._settings.channel)
        await self._keep([each for each in found if each.get("channelId") in (None, self._settings.channel)])

    async def _keep(self, found: Sequence[Mapping[str, Any]]) -> None:
        now = self._now()
        known = [approved(kind, name, found, now) for kind, name in texts.NAMED.items()]
        await self._database.write(lambda tx: templates.keep(tx, known))


def balance(account: Mapping[str, Any]) -> float:
    """Money and points, which are spent alike; won."""
    held = (account.get("balance"), account.get("point"))
    return float(sum(each for each in held if isinstance(each, int | float)))


def approved(kind: str, name: str, found: Sequence[Mapping[str, Any]], now: datetime) -> Approved:
    """What the account has for a kind: as a text can't be changed once approved, a later one is called "… v2"."""
    named = re.compile(rf"{re.escape(name)}( ?v\d+)?")
    those = [each for each in found if named.fullmatch(str(each.get("name", "")).strip())]
    those.sort(key=lambda each: str(each.get("dateCreated", "")), reverse=True)
    those.sort(key=lambda each: _BEST_FIRST.index(_status(each)))
    if not those:
        return texts.found_at_sender(ALIMTALK, kind, "", "", "missing", now)
    best = those[0]
    code, text = str(best.get("templateId", "")), str(best.get("content", ""))
    return texts.found_at_sender(ALIMTALK, kind, code, text, _status(best), now)


def _status(found: Mapping[str, Any]) -> Status:
    return _STATUSES.get(str(found.get("status", "")).upper(), "stopped")
