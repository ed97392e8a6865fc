"""The same surveys to be filled in with a pen."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
import segno
from playwright.async_api import Browser, Page

from bot.settings import Settings
from storage.asking.rounds import Round
from tests.support.web import html
from tests.support.web.browsers import IN_BROWSER, PHONE, Resident
from tests.support.web.html import inline
from tests.support.web.kiosks import BRIEF_SURVEY, Stand

in_browser = IN_BROWSER
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page()
    yield page
    await page.close()


async def printed(stand: Stand, round_: Round, query: str = "") -> html.Node:
    async with httpx.AsyncClient(base_url=stand.url) as http:
        return html.parse((await http.get(f"/paper/{round_.code}{query}")).text)


def questions(sheet: html.Node) -> list[str]:
    return [each.label.rstrip(".") for each in sheet.all("span", class_="name")]


async def test_every_question_stands_on_the_sheet_once_and_in_order(shown_stand: Stand) -> None:
    assert questions(await printed(shown_stand, shown_stand.liked)) == [f"S{number}" for number in range(1, 21)]
    assert questions(await printed(shown_stand, shown_stand.needs)) == [f"N{number}" for number in range(1, 17)]


async def test_a_scale_is_a_table_of_a_section_with_its_points(shown_stand: Stand) -> None:
    tables = [*(await printed(shown_stand, shown_stand.liked)).all("table")]
    assert [len([*table.all("th", scope="row")]) for table in tables] == [3, 3, 2, 2, 2, 1]
    labels = [each.label for each in tables[0].all("th", scope="col")]
    assert labels == ["전혀 그렇지 않다", "그렇지 않다", "보통이다", "그렇다", "매우 그렇다"]
    assert [each.label for each in tables[0].all("small")][:5] == ["1", "2", "3", "4", "5"]


async def test_a_recommendation_has_eleven_boxes(shown_stand: Stand) -> None:
    points = (await printed(shown_stand, shown_stand.liked)).one("div", class_="points")
    assert [each.label for each in points.all("span", class_="choice")] == [f"☐ {number}" for number in range(11)]


async def test_who_needn_t_answer_is_told(shown_stand: Stand) -> None:
    assert "N6에서 ‘없다’를 고르셨으면 건너뛰세요." in (await printed(shown_stand, shown_stand.needs)).one("main").label
    assert (
        "Skip this if you chose ‘No’ in N6."
        in (await printed(shown_stand, shown_stand.needs, "?language=en")).one("main").label
    )


async def test_only_who_is_concerned_is_asked_to_answer(shown_stand: Stand) -> None:
    asked = [*BRIEF_SURVEY["questions"], {**BRIEF_SURVEY["questions"][4], "name": "Q6", "conditions": "Q3=가|나"}]
    await shown_stand.office.imports([{**BRIEF_SURVEY, "questions": asked}])
    sheet = (await printed(shown_stand, shown_stand.brief)).one("main").label
    assert "Q3에서 ‘가’, ‘나’를 고르신 분만 답해 주세요." in sheet
    assert "몇 번 오셨나요? (1~20)" in sheet


async def test_what_may_be_left_out_and_how_many_may_be_ticked_is_said(shown_stand: Stand) -> None:
    sheet = (await printed(shown_stand, shown_stand.brief)).one("main").label
    assert "Q3. 골라 주세요. (2개까지)" in sheet
    assert "Q5. 적어 주세요. (선택)" in sheet
    assert (await printed(shown_stand, shown_stand.needs)).one("main").label.count("(2개까지)") == 3


async def test_the_sheet_says_whose_it_is_until_when_and_that_nobody_is_named(shown_stand: Stand) -> None:
    sheet = (await printed(shown_stand, shown_stand.liked)).one("main").label
    for said in (
        "바리스타 2급 · 프로그램 만족도 조사",
        "평생학습팀 · 전화 02-000-0000",
        "12월 3일(목)까지",
        "접수번호",
    ):
        assert said in sheet
    assert "이름을 적지 않으셔도 됩니다" in sheet


async def test_its_code_is_written_in_two_groups_and_drawn_to_be_scanned(shown_stand: Stand) -> None:
    sheet, code = await printed(shown_stand, shown_stand.liked), shown_stand.liked.code
    address = f"{Settings().to_organization().public_url}/?start=s{code}"
    assert f"{code[:4]}-{code[4:]}" in sheet.one("main").label
    assert sheet.one("a", class_="qr").attributes["href"] == address
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, border=2, svgclass=None, lineclass=None
    )
    assert sheet.one("path").attributes["d"] == re.search('d="([^"]+)"', drawn)[1]  # type: ignore[index]


async def test_the_sheet_has_nothing_inline_that_the_shield_forbids(shown_stand: Stand) -> None:
    async with httpx.AsyncClient(base_url=shown_stand.url) as http:
        answer = await http.get(f"/paper/{shown_stand.liked.code}")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert inline(html.parse(answer.text)) == []


async def test_it_can_be_printed_before_it_opens_and_after_it_is_over(shown_stand: Stand) -> None:
    for days in (-20, 60):
        shown_stand.school.waits(days=days)
        assert len(questions(await printed(shown_stand, shown_stand.needs))) == 16


@in_browser
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_both_surveys_fit_on_two_pages(shown_stand: Stand, page: Page, language: str) -> None:
    for round_ in (shown_stand.needs, shown_stand.liked):
        await page.goto(f"{shown_stand.url}/paper/{round_.code}?language={language}")
        pdf = await page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
        assert re.search(rb"/MediaBox\s*\[0 0 59[45][\d.]* 84[12]", pdf)


@in_browser
async def test_the_button_prints_and_is_not_printed(shown_stand: Stand, page: Page) -> None:
    await page.add_init_script("window.print = () => { window.isPrinted = true; }")
    await page.goto(f"{shown_stand.url}/paper/{shown_stand.liked.code}")
    await page.get_by_role("button", name="인쇄하기").click()
    assert await page.evaluate("window.isPrinted") is True
    await page.emulate_media(media="print")
    assert not await page.get_by_role("button", name="인쇄하기").is_visible()


@in_browser
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_axe_finds_nothing_wrong_with_the_sheet(shown_stand: Stand, page: Page, language: str) -> None:
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for round_ in (shown_stand.needs, shown_stand.liked):
        await page.goto(f"{shown_stand.url}/paper/{round_.code}?language={language}")
        reader = Resident(page)
        assert await reader.violations() == []
        assert await reader.overflow() <= 0
