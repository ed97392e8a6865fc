"""Residents on KakaoTalk and the real process: alone, fifty at once, and the same script on every channel."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from statistics import quantiles
from typing import Any

import aiohttp
import icalendar
import pytest
from sqlalchemy import select

from handlers.dialogue import texts
from storage.people import consents, residents
from storage.tables import enrollments, inbox
from tests.support.botapi import Person
from tests.support.kakao.talker import Talker
from tests.support.kakao.wire import Patient, Wire
from tests.support.service.town import Town
from tests.support.web.visitors import WebVisitor

CROWD = 50


@pytest.fixture
async def quick_client(fresh_town: Town) -> AsyncIterator[Wire]:
    connector = aiohttp.TCPConnector(limit=CROWD)
    async with aiohttp.ClientSession(fresh_town.service.url, connector=connector) as session:
        yield Wire(session)


class Timed(Patient):
    """Notes how long each answer took, in seconds."""

    def __init__(self, client: Wire, name: str, took: list[float]) -> None:
        super().__init__(client, name)
        self._took = took

    async def says(self, utterance: str, extra: dict[str, Any] | None = None, request_id: str = "") -> str:
        began = time.perf_counter()
        words = await super().says(utterance, extra, request_id)
        self._took.append(time.perf_counter() - began)
        return words


async def journey(talker: Talker, course: int, mobile: str) -> None:
    """Discovers, searches, registers, looks at it, takes the calendar and cancels."""
    assert "강좌 찾기" in await talker.says("시작")
    assert "접수하는 강좌" in await talker.presses("강좌 찾기")
    assert "바리스타" in await talker.says("바리스타")
    assert "접수되었습니다" in await talker.registers(course, mobile)
    assert "파일 받기" in await talker.presses("달력에 넣기")
    await talker.says("내 신청")
    for label in ("바리스타 2급", "신청 취소하기", "네, 취소할게요"):
        if label in talker.labels or any(each.endswith(label) for each in talker.labels):
            await talker.presses(label)
    assert "신청을 취소했어요" in talker.words


async def test_a_resident_is_served_from_a_cold_start(fresh_town: Town, quick_client: Wire):
    course = await fresh_town.opens()
    fresh_town.service.is_forked = False
    began = time.perf_counter()
    await fresh_town.service.start()
    ready, took = time.perf_counter(), []
    await journey(Timed(quick_client, "하나", took), course, "010-0000-0001")
    print(f"\ncold start: well after {ready - began:.2f} s, first answer {took[0]:.3f} s, slowest {max(took):.3f} s")


async def test_fifty_at_once_are_served_whole(fresh_town: Town, quick_client: Wire):
    course = await fresh_town.opens(capacity=CROWD)
    await fresh_town.service.start()
    took: list[float] = []
    people = (journey(Timed(quick_client, f"{n}", took), course, f"010-5000-{n:04}") for n in range(CROWD))
    began = time.perf_counter()
    await asyncio.gather(*people)
    cuts = quantiles(took, n=100)
    print(
        f"\n{CROWD} residents at once: {len(took)} answers, {len(took) / (time.perf_counter() - began):.0f} a second, "
        f"p50 {cuts[49]:.3f} s, p99 {cuts[98]:.3f} s, slowest {max(took):.3f} s"
    )
    assert await fresh_town.enrolled(course) == []


async def test_a_calendar_is_fetched_from_the_address_on_the_card(fresh_town: Town, quick_client: Wire):
    course, talker = await fresh_town.opens(), Patient(quick_client)
    await fresh_town.service.start()
    await talker.registers(course)
    await talker.presses("달력에 넣기")
    (url,) = re.findall(r"http://127\S+/kakao/files/\S+", talker.words)
    async with aiohttp.request("GET", url) as answer:
        file = await answer.read()
    assert len(icalendar.Calendar.from_ical(file).walk("VEVENT")) == 4


# --- the same on every channel ---

SCRIPT = ("시작", "강좌", "바리스타", "[신청하기]", "[동의하고 계속]", "청구동", "홍길동", "1983",
          "010-7000-{n}", "[이대로 신청하기]", "내 신청", "1",
          "[신청 취소하기]", "[네, 취소할게요]")  # fmt: skip


async def test_one_script_has_the_same_words_and_effects_on_every_channel(fresh_town: Town, quick_client: Wire):
    course = await fresh_town.opens()
    await fresh_town.service.start()
    telegram, web, kakao = (
        fresh_town.resident(),
        await WebVisitor(fresh_town.service.url).opens(),
        Patient(quick_client),
    )
    await has_agreed_to_telegram(fresh_town, telegram)
    shown = [await step(line, telegram, web, kakao) for line in SCRIPT]
    await web.leaves()
    print_side_by_side(shown)
    said = [await replies(fresh_town, channel) for channel in ("telegram", "web", "kakao")]
    assert len(said[0]) == len(SCRIPT)
    assert said[0] == said[1] == said[2]
    ended = select(enrollments.c.state).where(enrollments.c.course_id == course)
    rows = await fresh_town.database.read(lambda tx: tx.execute(ended).scalars().all())
    assert list(rows) == ["cancelled"] * 3


async def step(line: str, telegram: Person, web: WebVisitor, kakao: Talker) -> tuple[str, str, str, Any]:
    """One line of the script on all three; what each then shows."""
    label = line.strip("[]")
    if line.startswith("["):
        on_telegram = next(each for each in telegram.screen.labels if label in each)
        screen = await telegram.taps(on_telegram)
        return line, screen.text, await web.presses(label), (await kakao.presses(label), kakao.answer)[1]
    screen = await telegram.asks(line.format(n="0001"))
    return line, screen.text, await web.says(line.format(n="0002")), (
        await kakao.says(line.format(n="0003")), kakao.answer)[1]  # fmt: skip


async def replies(town: Town, channel: str) -> list[str]:
    """What was said in a channel, without what differs by person and by the one question more that Telegram asks."""
    query = select(inbox.c.reply, inbox.c.body).where(inbox.c.channel == channel).order_by(inbox.c.id)
    rows = await town.database.read(lambda tx: tx.execute(query).all())
    there = [row for row in rows if not row.body.get("path", "").startswith("start")]  # a page greets by itself
    return [
        re.sub(r"\d/\d · |/\d+|-000\d|'(신청번호|신청한 때)', '[^']+'|{'label': '뒤로'[^}]+}, ", "", str(row.reply))
        for row in there
    ]


async def has_agreed_to_telegram(town: Town, person: Person) -> None:
    """The one thing that only Telegram asks."""

    def agree(tx: Any) -> None:
        now, version = datetime.now(UTC), texts.say("ko", "consent.abroad.version")
        resident = residents.welcome(tx, "telegram", str(person.id), "ko", now)
        consents.record(tx, resident.id, "abroad", True, version, "", "telegram", now)

    await town.database.write(agree)


def print_side_by_side(shown: list[tuple[str, str, str, Any]]) -> None:
    for line, telegram, web, kakao in shown:
        forms = [next(iter(output)) for output in kakao["template"]["outputs"]]
        below = [quick["label"] for quick in kakao["template"].get("quickReplies", [])]
        print(f"\n> {line}\n  telegram: {telegram[:70]!r}\n  web:      {web[:70]!r}\n  kakao:    {forms} {below}")
