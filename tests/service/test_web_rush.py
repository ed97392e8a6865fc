"""A classroom behind one address wants the same 15 seats at the same moment, each on a page of their own."""

import asyncio
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import cycle, islice

import httpx
import pytest
from sqlalchemy import select

from handlers.seating import bursts
from storage.tables import enrollments
from tests.support.domain import PERSON
from tests.support.service.town import Town
from tests.support.web.visitors import WebVisitor

SEATS, PLACES = 15, 10
READING = 7 * bursts.STEP.total_seconds()
RESIDENTS = int(os.environ.get("BAEUMTOK_WEB_CROWD", "60"))  # the long run: 300
ADDRESSES = [f"127.0.1.{number + 1}" for number in range(max(1, RESIDENTS // 30 if RESIDENTS > 60 else 1))]


@pytest.fixture
async def town(fresh_town: Town) -> Town:
    await fresh_town.service.start()
    return fresh_town


class Hurried(WebVisitor):
    """Registers for a course as fast as anybody can, and counts who stopped them."""

    def __init__(self, url: str, address: str, mobile: str) -> None:
        super().__init__(url, address)
        self._answers = {**PERSON, "mobile": mobile}
        self.statuses: list[int] = []
        self.http.event_hooks = {"response": [self._counts]}

    async def comes_to_the_summary(self, course: int, reading: float = READING) -> None:
        await self.opens(f"/?start=c{course}")
        await self.presses("신청")
        await self.presses("동의하고 계속")
        for answer in self._answers.values():
            await self.tells(answer)
        await asyncio.sleep(reading)  # nobody reads and answers a question within a second
        await self.opens("/")

    async def _counts(self, answer: httpx.Response) -> None:
        self.statuses.append(answer.status_code)


def crowd(town: Town) -> Sequence[Hurried]:
    return comes_from(town, islice(cycle(ADDRESSES), RESIDENTS))


def comes_from(town: Town, places: Iterable[str]) -> Sequence[Hurried]:
    return [Hurried(town.service.url, place, f"010-3000-{number:04}") for number, place in enumerate(places)]


async def test_a_class_behind_one_address_is_served_in_order_and_nobody_is_stopped(town: Town) -> None:
    course = await town.opens(capacity=SEATS, waitlist_capacity=PLACES)
    people = crowd(town)
    await asyncio.gather(*(each.comes_to_the_summary(course) for each in people))
    told = await asyncio.gather(*(each.presses("이대로 신청하기") for each in people))
    assert Counter(status for each in people for status in each.statuses if status >= 400) == {}
    places = sorted(int(place) for words in told for place in re.findall(r"대기 (\d+)번으로", words))
    assert places == list(range(1, PLACES + 1))
    assert Counter(map(outcome, told)) == {"seat": SEATS, "line": PLACES, "full": RESIDENTS - SEATS - PLACES}
    query = select(enrollments).where(enrollments.c.course_id == course).order_by(enrollments.c.id)
    rows = await town.database.read(lambda tx: tx.execute(query).all())
    assert [row.state for row in rows] == ["confirmed"] * SEATS + ["waiting"] * PLACES
    assert {row.unchecked_since for row in rows} == {None}
    await asyncio.gather(*(each.leaves() for each in people))


async def test_a_script_that_invents_people_gets_no_seat_but_its_first_few(town: Town) -> None:
    course = await town.opens(capacity=SEATS, waitlist_capacity=PLACES)
    people = comes_from(town, [ADDRESSES[0]] * (SEATS + PLACES))
    for each in people:
        await each.comes_to_the_summary(course, reading=0)
        await each.presses("이대로 신청하기")
    query = select(enrollments).where(enrollments.c.course_id == course, enrollments.c.unchecked_since.is_(None))
    assert len(await town.database.read(lambda tx: tx.execute(query).all())) == bursts.UNSEEN
    honest = WebVisitor(town.service.url, "127.0.2.1")
    shown = (await honest.opens(f"/?start=c{course}")).page.text
    assert "대기 신청" in shown
    await asyncio.gather(*(each.leaves() for each in [*people, honest]))


def outcome(told: str) -> str:
    if "모두 찼어요" in told:
        return "full"
    return "line" if "번으로 접수되었습니다" in told else "seat" if "신청이 접수되었습니다" in told else told
