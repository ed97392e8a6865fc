"""Residents of a walk: they write in the web chat, each from a place of their own."""

import asyncio
from collections.abc import Sequence

from tests.support.web.visitors import WebVisitor

TOLD = {"dong": "청구동", "birth_year": "1975"}


class Writer(WebVisitor):
    def __init__(self, url: str, number: int) -> None:
        super().__init__(url, f"127.{10 + number // 200}.{1 + number % 200}.1")
        self.number = number

    @property
    def name(self) -> str:
        return f"김{chr(0xAC00 + self.number * 28)}나"

    @property
    def mobile(self) -> str:
        return f"010-0000-{self.number:04}"

    async def registers(self, course: int) -> str:
        await self.opens(f"/?start=c{course}")
        await self.presses("신청")
        await self.presses("동의하고 계속")
        for answer in (TOLD["dong"], self.name, TOLD["birth_year"], self.mobile):
            await self.says(answer)
        return await self.presses("이대로 신청하기")

    async def answers(self, code: str, answers: list[str]) -> str:
        """A survey, from its number to its end."""
        await self.opens(f"/?start=s{code}")
        if any("시작" in each.label for each in self.page.one("form", id="talk").all("button")):
            await self.presses("시작")
        for answer in answers:
            await self.says(answer)
        return await self.presses("보내기")

    async def goes_on(self, last: str, liked: Sequence[str], typed: str) -> str:
        """Presses what is liked wherever it is offered, and types this elsewhere, until the last button."""
        for _ in range(12):
            fresh = self.turns[-1].buttons
            if any(last in each for each in fresh):
                return await self.presses(last)
            wanted = next((each for like in liked for each in fresh if like in each), None)
            await (self.presses(wanted) if wanted else self.says(typed))
        raise AssertionError(f"never came to {last}: {self.turns[-1].reply}")

    async def _sends(self, fields: dict[str, str], **more: str) -> str:
        for _ in range(20):
            self._shows(answer := await self.http.post("/say", data={**fields, **more}))
            if answer.status_code != 429:
                return self.turns[-1].reply if self.turns else self.page.one("main").label
            await asyncio.sleep(2)
            await self.opens("/")
        raise AssertionError("never let in")
