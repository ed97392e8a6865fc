"""The one place that wires everything and runs it."""

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import uvicorn
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

import handlers.clock
import handlers.residents  # noqa: F401 - registers what residents may ask for
from bot import supervised
from bot.assistants import opening
from bot.channels.channel import Channel
from bot.channels.kakao.service import KakaoSkill
from bot.channels.web.live import A_PROCESS
from bot.channels.web.service import WebChat
from bot.console.entrance import Entrance
from bot.documents import seals
from bot.documents.seals import SealError
from bot.health import Health
from bot.http import connections
from bot.keeping import backups, erasures, keys
from bot.messages import courier
from bot.messages.answering import Answering
from bot.messages.courier import Courier
from bot.sections import Telegram
from bot.settings import Settings, SettingsError
from bot.site import short
from bot.site.attending import Attending
from bot.site.edge import Edge, ErrorPages
from bot.site.kiosk import Kiosk
from bot.site.once import OneTime
from bot.site.own_form import OwnForm
from bot.site.screen import RoomScreen
from bot.site.verifying import Verifying
from bot.ticks import costs, forgetting
from bot.ticks.clock import Clock
from bot.ticks.duties import Duties
from bot.ticks.forgetting import Forgetting
from bot.ticks.heartbeats import Heartbeats
from bot.ticks.wall import Wall
from bot.ticks.watching import Watch
from bot.ways import opening as ways_opening
from handlers.understanding import meaning
from storage.database import Database
from storage.engine import schema

if TYPE_CHECKING:
    from bot.channels.telegram.service import TelegramService
    from bot.console.console import Console

log = logging.getLogger(__name__)

TICK = timedelta(seconds=5)
LOOK_THROUGH = timedelta(seconds=30)
HANG_UP = 2  # seconds that connections may take to end
DRAIN_SECONDS = 6.0  # what is in hand may take this long after that; SIGTERM promises 10 s in all


