"""Surveys, counseling, postings and words in a real browser: papers by keys alone, and every page looked at."""

from collections.abc import AsyncIterator
from itertools import count

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.messages.answering import Answering
from handlers.staff.files.rows import POSTING, Row
from handlers.staff.postings import importing
from storage.asking import rounds
from storage.database import Database
from storage.engine.opening import open_database
from tests.support.console.sitting import sitting
from tests.support.counseling.centre import Centre, books
from tests.support.counseling.completers import completes
from tests.support.domain import SEAL, SETTINGS, School, Visitor
from tests.support.surveys.ballots import Ballots
from tests.support.surveys.poll import Office, standard
from tests.support.web.browsers import DESK, IN_BROWSER, PHONE, Resident

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
PATHS = {
    "surveys": "/desk/surveys",
    "survey": "/desk/surveys/만족도조사",
    "make-survey": "/desk/make-survey",
    "edit-survey": "/desk/surveys/수요조사/edit",
    "questions": "/desk/surveys/수요조사/questions",
    "question": "/desk/surveys/수요조사/questions/N5",
    "preview": "/desk/surveys/만족도조사/preview",
    "papers": "/desk/surveys/만족도조사/papers?course=26-01",
    "results": "/desk/surveys/만족도조사/results",
    "postings": "/desk/postings",
    "posting": "/desk/add-posting",
    "week": "/desk/counseling",
    "appointment": "/desk/counseling/1",
    "instructors": "/desk/instructors",
    "words": "/desk/words",
    "answer": "/desk/words/answer?words=가죽",
}
JOB = {"공고명": "카페 바리스타 모집", "회사": "예시카페", "지역": "서울 중구", "마감일": "2026-12-24"}


async def work_of_a_week(school: School) -> None:
    """A course whose papers wait to be typed in, results of another, a talk, a candidate, a posting and a phrase."""
    office = Office(school)
    await office.imports(standard())
    await office.opens(await office.seats(await school.opens(code="26-01", title="바리스타 2급"), 30))
    await school.database.write(lambda tx: Ballots(tx, school.now).course({"chat": 7}))
    answering = Answering(school.database, SETTINGS.to_organization(), lambda: school.now)
    visitor = Visitor(answering, "web", "1", count(1))
    await Centre(school).opens()
    await books(visitor)
    number = await completes(school, visitor, school.now, await school.opens(code="OLD", title="핸드드립"))
    await visitor.goes_to(f"instructors/{number}")
    await visitor.says("가죽")
    await school.asks(importing.import_postings, [Row("공고", 2, JOB, {}, POSTING)])


@pytest_asyncio.fixture(loop_scope="session")
async def typist(browser: Browser, sqlite_url: str) -> AsyncIterator[Resident]:
    database: Database = await open_database(sqlite_url, SEAL)
    school = School(database)
    await work_of_a_week(school)
    async with sitting(browser, school) as someone:
        someone.school = school  # type: ignore[attr-defined]
        yield someone
    await database.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_on_any_page_and_nobody_scrolls_sideways(typist, viewport):
    await typist.page.set_viewport_size(viewport)
    found = {}
    for name, path in PATHS.items():
        answer = await typist.page.goto(path)
        await typist.is_photographed(f"desk-work-{name}-{viewport['width']}")
        found[name] = answer.status, await typist.violations(), await typist.overflow()
    assert found == dict.fromkeys(PATHS, (200, [], 0))


async def papers_of(typist):
    school = typist.school
    asked = await school.database.read(lambda tx: rounds.of_code(tx, "만족도조사"))
    return await school.database.read(lambda tx: sum(rounds.count(tx, each.id, "paper") for each in asked))


async def test_a_paper_is_typed_in_by_few_keys_and_the_next_one_is_there(typist):
    keyboard = typist.page.keyboard
    await typist.page.goto(PATHS["papers"])
    # 13 points, 10 of ten, a choice, two of several, four questions that nobody answered, and the button.
    keys = [*"5544554455544", *"10", "1", *"12", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter"]
    for key in keys:
        await keyboard.press(key)
    await typist.page.get_by_text("1번 종이를 넣었습니다").wait_for()
    assert (len(keys), await papers_of(typist)) == (24, 1)
    assert await typist.page.input_value("#number") == "2"


async def test_a_sheet_that_was_begun_is_still_there_after_the_page_was_left(typist):
    await typist.page.goto(PATHS["papers"])
    for key in "543":
        await typist.page.keyboard.press(key)
    await typist.page.goto("/desk/surveys")
    await typist.page.goto(PATHS["papers"])
    assert [await typist.page.input_value(f"#a-S{number}") for number in (1, 2, 3, 4)] == ["5", "4", "3", ""]


async def test_a_sign_of_a_paper_stands_in_one_line_with_its_word(typist):
    parted = """() => [...document.querySelectorAll(".papers [data-sign]")].filter(each => {
        const range = document.createRange();
        range.selectNodeContents(each);
        const tops = [...range.getClientRects()].map(box => box.top);
        return Math.max(...tops) - Math.min(...tops) > 8;
    }).map(each => each.textContent)"""
    await typist.page.set_viewport_size(DESK)
    await typist.page.goto(PATHS["papers"])
    assert await typist.page.evaluate(parted) == []
