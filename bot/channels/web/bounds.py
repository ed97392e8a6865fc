"""How much may be said in the web chat: by a session, and by those of an address who are new or strangers."""

from bot.channels.web import history
from bot.channels.web.reading import NAME
from bot.http import problems
from bot.http.limits import Days, Rates
from bot.http.problems import Problem
from storage.database import Database
from storage.people import strangers


class Bounds:
    """Each session has a pace and a day of its own; an address, how many new ones and what strangers say there."""

    def __init__(
        self,
        database: Database,
        by_session: Rates | None = None,
        by_client: Rates | None = None,
        days: Days | None = None,
    ) -> None:
        self._database = database
        self._by_session = by_session or Rates(per_minute=30, burst=20)
        self._days = days or Days()
        self._newcomers = by_client or Rates(per_minute=120, burst=600)  # a class, or a carrier, shares one address

    async def take(self, here: str, there: str) -> Problem | None:
        """One message of the session at `here`, from the network address `there`."""
        is_new = not self._by_session.knows(here) and not await self._has_begun(here)
        if wait := (is_new and self._newcomers.take(there)) or self._by_session.take(here):
            return problems.too_fast(wait)
        wait = self._days.of_session.take(here)
        if not wait and await self._is_stranger(here):
            wait = self._days.of_strangers.take(there)
        return problems.too_much(wait) if wait else None

    def give_back(self, here: str, there: str) -> None:
        """It wasn't answered: it doesn't count for the day."""
        self._days.of_session.give_back(here)
        self._days.of_strangers.give_back(there)

    async def _is_stranger(self, here: str) -> bool:
        return await self._database.read(lambda tx: strangers.is_one(tx, NAME, here))

    async def _has_begun(self, here: str) -> bool:
        return await self._database.read(lambda tx: history.has_begun(tx, here))
