"""The console in this process, with a school behind it, and officers of every role who press and read."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from bot.console.console import Console
from bot.console.signing import cookies
from bot.http.pages import serve_asset
from bot.settings import Settings
from handlers.dialogue.organization import Organization
from storage.database import Transaction
from storage.officers import accounts, sessions
from storage.officers.accounts import Account
from storage.states import Role
from tests.support.domain import SETTINGS, School
from tests.support.web import html

URL = "http://desk.example.org"


@dataclass
class Counter:
    """`officer("lead")` is somebody who is signed in."""

    school: School
    organization: Organization
    routes: list[BaseRoute]
    url: str = URL
    came: list["AtDesk"] = field(default_factory=list)

    async def officer(self, role: Role = "officer", login: str = "", courses: Sequence[int] = ()) -> "AtDesk":
        token = await self.school.database.write(
            lambda tx: signed_in(tx, self.school, login or f"{role}{len(self.came)}", role, courses)
        )
        visitor = self.visitor()
        visitor.http.cookies.set(cookies.name(self.url), token)
        return visitor

    def visitor(self) -> "AtDesk":
        """Somebody with a browser of their own, who isn't signed in."""
        transport = httpx.ASGITransport(app=Starlette(routes=self.routes))
        client = httpx.AsyncClient(transport=transport, base_url=self.url, timeout=30)
        self.came.append(AtDesk(client))
        return self.came[-1]


def signed_in(tx: Transaction, school: School, login: str, role: Role, courses: Sequence[int] = ()) -> str:
    """The token of somebody's session, without what it takes to sign in."""
    officer_id = account(tx, school, login, role).id
    accounts.give_courses(tx, officer_id, courses)
    return sessions.begin(tx, officer_id, school.now)


def account(tx: Transaction, school: School, login: str, role: Role) -> Account:
    """One that is ready; nobody knows its password."""
    officer_id = accounts.add(tx, login, f"{login} 님", role, school.now)
    found = accounts.by_login(tx, login)
    assert found
    if officer_id:
        accounts.begin(tx, found.id, "not a hash", "00" * 20, 0, [])
    return accounts.by_login(tx, login) or found


@asynccontextmanager
async def counter_of(school: School, url: str = URL, settings: Settings = SETTINGS) -> AsyncIterator[Counter]:
    organization = replace(settings.to_organization(), public_url=url)
    console = Console(school.database, organization, lambda: school.now)
    counter = Counter(school, organization, [*console.routes(), Route("/static/{name:path}", serve_asset)], url)
    yield counter
    for each in counter.came:
        await each.http.aclose()


class AtDesk:
    """Opens pages, fills in forms and presses buttons, as a browser without scripts does."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.answer: httpx.Response
        self.page = html.Node("document")
        self.text = ""

    async def opens(self, path: str) -> str:
        return await self._shows(await self.http.get(path, headers={"sec-fetch-site": "same-origin"}))

    async def follows(self, label: str) -> str:
        """The first link that is called so, or begins so."""
        link = next(each for each in self.page.all("a") if each.label.startswith(label))
        return await self.opens(link.attributes["href"])

    async def sends(self, path: str, fields: dict[str, Any], files: dict[str, Any] | None = None) -> str:
        """A form of the console."""
        headers = {"sec-fetch-site": "same-origin", "origin": str(self.http.base_url).rstrip("/")}
        if self.page.children:
            headers["referer"] = str(self.answer.url)
        return await self._shows(await self.http.post(path, data=fields, files=files, headers=headers))

    async def presses(self, label: str, **typed: Any) -> str:
        """The button of this label, with what its form holds and what is typed into it."""
        form, button = next(
            (
                (form, button)
                for form in self.page.all("form")
                for button in form.all("button")
                if button.label.startswith(label)
            ),
            (None, None),
        )
        assert form is not None, f"no button {label!r} on {self.text!r}"
        assert button is not None
        fields = {**filled(form), **typed}
        if name := button.attributes.get("name"):
            fields[name] = button.attributes.get("value", "")
        path = form.attributes.get("action") or str(self.answer.request.url.raw_path.decode())
        if form.attributes.get("method", "get") == "get":
            return await self.opens(f"{path}?{httpx.QueryParams(fields)}")
        return await self.sends(path, fields)

    async def _shows(self, answer: httpx.Response) -> str:
        while answer.is_redirect:
            answer = await self.http.get(answer.headers["location"], headers={"sec-fetch-site": "same-origin"})
        self.answer = answer
        self.page = html.parse(answer.text)
        self.text = re.sub(r"\s+", " ", self.page.text).strip()
        return self.text


def filled(form: html.Node) -> dict[str, Any]:
    """What a form sends when nothing is typed into it; a list of what several fields of one name hold."""
    found: dict[str, Any] = {}
    for each in form.all("input"):
        kind, name = each.attributes.get("type", "text"), each.attributes.get("name")
        if name and (kind not in ("checkbox", "radio") or "checked" in each.attributes):
            value = each.attributes.get("value", "")
            before = found.get(name)
            found[name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]
    for each in form.all("textarea"):
        found[each.attributes["name"]] = each.text
    for each in form.all("select"):
        options = list(each.all("option"))
        chosen = next((one for one in options if "selected" in one.attributes), options[0] if options else None)
        if chosen is not None and "multiple" not in each.attributes:
            found[each.attributes["name"]] = chosen.attributes.get("value", "")
    return found
