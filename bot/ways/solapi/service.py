"""AlimTalk as the application knows it: a way out, a route for results, and what is looked after."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.routing import Route

from bot.messages.delivery import Way
from bot.messages.pace import Pace
from bot.sections import AlimTalk
from bot.ways.solapi.asking import Asking
from bot.ways.solapi.client import Client
from bot.ways.solapi.looking import Looking
from bot.ways.solapi.reports import Reporting
from bot.ways.solapi.sending import AlimTalkOut
from bot.ways.solapi.webhook import Webhook
from storage.database import Database
from storage.people.reaching import ALIMTALK
from storage.ways import spending

PER_SECOND = 100
SOONEST = timedelta(seconds=10)  # after which a result is asked for, where the dealer doesn't tell by itself
TOLD = timedelta(minutes=2)  # and where it does: its call may have been lost
FINISHING = 2.0  # seconds


class Solapi:
    name = ALIMTALK

    def __init__(self, settings: AlimTalk, database: Database, now: Callable[[], datetime]) -> None:
        self._client = Client(settings, now)
        self._out = AlimTalkOut(settings, self._client, database, now)
        reporting = Reporting(settings, database, now)
        secret = settings.webhook_secret
        self._webhook = Webhook(secret, reporting) if secret else None
        self._asking = Asking(self._client, database, reporting, now, TOLD if secret else SOONEST)
        self._looking = Looking(settings, self._client, database, now)
        price = int(settings.price * spending.WON)
        self.way = Way(self._out, Pace(PER_SECOND), price, tells_later=True, rests_until=self._out.rests_until)

    def routes(self) -> list[Route]:
        return self._webhook.routes() if self._webhook else []

    async def start(self) -> None:
        await self._client.open()

    async def tend(self) -> None:
        await self._asking.ask()
        await self._looking.look()

    async def stop(self) -> None:
        """What is still being sent then is broken off, and looked for in the dealer's list after the next start."""
        finishing = asyncio.create_task(self._out.finish())
        await asyncio.wait([finishing], timeout=FINISHING)
        await self._client.close()
        await asyncio.wait([finishing], timeout=FINISHING)
