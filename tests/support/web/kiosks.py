"""A shared tablet in the job centre where the two standard surveys are open, and people who answer at it."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from playwright.async_api import expect
from starlette.routing import Route

from bot.http.limits import Rates
from bot.http.pages import serve_asset
from bot.settings import Settings
from bot.site.kiosk import Kiosk
from storage.asking import kiosks as tablets
from storage.asking.rounds import Round
from storage.engine.opening import open_database
from tests.support.domain import SEAL, School
from tests.support.surveys.poll import NEEDS, SATISFACTION, Office, standard
from tests.support.web import html
from tests.support.web.browsers import Resident
from tests.support.web.site import served, unlimited

TABLET = {"width": 768, "height": 1024}
LYING = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 780}

LIKED = {**SATISFACTION, **{f"S{number}": "매우 그렇다" for number in range(1, 14)}}
WANTED = {**NEEDS, "N8": "식음료(바리스타·차), 화훼·공예"}

SCALE = ["매우 그렇다", "그렇다", "보통이다", "그렇지 않다", "전혀 그렇지 않다"]
BRIEF_SURVEY: dict[str, Any] = {
    "code": "짧은조사", "version": 1, "kind": "other", "title": "짧은 조사", "intro": "", "is_anonymous": True,
    "audience": "link", "opens_at": "2026-11-20 09:00", "closes_at": "2026-12-11 18:00",
    "questions": [
        {"name": "Q1", "section": "하나", "kind": "scale", "text": "쉬웠다.", "options": SCALE},
        {"name": "Q2", "section": "하나", "kind": "nps", "text": "몇 점인가요?"},
        {"name": "Q3", "section": "둘", "kind": "multi", "text": "골라 주세요.", "options": [*"가나다"], "most": 2},
        {"name": "Q4", "section": "둘", "kind": "number", "text": "몇 번 오셨나요?", "least": 1, "most": 20},
        {"name": "Q5", "section": "둘", "kind": "text", "text": "적어 주세요.", "is_required": False},
    ],
}  # fmt: skip
BRIEF = {"Q1": "그렇다", "Q2": "9", "Q3": "가, 나", "Q4": "7", "Q5": "실습이 많아 좋았어요"}


TABLETS = 12


@dataclass(frozen=True)
class Stand:
    """`needs` is a round that everybody is asked, `liked` the one of a course, `brief` has each kind of question."""

    url: str
    school: School
    office: Office
    needs: Round
    liked: Round
    brief: Round
    secrets: list[str]
    came: list["Person"] = field(default_factory=list)

    def person(self, round_: Round) -> "Person":
        """At a tablet of their own."""
        self.came.append(Person(self.url, round_, self.secrets[len(self.came)]))
        return self.came[-1]

    def stranger(self, round_: Round) -> "Person":
        """At a device that no officer allowed."""
        self.came.append(Person(self.url, round_, ""))
        return self.came[-1]

    async def handed_in(self, round_: Round) -> list[dict[str, Any]]:
        return [dict(sheet.answers) for sheet in await self.office.sheets(round_.id)]


@asynccontextmanager
async def standing(
    database_url: str, rates: Rates | None = None, pace: timedelta = timedelta()
) -> AsyncIterator[Stand]:
    database = await open_database(database_url, SEAL)
    school = School(database)
    office = Office(school)
    try:
        await office.imports([*standard(), BRIEF_SURVEY])
        course = await office.seats(await school.opens(code="26-01"), 12)
        await office.opens(course)
        keys = ("수요조사", f"만족도조사/{course}", "짧은조사")
        needs, liked, brief = [await office.round(key) for key in keys]
        kiosk = Kiosk(database, Settings().to_organization(), lambda: school.now, rates or unlimited(), pace)
        secrets = [await tablet(school, f"태블릿 {number}") for number in range(TABLETS)]
        async with served([*kiosk.routes(), Route("/static/{name:path}", serve_asset)]) as url:
            stand = Stand(url, school, office, needs, liked, brief, secrets)
            yield stand
            for person in stand.came:
                await person.http.aclose()
    finally:
        await database.close()


async def tablet(school: School, name: str) -> str:
    """What a tablet keeps that an officer has allowed."""

    def allowed(tx: Any) -> str:
        secret = tablets.allow(tx, tablets.give_code(tx, name, school.now), school.now)
        assert secret
        return secret

    return await school.database.write(allowed)


class Person:
    """Somebody at a tablet whose browser runs no scripts."""

    def __init__(self, url: str, round_: Round, secret: str) -> None:
        self.http = httpx.AsyncClient(base_url=url, cookies={"kiosk": secret} if secret else {})
        self.address = f"/kiosk/{round_.code}"

    async def opens(self, address: str = "") -> str:
        return self._shows(await self.http.get(address or self.address))

    async def begins(self) -> str:
        await self.opens()
        return await self.presses("시작하기")

    async def presses(self, label: str, **more: Any) -> str:
        form, button = self.found(label)
        return await self.posts({**self.fields(form), **_named(button), **more})

    async def gives(self, said: str, **more: Any) -> str:
        """Answers the question on the screen by tapping or writing, whatever it asks for."""
        toggles = {label.label: label.one("input") for label in self.page.all("label")}
        if said == "건너뛰기" or not (toggles or self.writes):
            return await self.presses(said, **more)
        ticked = [toggles[each].attributes["value"] for each in said.split(", ")] if toggles else [said]
        return await self.presses("다 골랐어요" if toggles else "다음", answer=ticked, **more)

    async def answers(self, said: dict[str, str], until: str = "") -> str:
        """All questions from the first one; up to a question, or to the end but not sent."""
        await self.begins()
        for question, text in said.items():
            if question == until:
                break
            await self.gives(text)
        return self.text

    async def sends(self, said: dict[str, str]) -> str:
        await self.answers(said)
        return await self.presses("보내기")

    async def posts(self, fields: dict[str, Any]) -> str:
        return self._shows(await self.http.post(self.address, data=fields))

    def found(self, label: str) -> tuple[html.Node, html.Node]:
        """The first button that says so, and its form."""
        there = ((form, button) for form in self.page.all("form") for button in form.all("button"))
        found = [(form, button) for form, button in there if button.label == label]
        assert found, f"no button {label!r} on {self.text!r}"
        return found[0]

    def fields(self, form: html.Node | None = None) -> dict[str, str]:
        of = form or [*self.page.all("form")][-1]
        return {each.attributes["name"]: each.attributes["value"] for each in of.all("input", type="hidden")}

    @property
    def writes(self) -> bool:
        return bool([*self.page.all(class_="write")])

    @property
    def place(self) -> str:
        return self.page.one("p", class_="place").label

    def _shows(self, answer: httpx.Response) -> str:
        self.answer, self.page = answer, html.parse(answer.text)
        self.text = self.page.one("main").label
        return self.text


def _named(button: html.Node) -> dict[str, str]:
    written = button.attributes
    return {written["name"]: written["value"]} if "name" in written else {}


class Tablet(Resident):
    """The same in a real browser."""

    runs_scripts = True

    async def taps(self, label: str) -> None:
        """And waits until the next screen stands there."""
        await self.next(self.page.get_by_role("button", name=label, exact=True).click())

    async def next(self, doing: Awaitable[Any]) -> None:
        if not self.runs_scripts:
            async with self.page.expect_navigation():
                await doing
            return
        before = await self.page.locator("main").element_handle()
        await doing
        await self.page.wait_for_function("before => !before.isConnected", arg=before)

    async def gives(self, said: str) -> None:
        if said != "건너뛰기" and await self.page.locator(".toggle").count():
            for label in said.split(", "):
                await self.page.locator(".toggle", has_text=label).first.click()
            said = "다 골랐어요"
        elif said != "건너뛰기" and await self.page.locator(".write").count():
            await self.page.locator(".write").fill(said)
            said = "다음"
        await self.taps(said)

    async def answers(self, said: dict[str, str], until: str = "") -> None:
        await self.taps("시작하기")
        for question, text in said.items():
            if question == until:
                return
            await self.gives(text)

    async def sees(self, words: str) -> None:
        await expect(self.page.locator("main")).to_contain_text(words)

    async def small_buttons(self) -> list[str]:
        """What can be tapped and is less than 64 px high."""
        script = """() => [...document.querySelectorAll("button, .toggle, a, summary, textarea")]
            .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 64)
            .map(each => each.textContent.trim())"""
        small: list[str] = await self.page.evaluate(script)
        return small

    async def smallest_type(self) -> float:
        """In pixels, of all that is written on the screen."""
        script = """() => Math.min(...[...document.querySelectorAll("main *")]
            .filter(each => each.checkVisibility() && each.innerText?.trim())
            .map(each => parseFloat(getComputedStyle(each).fontSize)))"""
        return float(await self.page.evaluate(script))

    async def outline(self, around: str = "*") -> str:
        """Of what has the focus, or what stands around it."""
        script = """around => (style => `${style.outlineStyle} ${style.outlineWidth}`)(
            getComputedStyle(document.activeElement.closest(around)))"""
        return str(await self.page.evaluate(script, around))
