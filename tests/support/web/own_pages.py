"""Pages that one-time links open, really served, and people who open them in browsers without scripts."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr
from starlette.routing import Route

from bot.http.limits import Rates
from bot.http.pages import serve_asset
from bot.sections import Telegram
from bot.settings import Settings
from bot.site.once import OneTime
from bot.site.own_form import OwnForm
from handlers.dialogue.reply import Reply
from tests.support.domain import PERSON, School
from tests.support.web import html
from tests.support.web.site import served, unlimited

ON_PAGE = Settings(telegram=Telegram(token=SecretStr("123456:test"), personal_questions="page"))
DOOR = "https://t.me/baeumtok_bot"


@dataclass
class Pages:
    url: str
    school: School
    came: list["Holder"] = field(default_factory=list)

    def holder(self) -> "Holder":
        """Somebody with a browser of their own."""
        self.came.append(Holder(self.url))
        return self.came[-1]


@asynccontextmanager
async def serving_pages(
    school: School, settings: Settings = ON_PAGE, rates: Rates | None = None
) -> AsyncIterator[Pages]:
    given = (school.database, settings.to_organization(), lambda: school.now, lambda: DOOR, rates or unlimited())
    routes = [*OneTime(*given).routes(), *OwnForm(*given).routes(), Route("/static/{name:path}", serve_asset)]
    async with served(routes) as url:
        pages = Pages(url, school)
        yield pages
        for holder in pages.came:
            await holder.http.aclose()


def link_in(shown: Reply | str) -> str:
    """The path of the one-time link of a screen, or in a message."""
    if isinstance(shown, Reply):
        return next(urlsplit(each.url).path for each in shown.all_buttons if "/once/" in each.url)
    return re.findall(r"/once/\w+/[\w-]+", shown)[-1]


class Holder:
    """Follows forms and redirections, as any browser does."""

    def __init__(self, url: str) -> None:
        self.http = httpx.AsyncClient(base_url=url, follow_redirects=True, timeout=30)
        self.answer: httpx.Response
        self.page = html.Node("document")
        self.text = ""
        self._at = ""

    async def opens(self, path: str) -> str:
        return self._shows(await self.http.get(path))

    async def begins(self, path: str) -> str:
        """Past the page before the first question."""
        await self.opens(path)
        return await self.presses("시작하기")

    async def presses(self, label: str) -> str:
        form = self.page.one("form")
        button = next((each for each in form.all("button") if each.label.startswith(label)), None)
        assert button, f"no button {label!r} on {self.text!r}"
        written = button.attributes
        return await self.posts({written["name"]: written["value"]} if "name" in written else {})

    async def types(self, text: str) -> str:
        return await self.posts({"text": text})

    async def fills_in(self, path: str, **personal: str) -> str:
        """The whole form for a course up to its summary."""
        await self.begins(path)
        await self.presses("동의하고 계속")
        answers = {**PERSON, **personal}
        await self.presses(answers.pop("dong"))
        for answer in answers.values():
            await self.types(answer)
        return self.text

    async def posts(self, said: dict[str, str], headers: dict[str, str] | None = None) -> str:
        """The form of the page as it stands, with this."""
        form = next(self.page.all("form"))
        hidden = {each.attributes["name"]: each.attributes["value"] for each in form.all("input", type="hidden")}
        to = form.attributes.get("action", self._at)
        return self._shows(await self.http.post(to, data={**hidden, **said}, headers=headers or {}))

    def _shows(self, answer: httpx.Response) -> str:
        self.answer = answer
        if "text/html" in answer.headers["content-type"]:
            self.page = html.parse(answer.text)
            self.text, self._at = self.page.one("main").label, answer.url.path
        return self.text
