"""Tells in the log, once for each, that money for messages is nearly gone, and that it is gone."""

import logging
from collections.abc import Callable
from datetime import datetime

from handlers.calendar.months import Month, month_of
from handlers.dialogue.organization import Organization
from handlers.staff.ways import money
from handlers.staff.ways.money import Level
from storage.database import Database

log = logging.getLogger(__name__)

NAME = "costs"


class Costs:
    """Of one process, which forgets what it told when it ends."""

    def __init__(self, database: Database, organization: Organization, now: Callable[[], datetime]) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._told: tuple[Month | None, set[Level]] = (None, set())

    async def look(self) -> None:
        now = self._now()
        month = month_of(now, self._organization.timezone)
        if self._told[0] != month:
            self._told = (month, set())
        found = await self._database.read(lambda tx: money.budget(tx, self._organization, now))
        if found.level and found.level not in self._told[1]:
            self._told[1].add(found.level)
            log.warning("money for notices is %s percent=%s", WORDS[found.level], found.percent)


WORDS = {"near": "nearly spent", "full": "spent, news has stopped"}
