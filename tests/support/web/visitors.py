"""Visitors of the web chat over real HTTP, without scripts: they follow forms."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.support.domain import PERSON
from tests.support.waiting import PATIENCE
from tests.support.web import html
from tests.support.web.html import Node, Turn


class WebVisitor:
    """One browser with its own cookies."""

    def __init__(self, url: str, address: str | None = None) -> None:
        kept = httpx.Limits(keepalive_expiry=2)  # less than what the server keeps, so that nothing is sent into an end
        comes_from = httpx.AsyncHTTPTransport(verify=False, local_address=address, limits=kept)
        self.http = httpx.AsyncClient(base_url=url, follow_redirects=True, transport=comes_from, timeout=PATIENCE)
        self.answer: httpx.Response
        self.page = Node("document")

    async def opens(self, path: str = "/") -> "WebVisitor":
        self._shows(await self.http.get(path))
        return self

    async def says(self, text: str) -> str:
        """The reply to what is typed into the field."""
        return await self._sends(self._hidden("composer"), text=text)

    async def presses(self, label: str) -> str:
        """The reply to the newest button with this label; its number counts as part of the label."""
        buttons = [each for each in self.page.one("form", id="talk").all("button") if label in each.label]
        return await self._sends(self._hidden("talk"), path=buttons[-1].attributes["value"])

    async def fills_in(self) -> None:
        """The whole form for the barista course, up to its summary."""
        await self.says("바리스타")
        await self.presses("신청하기")
        await self.presses("동의하고 계속")
        for answer in PERSON.values():
            await self.says(answer)

    async def posts(self, headers: dict[str, str] | None = None, **changed: str | None) -> httpx.Response:
        """Send the composer's form as it is but for these fields; None leaves one out."""
        fields = {**self._hidden("composer"), **changed}
        sent = {name: value for name, value in fields.items() if value is not None}
        return await self.http.post("/say", data=sent, headers=headers or {}, follow_redirects=False)

    async def tells(self, text: str, **fields: str) -> dict[str, Any]:
        """What a script gets."""
        answer = await self.posts({"Accept": "application/json"}, text=text, **fields)
        told: dict[str, Any] = answer.json()
        return told

    @property
    def turns(self) -> list[Turn]:
        return html.turns(self.page)

    @property
    def said(self) -> list[str]:
        return [turn.said for turn in self.turns]

    @asynccontextmanager
    async def listening(self, after: int = 0, **headers: str) -> AsyncIterator["Stream"]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.http.stream("GET", f"/events?after={after}", headers=sent, timeout=PATIENCE) as answer:
            yield Stream(answer)

    async def leaves(self) -> None:
        await self.http.aclose()

    def _hidden(self, form: str) -> dict[str, str]:
        inputs = self.page.one("form", id=form).all("input", type="hidden")
        return {each.attributes["name"]: each.attributes["value"] for each in inputs}

    async def _sends(self, fields: dict[str, str], **more: str) -> str:
        self._shows(await self.http.post("/say", data={**fields, **more}))
        return self.turns[-1].reply if self.turns else self.page.one("main").label

    def _shows(self, answer: httpx.Response) -> None:
        self.answer, self.page = answer, html.parse(answer.text)


class Stream:
    """Server-sent events as they come."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self._lines = answer.aiter_lines()

    async def hears(self) -> Turn:
        """The next message that is pushed."""
        return html.turns(html.parse((await self.event())["html"]))[0]

    async def event(self) -> dict[str, Any]:
        async for line in self._lines:
            if line.startswith("data: "):
                told: dict[str, Any] = json.loads(line.removeprefix("data: "))
                return told
        raise EOFError

    async def ends(self) -> bool:
        return not [line async for line in self._lines if line.startswith("data: ")]

    async def is_left(self) -> bool:
        """Whether the page is told that all of its talk is gone."""
        return "event: left" in [line async for line in self._lines]
