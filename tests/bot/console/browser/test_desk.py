"""The console in a real browser: by keyboard alone, for everybody, on a desk and on a phone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.messages.answering import Answering
from storage.counseling import callbacks
from storage.engine.opening import open_database
from storage.officers import deputies
from tests.support.console.counter import account
from tests.support.console.sitting import sitting
from tests.support.databases.kinds import sqlite_copy
from tests.support.domain import SEAL, SETTINGS, School, Visitor
from tests.support.web.browsers import DESK, IN_BROWSER, PHONE, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
PATHS = [
    "/desk/",
    "/desk/calls",
    "/desk/courses",
    "/desk/courses/T1",
    "/desk/courses/T1/edit",
    "/desk/courses/T1/copy",
    "/desk/courses/T1/meetings",
    "/desk/courses/T1/history",
    "/desk/new-course",
    "/desk/import",
    "/desk/courses/T1/people",
    "/desk/courses/T1/people/1",
    "/desk/courses/T1/people/1/receipt",
    "/desk/courses/T3/decide",
    "/desk/register?course=T1",
    "/desk/counter",
    "/desk/courses/T1/close",
    "/desk/search?q=홍길동",
    "/desk/courses/T1/message",
    "/desk/messages",
    "/desk/messages/completers",
    "/desk/messages/templates",
    "/desk/messages/approved",
    "/desk/officers",
    "/desk/me",
    "/desk/undo",
    "/desk/people/1",
    "/desk/people/1/erase",
    "/desk/review",
    "/desk/courses/T1/certificates",
    "/desk/courses/T1/seats",
    "/desk/courses/T1/share",
    "/desk/courses/T1/poster?from=centre",
    "/desk/poster",
    "/desk/sources",
]


@pytest_asyncio.fixture(loop_scope="session")
async def lead(browser: Browser, sqlite_url: str) -> AsyncIterator[Resident]:
    async with _lead(browser, sqlite_url) as someone:
        yield someone


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def reader(
    browser: Browser, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Resident]:
    """The same for all who only look."""
    async with _lead(browser, sqlite_copy(migrated_file, tmp_path_factory.mktemp("reader"))) as someone:
        yield someone


@asynccontextmanager
async def _lead(browser: Browser, url: str) -> AsyncIterator[Resident]:
    """Signed in, with a course that somebody has registered for."""
    database = await open_database(url, SEAL)
    school = School(database)
    course = await school.opens(code="T1")
    later = {"start_date": school.now.date() + timedelta(days=60), "term": "2027-H1", "venue": "실습실 B"}
    await school.opens(code="T2", **later)
    answering = Answering(database, SETTINGS.to_organization(), lambda: school.now)
    visitor = Visitor(answering, "telegram", "1", count(1))
    await visitor.registers(course)
    judged = await school.opens(code="T3", selection="review", apply_end=school.now, **later)
    await visitor.goes_to(f"forms/enroll/{judged}")
    await visitor.submits(judged)
    asked = "+821000000009", "morning", "수강료", "web", school.now
    await database.write(lambda tx: callbacks.ask(tx, 1, *asked))
    async with sitting(browser, school) as someone:
        stands_in = await database.write(lambda tx: account(tx, school, "park", "viewer"))
        today = school.now.date()
        await database.write(lambda tx: deputies.set_period(tx, 1, stands_in.id, today, today))
        yield someone
    await database.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PATHS)
async def test_axe_finds_nothing_and_nobody_scrolls_sideways(reader, path, viewport):
    await reader.page.set_viewport_size(viewport)
    await reader.page.goto(path)
    await reader.is_photographed(f"desk-{path.strip('/').replace('/', '-').replace('?', '-')}-{viewport['width']}")
    assert (await reader.violations(), await reader.overflow(), reader.complaints) == ([], 0, [])


async def test_the_search_is_as_narrow_as_a_phone_however_wide_its_letters_are(lead):
    await lead.page.set_viewport_size(PHONE)
    await lead.page.goto("/desk/")
    await lead.page.evaluate("document.getElementById('q').size = 60")
    assert await lead.overflow() == 0


async def test_no_field_of_registering_covers_another_however_wide_its_letters_are(lead):
    await lead.page.set_viewport_size(DESK)
    await lead.page.goto("/desk/register?course=T1")
    await lead.page.evaluate("for (const each of document.querySelectorAll('input')) each.size = 60")
    right = "each => each.getBoundingClientRect().right"
    wider = f"all => all.filter(each => ({right})(each) > ({right})(each.parentElement)).map(each => each.id)"
    assert await lead.page.eval_on_selector_all(".field > input", wider) == []


async def test_on_a_phone_no_button_of_a_call_is_cut_off(lead):
    await lead.page.set_viewport_size(PHONE)
    await lead.page.goto("/desk/calls")
    await lead.page.evaluate("for (const each of document.querySelectorAll('.tick button')) each.style.width = '8rem'")
    cut = "all => all.filter(each => each.scrollWidth > each.clientWidth).length"
    assert await lead.page.eval_on_selector_all(".wide", cut) == 0


async def test_the_menu_of_a_phone_shows_where_one_is(lead):
    await lead.page.set_viewport_size(PHONE)
    await lead.page.goto("/desk/review")
    box = await lead.page.locator(".places [aria-current]").bounding_box()
    assert 0 <= box["x"] <= round(box["x"] + box["width"]) <= PHONE["width"]  # a browser scrolls by whole pixels


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_message_is_seen_before_it_is_sent_and_watched_by_everybody(lead, viewport):
    await lead.page.set_viewport_size(viewport)
    await lead.page.goto("/desk/courses/T1/message")
    await lead.page.fill("#text", "내일 수업에는 앞치마를 가져와 주세요.\n주차는 어려우니 버스를 타고 오세요.")
    await lead.page.get_by_text("영어 글 (없어도 됩니다)").click()
    await lead.page.fill("#text_en", "Please bring an apron tomorrow.")
    await lead.page.get_by_role("button", name="미리 보기").click()
    for label, path in (("보내기", "preview"), ("", "list")):
        await lead.is_photographed(f"desk-message-{path}-{viewport['width']}")
        assert (await lead.violations(), await lead.overflow()) == ([], 0)
        if label:
            await lead.page.get_by_role("button", name=label, exact=True).click()
    await lead.page.get_by_role("link", name="내일 수업에는").first.click()
    await lead.is_photographed(f"desk-message-one-{viewport['width']}")
    assert (await lead.violations(), await lead.overflow()) == ([], 0)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_on_a_persons_page_with_its_forms_open(lead, viewport):
    await lead.page.set_viewport_size(viewport)
    await lead.page.goto("/desk/people/1?purpose=")
    await lead.page.keyboard.press("Enter")
    await lead.page.wait_for_url("**/people/1")
    for form in await lead.page.locator("summary").all():
        await form.click()
    await lead.is_photographed(f"desk-person-{viewport['width']}")
    assert (await lead.violations(), await lead.overflow()) == ([], 0)
    await lead.page.get_by_role("button", name="종이로 드리기").click()
    await lead.page.get_by_role("button", name="인쇄하기").wait_for()
    assert (await lead.violations(), await lead.overflow()) == ([], 0)


async def test_a_course_is_closed_by_keyboard_alone(lead):
    keyboard = lead.page.keyboard
    await lead.page.goto("/desk/")
    await keyboard.press("/")
    await keyboard.type("T1")
    await keyboard.press("Enter")
    await lead.page.wait_for_url("**/desk/search**")
    await lead.tabs_to("보기")  # the table, which is a region, and then the link in it
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    await lead.page.wait_for_url("**/desk/courses/T1")
    await lead.tabs_to("폐강")
    await keyboard.press("Enter")
    await lead.page.wait_for_url("**/close")
    await keyboard.type("신청 인원 부족")
    await keyboard.press("Enter")
    await lead.page.get_by_text("아직 하지 않았습니다").wait_for()
    await keyboard.press("Enter")
    await lead.page.get_by_text("폐강했습니다").wait_for()


async def test_a_call_is_ticked_off_by_keyboard_alone_from_the_first_page(lead):
    keyboard = lead.page.keyboard
    await lead.page.goto("/desk/")
    await lead.tabs_to("전화할 분을 보려면")
    await keyboard.press("Enter")
    await lead.page.wait_for_url("**/desk/calls")
    await lead.tabs_to("call-1")
    await keyboard.type("통화함")
    await keyboard.press("Enter")
    await lead.page.get_by_text("한 것으로 적었습니다").wait_for()


async def test_the_first_page_is_up_to_date_while_it_is_open(lead):
    await lead.page.goto("/desk/")
    await lead.page.get_by_text("전화를 부탁한 분 1명").wait_for()
    other = await lead.page.context.new_page()
    await other.goto("/desk/calls")
    await other.get_by_role("button", name="전화함").click()
    await other.get_by_text("한 것으로 적었습니다").wait_for()
    await other.close()
    await lead.page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    await lead.page.get_by_text("전화를 부탁한 분").wait_for(state="detached")


async def test_a_caller_is_registered_by_keyboard_alone(lead):
    keyboard = lead.page.keyboard
    await lead.page.goto("/desk/register?course=T1")
    for typed in ("임꺽정", "1970", "010-0000-0008", "청구동"):
        await keyboard.type(typed)
        await keyboard.press("Tab")
    await lead.tabs_to("aloud")
    await keyboard.press("Space")
    await keyboard.press("Enter")
    await lead.page.get_by_text("임꺽정 님을 전화로 접수했습니다").wait_for()
    assert await lead.page.evaluate("document.activeElement.id") == "name"  # for the next caller


async def test_a_known_caller_is_asked_about_and_registered_by_enter_alone(lead):
    keyboard = lead.page.keyboard
    await lead.page.goto("/desk/register?course=T2")
    for typed in ("홍길동", "1983", "010-0000-0001"):
        await keyboard.type(typed)
        await keyboard.press("Tab")
    await keyboard.type("청구동")
    await keyboard.press("Enter")
    await lead.page.get_by_text("같은 분인가요?").wait_for()
    await lead.is_photographed("desk-register-same")
    assert (await lead.violations(), await lead.overflow()) == ([], 0)
    await keyboard.press("Enter")
    await lead.page.get_by_text("홍길동 님을 전화로 접수했습니다").wait_for()


async def test_a_tablet_at_the_counter_is_for_everybody(lead):
    await lead.page.goto("/desk/counter")
    await lead.page.keyboard.type("1234")
    await lead.page.keyboard.press("Enter")
    await lead.page.get_by_text("읽었고 동의합니다").wait_for()
    await lead.is_photographed("desk-counter-open")
    assert (await lead.violations(), await lead.overflow()) == ([], 0)
    await lead.page.get_by_text("담당자", exact=True).click()
    await lead.page.fill("#pin", "1234")
    await lead.page.keyboard.press("Enter")
    await lead.page.wait_for_url("**/desk/")


async def test_what_was_just_done_is_told_apart_from_the_same_list_of_the_page(lead):
    await lead.page.goto("/desk/courses/T1/seats")
    await lead.page.fill("#institution", "일자리플러스센터")
    await lead.page.fill("#until", "2026-11-30")
    await lead.page.get_by_role("button", name="잡아 두기").click()
    await lead.page.wait_for_selector(".done table")
    assert await lead.violations() == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_fields_of_a_course_are_as_wide_as_there_is_room(lead, viewport):
    await lead.page.set_viewport_size(viewport)
    await lead.page.goto("/desk/courses/T1/edit")
    box = await lead.page.locator("#title").bounding_box()
    assert box["width"] > 200
