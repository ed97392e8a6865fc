"""A template that the dealer takes no more stops its kind of notice, and no other."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.ways.solapi import codes
from storage.database import Database, Transaction
from storage.people.reaching import ALIMTALK
from storage.ways import templates

log = logging.getLogger(__name__)


class Stopping:
    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def stop(self, refused: Iterable[tuple[str, str]]) -> None:
        """Of each kind the dealer's code. What fails here is only tried again with the next message."""
        kinds, now = dict(refused), self._now()
        if not kinds:
            return

        def stop(tx: Transaction) -> None:
            for kind, code in kinds.items():
                templates.stop(tx, ALIMTALK, kind, codes.said(code), now)

        for kind, code in kinds.items():
            log.error("template stopped kind=%s reason=%s", kind, codes.said(code))
        try:
            await self._database.write(stop)
        except Exception:
            log.exception("templates not stopped")
