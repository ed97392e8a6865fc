"""A phone with each of the three chats, in this process: what it shows, and fingers on it at moments of a watch."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Route
from telegram import Bot

import bot.site
from bot.channels.kakao.service import KakaoSkill
from bot.channels.telegram.client import Delivery
from bot.channels.telegram.http import AiohttpRequest
from bot.channels.telegram.receiving import TelegramIn
from bot.channels.telegram.sending import TelegramOut, TelegramPush
from bot.channels.web.service import WebChat
from bot.messages.answering import Answering
from bot.messages.inflow import Inflow
from bot.messages.pace import Pace
from bot.messages.screens import Screens
from bot.sections import Kakao
from tests.support.botapi import BotApi, Person, contents
from tests.support.botapi.chats import Message
from tests.support.kakao.talker import BLOCK_ID, BOT_ID, SECRET, Talker
from tests.support.kakao.watch import Watch
from tests.support.web import html
from tests.support.web.site import unlimited

_SCRIPT = (Path(bot.site.__file__).parent / "static/chat.js").read_text(encoding="utf-8")


class Phone(Protocol):
    """`labels` are what can be pressed on the newest screen, in its order."""

    watch: Watch
    words: str
    labels: Sequence[str]

    async def says(self, text: str) -> None: ...

    async def sends_sticker(self) -> None:
        """Or a picture among the letters, where stickers don't come to us."""

    async def taps(self, label: str) -> None:
        """At this moment."""

    async def taps_there_again(self) -> None:
        """On the same button as before, as if the screen hadn't changed."""


class TelegramPhone:
    def __init__(self, person: Person, taking: TelegramIn, inflow: Inflow, watch: Watch, pusher: TelegramPush) -> None:
        self._person, self._taking, self._inflow, self.watch = person, taking, inflow, watch
        self.pusher = pusher  # of what comes unasked
        self._tapped: tuple[Message, dict[str, Any]]
        self._updates: list[Any] = []
        person.api.updates.arrived = self._updates.append

    @property
    def screen(self) -> Message:
        return self._person.chat.shown[-1]

    @property
    def words(self) -> str:
        return self.screen.text

    @property
    def labels(self) -> list[str]:
        return [*self.screen.labels, *self._keys]

    @property
    def _keys(self) -> list[str]:
        """In place of the keyboard to type on; the first one sends a contact."""
        rows = (self.screen.markup or {}).get("keyboard", [])
        return [key["text"] for row in rows for key in row][1:]

    async def says(self, text: str) -> None:
        await self._sends(contents.text(text))

    async def sends_sticker(self) -> None:
        await self._sends(contents.sticker())

    async def taps(self, label: str) -> None:
        if label in self._keys:
            return await self.says(label)
        self._tapped = self.screen, self.screen.button(label)
        return await self.taps_there_again()

    async def taps_there_again(self) -> None:
        await self._person._tap(*self._tapped)
        await self._settled()

    async def _sends(self, content: dict[str, Any]) -> None:
        await self._person.sends(**content)
        await self._settled()

    async def _settled(self) -> None:
        await self._taking.take([self._updates.pop()])
        await asyncio.gather(*self._taking._begun)
        await self._inflow.drain(60)


class KakaoPhone(Talker):
    def __init__(self, client: httpx.AsyncClient, watch: Watch) -> None:
        super().__init__(client)
        self.watch = watch
        self._tapped: dict[str, Any]

    @property
    def labels(self) -> list[str]:
        return [label(each) for each in self.buttons]

    async def sends_sticker(self) -> None:
        await self.says("👍")

    async def taps(self, label_: str) -> str:
        self._tapped = next(each for each in self.buttons if label(each) == label_)
        return await self.taps_there_again()

    async def taps_there_again(self) -> str:
        return await self.says(self._tapped.get("messageText") or label(self._tapped), self._tapped["extra"])


def label(button: dict[str, Any]) -> str:
    found: str = button.get("label") or button["title"]
    return found


class WebPhone:
    """The page with its script, whose rule for hasty taps is taken from it; browsers are tested elsewhere."""

    def __init__(self, client: httpx.AsyncClient, watch: Watch) -> None:
        self._http, self.watch = client, watch
        self._nonces, self._newest, self._readable_at = count(10**8), 0, 0.0
        self._fields: dict[str, str] = {}
        self._tapped = ""
        self.words = ""
        self._buttons: dict[str, str] = {}

    @property
    def labels(self) -> list[str]:
        return list(self._buttons)

    async def opens(self) -> None:
        page = html.parse((await self._http.get("/")).text)
        composer = page.one("form", id="composer").all("input", type="hidden")
        self._fields = {each.attributes["name"]: each.attributes["value"] for each in composer}
        self._shows(page)

    async def says(self, text: str) -> None:
        await self._sends(text=text)

    async def sends_sticker(self) -> None:
        await self.says("👍")

    async def taps(self, label_: str) -> None:
        self._tapped = self._buttons[label_]
        await self.taps_there_again()

    async def taps_there_again(self) -> None:
        if self.watch.read() < self._readable_at:
            return
        self._unread_for("SECOND_TAP")
        await self._sends(path=self._tapped)

    async def _sends(self, **said: str) -> None:
        key = f"{self._fields['key']}-{next(self._nonces)}"
        sent = {**self._fields, "key": key, "after": f"{self._newest}", **said}
        told = (await self._http.post("/say", data=sent, headers={"Accept": "application/json"})).json()
        self._newest = told["id"]
        self._fields.pop("start", None)
        self._shows(html.parse(told["html"]))

    def _shows(self, page: html.Node) -> None:
        *_, turn = page.all("div", class_="turn")
        self.words = turn.label
        self._buttons = {each.label: each.attributes["value"] for each in turn.all("button", name="path")}
        self._unread_for("UNREAD")

    def _unread_for(self, name: str) -> None:
        found = re.search(rf"const {name} = (\d+);", _SCRIPT)
        assert found
        self._readable_at = max(self._readable_at, self.watch.read() + int(found[1]) / 1000)


@asynccontextmanager
async def telegram(answering: Answering) -> AsyncIterator[TelegramPhone]:
    watch = Watch()
    async with BotApi() as api, Bot(api.token, base_url=f"{api.url}/bot", request=AiohttpRequest()) as client:
        delivery = Delivery(client, Screens(watch.read))
        inflow = Inflow("telegram", answering, TelegramOut(delivery, Pace()))
        taking = TelegramIn(inflow, delivery, answering.database, answering.organization)
        yield TelegramPhone(api.person(2), taking, inflow, watch, TelegramPush(delivery, Pace()))


@asynccontextmanager
async def kakao(answering: Answering) -> AsyncIterator[KakaoPhone]:
    watch = Watch()
    settings = Kakao(bot_id=BOT_ID, skill_secret=SecretStr(SECRET), block_id=BLOCK_ID)
    skill = KakaoSkill(settings, answering, unlimited(), deadline=60, screens=Screens(watch.read))
    async with _client(skill.routes()) as client:
        yield KakaoPhone(client, watch)


@asynccontextmanager
async def web(answering: Answering) -> AsyncIterator[WebPhone]:
    chat = WebChat(answering, unlimited(), unlimited())
    async with _client(chat.routes()) as client:
        phone = WebPhone(client, Watch())
        await phone.opens()
        yield phone


@asynccontextmanager
async def _client(routes: list[Route]) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://learn.example.org") as opened:
        yield opened


PHONES = {"telegram": telegram, "kakao": kakao, "web": web}
