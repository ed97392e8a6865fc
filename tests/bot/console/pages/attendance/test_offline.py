"""Two phones in a basement: attendance marked without a network, sent once it is back, and what differs named."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, expect
from sqlalchemy import insert, select
from starlette.routing import Route

from bot.console.console import Console
from bot.console.signing import cookies
from bot.http.pages import serve_asset
from storage.engine.opening import open_database
from storage.seating import enrollments as seats
from storage.tables import attendance, journal, residents
from tests.support.console.counter import signed_in
from tests.support.domain import SEAL, SEOUL, SETTINGS, School
from tests.support.web.browsers import IN_BROWSER, PHONE, Resident
from tests.support.web.site import served

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
PATH = "/desk/courses/T1/attendance/offline?class=1"
SYNC = "**/attendance/sync"
PEOPLE = 20
NOBODY_LEFT = re.compile("보낼 것 0건")


@dataclass
class Basement:
    """A class of twenty, now, and phones that come down to it."""

    school: School
    browser: Browser
    url: str
    contexts: list[BrowserContext]

    async def phone(self, login: str) -> Resident:
        context = await self.browser.new_context(
            viewport=PHONE, locale="ko-KR", timezone_id="Asia/Seoul", base_url=self.url
        )  # type: ignore[arg-type]
        self.contexts.append(context)
        await self.signs_in(context, login)
        phone = Resident(await context.new_page())
        await phone.page.goto(PATH)
        await phone.page.locator("main[data-kept=yes]").wait_for()
        return phone

    async def signs_in(self, context: BrowserContext, login: str) -> None:
        token = await self.school.database.write(lambda tx: signed_in(tx, self.school, login, "officer"))
        await context.add_cookies([{"name": cookies.name(self.url), "value": token, "url": self.url}])

    async def entries(self, **where: str) -> list[tuple[int, str, str, str]]:
        query = select(attendance).order_by(attendance.c.enrollment_id, attendance.c.standing, attendance.c.id)
        for name, value in where.items():
            query = query.where(attendance.c[name] == value)
        rows = await self.school.rows(query)
        return [(row.enrollment_id, row.mark, row.standing, row.entered_by) for row in rows]


@pytest_asyncio.fixture(loop_scope="session")
async def basement(browser: Browser, sqlite_url: str) -> AsyncIterator[Basement]:
    database = await open_database(sqlite_url, SEAL)
    school = School(database)
    school.now = datetime.now(SEOUL)
    today, ends = school.now.date(), time(23, 59, 59)
    course = await school.opens(
        code="T1", capacity=30, start_date=today, weekdays=(today.weekday(),), start_time=time(0), end_time=ends
    )
    for number in range(1, PEOPLE + 1):
        await school.database.write(lambda tx, name=f"수강생{number:02}": seated(tx, course, name, school.now))
    organization = replace(SETTINGS.to_organization(), public_url="http://127.0.0.1")
    console = Console(database, organization, lambda: datetime.now(UTC))
    async with served([*console.routes(), Route("/static/{name:path}", serve_asset)]) as url:
        room = Basement(school, browser, url, [])
        yield room
        for context in room.contexts:
            await context.close()
    await database.close()


def seated(tx, course, name, now):
    person = tx.execute(insert(residents).values(language="ko", name=name, created_at=now))
    seats.add(tx, course, person.inserted_primary_key[0], "confirmed", "visit", now)


async def marks(phone: Resident, person: int, word: str) -> None:
    row = phone.page.get_by_role("group", name=f"수강생{person:02}")
    await row.get_by_label(word, exact=True).click()
    await expect(row).to_contain_text("에 적음")


async def goes_down(*phones: Resident) -> None:
    for phone in phones:
        await phone.page.context.set_offline(True)


async def comes_up(phone: Resident) -> None:
    await phone.page.context.set_offline(False)
    async with phone.page.expect_response(SYNC):
        await phone.page.get_by_role("button", name="지금 보내기").click()
    await expect(phone.page.locator("#count")).to_have_text(NOBODY_LEFT)


async def test_two_phones_without_a_network_come_to_one_result_and_name_what_differs(basement):
    kim, lee = await basement.phone("kim"), await basement.phone("lee")
    await goes_down(kim, lee)
    await kim.page.get_by_role("button", name="전원 출석").click()
    await expect(kim.page.locator("#count")).to_contain_text("보낼 것 20건")
    await kim.page.reload()
    await expect(kim.page.locator("#count")).to_contain_text("적지 않은 분 0명 · 보낼 것 20건")
    await lee.page.get_by_role("button", name="전원 출석").click()
    await expect(lee.page.locator("#count")).to_contain_text("보낼 것 20건")
    await marks(lee, 3, "결석")
    await marks(lee, 5, "지각")
    await lee.page.reload()
    await expect(lee.page.get_by_role("group", name="수강생03").get_by_label("결석", exact=True)).to_be_checked()
    await lee.is_photographed("offline-queued-360")
    await comes_up(lee)
    await comes_up(kim)
    await comes_up(lee)
    counting = await basement.entries(standing="counts")
    assert [mark for _, mark, _, _ in counting] == ["present"] * PEOPLE
    assert {person for person, *_, who in counting if who == "kim 님"} == {3, 5}  # the others were said before
    assert await basement.entries(standing="open") == [(3, "absent", "open", "lee 님"), (5, "late", "open", "lee 님")]
    for phone in (kim, lee):
        clashes = phone.page.locator("#clashes li")
        await expect(clashes).to_have_count(2)
        await expect(clashes.first).to_contain_text(
            re.compile("수강생03: 지금은 출석.*kim 님.*다른 기록은 결석.*lee 님")
        )
        await phone.is_photographed("offline-clashes-360")
        assert (await phone.violations(), await phone.overflow()) == ([], 0)
    await comes_up(kim)
    assert len(await basement.entries()) == len({row.key for row in await keys(basement)})


async def keys(basement):
    return await basement.school.rows(select(attendance.c.key))


async def test_an_answer_that_is_lost_and_two_tabs_enter_it_once(basement):
    kim = await basement.phone("kim")
    other = await kim.tab()
    arrived = asyncio.Event()

    async def lose(route):
        await route.fetch()  # it arrives, and its answer doesn't
        await route.abort()
        arrived.set()

    await goes_down(kim)
    await marks(kim, 1, "출석")
    await kim.page.route(SYNC, lose)
    await kim.page.context.set_offline(False)
    await kim.page.get_by_role("button", name="지금 보내기").click()
    await arrived.wait()
    assert await basement.entries() == [(1, "present", "counts", "kim 님")]
    await expect(kim.page.locator("#network")).to_contain_text("연결되지 않았습니다")
    await expect(kim.page.locator("#count")).to_contain_text("보낼 것 1건")
    await kim.page.unroute_all(behavior="ignoreErrors")
    for tab in (kim, other):
        await tab.page.get_by_role("button", name="지금 보내기").click()
    await expect(kim.page.locator("#count")).to_have_text(NOBODY_LEFT)
    await expect(other.page.locator("#count")).to_have_text(NOBODY_LEFT)
    assert await basement.entries() == [(1, "present", "counts", "kim 님")]


async def test_who_corrects_what_they_saw_is_in_no_conflict_with_themselves(basement):
    kim = await basement.phone("kim")
    for word in ("출석", "지각"):
        await kim.page.get_by_role("group", name="수강생01").get_by_label(word, exact=True).click()
        await comes_up(kim)
    assert [(mark, standing) for _, mark, standing, _ in await basement.entries()] == [
        ("late", "counts"),
        ("present", "replaced"),
    ]


async def test_a_session_that_is_over_keeps_what_was_tapped_and_another_officer_is_told_whose_it_is(basement):
    kim = await basement.phone("kim")
    await goes_down(kim)
    await marks(kim, 1, "결석")
    await kim.page.context.clear_cookies()
    await kim.page.context.set_offline(False)
    await kim.page.get_by_role("button", name="지금 보내기").click()
    await kim.page.get_by_role("link", name="다시 로그인").wait_for()
    await basement.signs_in(kim.page.context, "lee")
    await kim.page.goto(PATH)
    await expect(kim.page.locator("#whose")).to_contain_text("kim 님: 적고 보내지 않은 기록 1건")
    assert await basement.entries() == []
    await kim.is_photographed("offline-whose-360")
    assert (await kim.violations(), await kim.overflow()) == ([], 0)
    await kim.page.get_by_role("button", name="내 이름으로 보내기").click()
    await expect(kim.page.locator("#count")).to_have_text(NOBODY_LEFT)
    assert await basement.entries() == [(1, "absent", "counts", "lee 님")]
    (row,) = await basement.school.rows(select(journal.c.args).where(journal.c.action == "sync-attendance"))
    assert row.args["written_by"] == "kim 님"


async def test_who_left_meanwhile_is_refused_and_listed(basement):
    kim = await basement.phone("kim")
    await goes_down(kim)
    await marks(kim, 1, "출석")
    now = basement.school.now
    await basement.school.database.write(lambda tx: seats.end(tx, 1, "cancelled", now))
    await comes_up(kim)
    await expect(kim.page.locator("#refused li")).to_contain_text("지금 이 강좌의 수강생이 아닙니다(본인취소)")
    await expect(kim.page.get_by_role("group", name="수강생01")).to_have_count(0)
    assert await basement.entries() == []


async def test_signing_out_leaves_no_name_on_the_phone(basement):
    kim = await basement.phone("kim")
    await goes_down(kim)
    await marks(kim, 1, "출석")
    await kim.page.context.set_offline(False)
    await kim.page.route(SYNC, lambda route: route.abort())
    await kim.page.get_by_role("button", name="로그아웃").click()
    await kim.page.wait_for_url("**/sign-in")
    await goes_down(kim)
    await kim.page.goto(PATH)
    await expect(kim.page.locator("h1")).to_have_text("이 기기에 둔 출석부가 없습니다")


async def test_a_kept_page_is_gone_after_a_day(basement):
    kim = await basement.phone("kim")
    await kim.page.evaluate(
        """async () => {
        const cache = await caches.open("attendance"), page = await cache.match(location.href);
        const headers = new Headers(page.headers);
        headers.set("x-kept-at", Date.now() - 25 * 3600_000);
        await cache.put(location.href, new Response(await page.text(), { headers }));
    }"""
    )
    await goes_down(kim)
    await kim.page.reload()
    await expect(kim.page.locator("h1")).to_have_text("이 기기에 둔 출석부가 없습니다")


async def test_a_phone_is_for_thumbs_and_keys(basement):
    kim = await basement.phone("kim")
    await kim.is_photographed("offline-fresh-360")
    assert (await kim.violations(), await kim.overflow()) == ([], 0)
    boxes = await kim.page.locator(".mark input").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
    )
    assert min(boxes) >= 44
    await kim.page.get_by_role("group", name="수강생01").get_by_label("출석").focus()
    await kim.page.keyboard.press("Space")
    await kim.page.keyboard.press("ArrowRight")
    await comes_up(kim)
    assert await basement.entries(standing="counts") == [(1, "late", "counts", "kim 님")]
    assert kim.complaints == []