class Server(uvicorn.Server):
    """Leaves the signals to us."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class App:
    """Everything of one process, from its start to its end."""

    def __init__(self, settings: Settings, database: Database, is_demo: bool = False) -> None:
        self._database = database
        self._heartbeats = Heartbeats()
        wall = Wall()
        self._answering = Answering(database, settings.to_organization(), wall.now)
        self._heartbeats.heed(wall.fault)
        self._watch = Watch(database, wall)
        self._clock = Clock(self._heartbeats, wall)
        self._room = connections.make_room()
        shown_for = timedelta(hours=settings.web.shown_hours)
        web = WebChat(self._answering, most_streams=min(A_PROCESS, self._room // 2), shown_for=shown_for)
        kakao = settings.kakao and KakaoSkill(settings.kakao, self._answering)
        telegram = settings.telegram and self._telegram(settings.telegram)
        self._channels: Sequence[Channel] = [each for each in (web, kakao, telegram) if each]
        self._pages = Kiosk(database, settings.to_organization(), self._answering.now).routes()
        door = telegram.door if telegram else str
        for room in (OneTime, OwnForm):
            self._pages += room(database, settings.to_organization(), self._answering.now, door).routes()
        self._pages += short.routes()
        self._pages += Attending(database, settings.to_organization(), self._answering.now, door, web.token).routes()
        self._pages += RoomScreen(database, settings.to_organization(), self._answering.now).routes()
        self._pages += Verifying(database, settings.to_organization(), self._answering.now).routes()
        if settings.web.shows_demand:
            from bot.site.demanded import Demanded  # here, as few show it and it needs the officers' half

            self._pages += Demanded(database, settings.to_organization(), self._answering.now).routes()
        self._pages += opening.routes(settings.assistants, database, settings.to_organization(), self._answering.now)
        if is_demo:
            self._pages += self._shown(settings, kakao or None)
        self._pages += Entrance(partial(self._console, settings)).routes()
        self._duties = Duties(database, settings.to_organization(), self._answering.now)
        at = settings.retention.at
        self._forgetting = Forgetting(database, settings.to_organization(), self._answering.now, at)
        self._nightly = backups.Nightly(settings, database, wall.now)
        self._heartbeats.heed(self._nightly.fault)
        self._noting = erasures.Noting(settings, database)
        beat = partial(self._heartbeats.beat, courier.NAME)
        self._senders = ways_opening.senders(settings, database, self._answering.now)
        self._pages += [route for sender in self._senders for route in sender.routes()]
        found = {channel.name: channel.way for channel in self._channels if channel.way}
        found |= {sender.name: sender.way for sender in self._senders}
        ways = {name: found[name] for name in settings.to_organization().ways if name in found}
        self._courier = Courier(database, settings.to_organization(), self._answering.now, ways, beat, wall.is_doubted)
        self._costs = costs.Costs(database, settings.to_organization(), self._answering.now)
        self._settings = settings

    def _telegram(self, settings: Telegram) -> "TelegramService":
        from bot.channels.telegram.service import TelegramService  # here, as its library takes a third of a start

        return TelegramService(settings, self._answering, self._heartbeats)

    def _console(self, settings: Settings) -> "Console":
        from bot.console.console import Console  # here, as no start waits for officers' pages

        organization, faults, protects = settings.to_organization(), self._heartbeats.faults, settings.downloads.protect
        return Console(self._database, organization, self._answering.now, faults, protects)

    def _shown(self, settings: Settings, kakao: KakaoSkill | None) -> list[Route]:
        from bot.console.signing.shown import Shown
        from bot.site.preview import KakaoPreview

        pages = Shown(self._database, settings.web.public_url, self._answering.now).routes()
        if settings.kakao and kakao:
            pages += KakaoPreview(kakao.ask, settings.kakao.bot_id, settings.to_organization()).routes()
        return pages

    def _gather_postings(self) -> None:
        from bot.feeds import gathering

        zone = self._settings.to_organization().timezone
        feeds = gathering.Gathering(self._database, self._settings.jobs, zone, self._answering.now)
        self._clock.every(gathering.LOOK, gathering.NAME, feeds.fetch_postings)

    async def run(self, listening: socket.socket) -> None:
        """Serve until SIGTERM or SIGINT, then finish what is in hand."""
        stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        asyncio.get_running_loop().set_exception_handler(connections.Lacks())
        server = Server(self._serving())
        async with self._services():
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            log.info("started url=%s", self._settings.web.public_url)
            supervised.tell(supervised.READY)
            _keep_what_is_loaded()
            learning = asyncio.create_task(asyncio.to_thread(meaning.recall))  # lest the first sentence waits for it
            await asyncio.wait([serving, asyncio.create_task(stopping.wait())], return_when=asyncio.FIRST_COMPLETED)
            log.info("stopping")
            supervised.tell(supervised.STOPPING)
            for channel in self._channels:
                channel.close()
            server.should_exit = True
            await asyncio.wait([serving, learning])

    @asynccontextmanager
    async def _services(self) -> AsyncIterator[None]:
        await self._watch.begin()
        self._clock.every(LOOK_THROUGH, "clock", self._watch.go_on)
        self._clock.every(timedelta(minutes=5), backups.NAME, self._nightly.tend, is_final=True)
        self._clock.every(LOOK_THROUGH, erasures.NAME, self._noting.tend)
        self._clock.every(LOOK_THROUGH, costs.NAME, self._costs.look)
        self._clock.every(timedelta(minutes=5), forgetting.NAME, self._forgetting.tend, is_final=True)
        self._clock.every(timedelta(hours=1), "tend postings", self._duties.tend_postings, is_final=True)
        if patience := supervised.patience():
            self._clock.every(patience / 3, supervised.NAME, supervised.say_well)
        if self._settings.jobs.is_on:
            self._gather_postings()
        self._clock.every(TICK, "seats", self._duties.give_seats, is_final=True)
        self._clock.every(TICK, "surveys", self._duties.tend_surveys, is_final=True)
        self._clock.every(TICK, "followups", self._duties.ask_completers, is_final=True)
        self._clock.every(TICK, "notices", self._duties.plan_notices, is_final=True)
        self._clock.every(LOOK_THROUGH, "set aside", self._courier.set_aside, is_final=True)
        self._clock.every(LOOK_THROUGH, "give up lost", self._courier.give_up_lost, is_final=True)
        for channel in self._channels:
            self._clock.every(TICK, f"recover {channel.name}", channel.recover)
            await channel.start()
        for sender in self._senders:
            self._clock.every(TICK, f"results {sender.name}", sender.tend)
            await sender.start()
        self._clock.start()
        self._heartbeats.expect(courier.NAME, timedelta(minutes=1))
        delivering = asyncio.create_task(self._courier.run())
        try:
            yield
        finally:
            await self._finish(delivering)

    async def _finish(self, delivering: asyncio.Task[None]) -> None:
        """Notices first, as they leave by what channels end; replies go on meanwhile, and all ends in time."""
        until = asyncio.get_running_loop().time() + DRAIN_SECONDS
        self._clock.stop()
        self._courier.stop()
        await asyncio.wait([delivering], timeout=DRAIN_SECONDS / 2)
        delivering.cancel()
        left = until - asyncio.get_running_loop().time()
        await asyncio.gather(*(channel.stop(left) for channel in self._channels))
        await asyncio.gather(*(sender.stop() for sender in self._senders))

    def _serving(self) -> uvicorn.Config:
        proxies = list(self._settings.web.trusted_proxies)
        return uvicorn.Config(
            self._site(),
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=HANG_UP,
            proxy_headers=bool(proxies),  # without any, uvicorn would believe whoever is on this machine
            forwarded_allow_ips=proxies,
            http=connections.within(self._room),
            ws="none",
        )

    def _site(self) -> ASGIApp:
        health = Health(self._database, self._settings, self._heartbeats, self._answering.now)
        routes = [*health.routes(), *self._pages, *(route for channel in self._channels for route in channel.routes())]
        errors = ErrorPages(self._settings.to_organization())
        away = dict.fromkeys((DBAPIError, OSError, Exception), errors.broken)
        site = Starlette(routes=routes, exception_handlers={ClientDisconnect: _hung_up, 404: errors.nowhere, **away})
        return Edge(site, self._settings.web.public_url)


def _keep_what_is_loaded() -> None:
    """Nobody has to look through it again for what can be freed: a tenth of a second in which nobody is answered."""
    gc.collect()
    gc.freeze()


async def _hung_up(_request: Request, _error: Exception) -> Response:
    """Nobody reads it: who went away in the middle of a request is no error of ours."""
    return Response(status_code=400)


async def serve(settings: Settings, listening: socket.socket, is_demo: bool = False) -> None:
    opening.check(settings)
    _check_seal(settings)
    database = await keys.open_sealed(settings)
    try:
        database.serve()
        await backups.before_migration(settings, database)
        await database.write(schema.upgrade)
        await erasures.do_again(settings, database)
        await App(settings, database, is_demo).run(listening)
    finally:
        await database.close()


def _check_seal(settings: Settings) -> None:
    """No certificate leaves without the seal that it should have."""
    seal = settings.certificate.seal
    try:
        if seal:
            seals.read(seal)
    except SealError as error:
        raise SettingsError(f"certificate.seal: {error}.") from error


def listen(settings: Settings) -> socket.socket:
    """Take the port at once, so that a port in use is an error of its own."""
    web = settings.web
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    try:
        return socket.create_server((web.host, web.port), family=family, backlog=512)
    except OSError as error:
        raise SettingsError(
            f"web.host {web.host}, web.port {web.port}에서 기다릴 수 없습니다: {error.strerror}. "
            f"다른 포트를 쓰려면 BAEUMTOK_WEB__PORT=8081 처럼 정하세요."
        ) from error
