"""Telegram: receives by polling or webhook, and sends replies and notices."""

import asyncio
from datetime import timedelta

from starlette.routing import Route

from bot.channels.telegram import client, reading
from bot.channels.telegram.http import AiohttpRequest
from bot.channels.telegram.receiving import POLL_SECONDS, Poller, TelegramIn, webhook
from bot.channels.telegram.sending import TelegramOut, TelegramPush, until_done
from bot.messages.answering import Answering
from bot.messages.delivery import Way
from bot.messages.inflow import Inflow
from bot.messages.pace import Pace
from bot.sections import Telegram as TelegramSettings
from bot.ticks.heartbeats import Heartbeats
from bot.traits import TRAITS

QUIET = timedelta(seconds=POLL_SECONDS * 3)


class TelegramService:
    """The bot."""

    name = reading.NAME
    traits = TRAITS[reading.NAME]

    def __init__(self, settings: TelegramSettings, answering: Answering, heartbeats: Heartbeats) -> None:
        self._settings = settings
        self._answering = answering
        self._heartbeats = heartbeats
        self._requests = (AiohttpRequest(connections=128), AiohttpRequest(connections=4))
        self._bot = client.make_bot(settings, *self._requests)
        delivery, pace = client.Delivery(self._bot), Pace()
        self.way = Way(TelegramPush(delivery, pace), pace)
        self._inflow = Inflow(reading.NAME, answering, TelegramOut(delivery, pace))
        self._taking = TelegramIn(self._inflow, delivery, answering.database, answering.organization)
        self._tasks: list[asyncio.Task[None]] = []
        self._is_webhook = settings.mode == "webhook"

    def routes(self) -> list[Route]:
        secret = self._settings.webhook_secret
        return [webhook(self._taking, secret.get_secret_value())] if self._is_webhook and secret else []

    def door(self) -> str:
        """Where the chat with the bot opens; "" until Telegram has told its name."""
        return f"https://t.me/{self._taking.username}" if self._taking.username else ""

    async def start(self) -> None:
        for request in self._requests:
            await request.initialize()
        await self._inflow.reclaim()
        if not self._is_webhook:
            self._heartbeats.expect(reading.NAME, QUIET)
        self._tasks = [asyncio.create_task(self._receive()), asyncio.create_task(self._introduce())]

    async def recover(self) -> None:
        await self._inflow.recover()

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def stop(self, seconds: float) -> None:
        self.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(self._inflow.drain(seconds), self._taking.finish(seconds))
        for request in self._requests:
            await request.shutdown()

    async def _receive(self) -> None:
        if self._is_webhook:
            return await until_done("setWebhook", self._set_webhook)
        await until_done("deleteWebhook", self._bot.delete_webhook)
        poller = Poller(self._bot, self._taking, lambda: self._heartbeats.beat(reading.NAME))
        self._heartbeats.heed(poller.fault)
        return await poller.lead(self._answering.database)

    async def _set_webhook(self) -> None:
        secret = self._settings.webhook_secret
        await self._bot.set_webhook(
            f"{self._answering.organization.public_url}/telegram",
            secret_token=secret.get_secret_value() if secret else None,
            allowed_updates=reading.UPDATES,
        )

    async def _introduce(self) -> None:
        await until_done("introduction", self._meet)

    async def _meet(self) -> None:
        self._taking.username = (await self._bot.get_me()).username or ""
        await client.introduce(self._bot, self._answering.organization)
