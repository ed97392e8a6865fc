"""Where the code of a class leads: to the chats that are on, and by one press to a chat that this browser knows."""

from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.web.service import WebChat
from bot.http.limits import Rates
from bot.messages.answering import Answering
from bot.site.attending import Attending
from handlers.attendance import codes
from storage.keys import sealing
from storage.tables import attendance
from storage.teaching import sessions
from tests.support.domain import SETTINGS
from tests.support.web.site import served
from tests.support.web.visitors import WebVisitor

pytestmark = pytest.mark.on_sqlite
BOT = "https://t.me/baeumtok_bot"


class Door:
    """A class five minutes before it begins, and browsers that open its code."""

    def __init__(self, school, url, course):
        self.school, self.url, self.course = school, url, course

    async def begins(self):
        meeting = (await self.school.database.read(lambda tx: sessions.of_courses(tx, [self.course])))[0]
        self.school.now = meeting.starts_at - timedelta(minutes=5)
        self.meeting = meeting

    async def code(self):
        shown = codes.at(self.meeting.id, self.school.now)
        return await self.school.database.read(lambda tx: codes.written(sealing.of(tx), shown))

    async def digits(self):
        shown = codes.at(self.meeting.id, self.school.now)
        return await self.school.database.read(lambda tx: codes.typed(sealing.of(tx), shown))

    async def kept(self):
        return [(row.mark, row.way) for row in await self.school.rows(select(attendance))]


@pytest.fixture
async def door(school) -> AsyncIterator[Door]:
    course = await school.opens()
    organization = SETTINGS.to_organization()
    chat = WebChat(Answering(school.database, organization, lambda: school.now))
    rates = Rates(per_minute=60, burst=30)
    leads = Attending(school.database, organization, lambda: school.now, lambda: BOT, chat.token, rates)
    async with served([*leads.routes(), *chat.routes()]) as url:
        with closing(chat):
            yield Door(school, url, course)


async def test_it_offers_the_chats_that_are_on(door):
    await door.begins()
    someone = WebVisitor(door.url)
    await someone.opens(f"/a/{await door.code()}")
    assert "바리스타 2급 1회차 출석" in someone.answer.text
    assert "텔레그램으로" in someone.answer.text
    assert "웹 채팅으로" in someone.answer.text
    assert "카카오톡" not in someone.answer.text  # it is off
    await someone.leaves()


async def test_telegram_opens_with_the_code_and_is_remembered(door):
    await door.begins()
    someone, code = WebVisitor(door.url), await door.code()
    answer = await someone.http.get(f"/a/{code}/telegram", follow_redirects=False)
    assert answer.headers["location"] == f"{BOT}?start=a{code}"
    assert len(f"a{code}") <= 64
    assert answer.cookies["chat"] == "telegram"
    await someone.leaves()


async def test_whoever_is_known_here_needs_one_press(door):
    someone = await WebVisitor(door.url).opens()
    await someone.fills_in()
    await someone.presses("이대로 신청하기")
    await door.begins()
    await someone.opens(f"/a/{await door.code()}")
    form = someone.page.one("form")
    fields = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    button = form.one("button")
    await someone.http.post("/say", data={**fields, button.attributes["name"]: button.attributes["value"]})
    assert await door.kept() == [("present", "scan")]
    assert "출석했어요" in (await someone.opens()).said[-1] or "출석했어요" in someone.answer.text
    await someone.leaves()


async def test_a_code_that_is_over_leads_nowhere_and_tells_no_course(door):
    await door.begins()
    someone, code = WebVisitor(door.url), await door.code()
    door.school.waits(minutes=1)
    for path in (f"/a/{code}", f"/a/{code}/telegram", "/a/1-aaaaaaaaaa", "/a/x"):
        await someone.opens(path)
        assert someone.answer.status_code == 410
        assert "지난 코드예요" in someone.answer.text
        assert "바리스타" not in someone.answer.text
    await someone.leaves()


async def test_guessing_by_the_page_is_slowed_down(door):
    await door.begins()
    someone = WebVisitor(door.url)
    answers = [
        (await someone.http.get(f"/a/1-aaaaaaaaa{sign}")).status_code for sign in "abcdefghijklmnopqrstuvwxyz" * 2
    ]
    assert answers.count(429) >= 20
    await someone.leaves()


async def test_digits_shown_with_a_code_last_no_longer_than_it(door):
    """Otherwise a friend who opens it in the last second would have another minute."""
    await door.begins()
    someone, code, digits = WebVisitor(door.url), await door.code(), await door.digits()
    door.school.waits(seconds=40)
    page = await someone.opens(f"/a/{code}")
    assert page.answer.status_code == 200
    assert await door.digits() != digits
    assert await door.digits() not in page.answer.text
    await someone.leaves()
