"""A survey that is changed while somebody answers it at the kiosk, and pages of before."""

import copy
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.web.kiosks import BRIEF, BRIEF_SURVEY, Person, Stand, standing


@pytest.fixture
async def kiosk_desk(sqlite_url: str) -> AsyncIterator[Stand]:
    async with standing(sqlite_url) as started:
        yield started


@pytest.fixture
def someone(kiosk_desk: Stand) -> Person:
    return kiosk_desk.person(kiosk_desk.brief)


async def changes(kiosk_desk: Stand, **questions: dict[str, Any]) -> None:
    survey = copy.deepcopy(BRIEF_SURVEY)
    survey["questions"] = [{**each, **questions.get(each["name"], {})} for each in survey["questions"]]
    await kiosk_desk.office.imports([survey])


async def test_who_is_half_way_is_asked_again_what_is_worded_otherwise_now(kiosk_desk: Stand, someone: Person) -> None:
    await someone.answers(BRIEF, until="Q5")
    await changes(kiosk_desk, Q3={"options": [*"나다라"]})
    assert "3/5" in await someone.gives(BRIEF["Q5"])
    assert "골라 주세요" in someone.text
    assert "5/5" in await someone.gives("나, 라")
    await someone.gives(BRIEF["Q5"])
    await someone.presses("보내기")
    assert (await kiosk_desk.handed_in(kiosk_desk.brief))[0]["Q3"] == ["나", "라"]


async def test_a_sheet_of_before_is_not_taken_while_a_question_lacks_an_answer(
    kiosk_desk: Stand, someone: Person
) -> None:
    await someone.answers(BRIEF)
    await changes(kiosk_desk, Q4={"most": 5})
    assert "몇 번 오셨나요" in await someone.presses("보내기")
    assert await kiosk_desk.handed_in(kiosk_desk.brief) == []


async def test_back_leads_to_the_question_before_the_one_that_is_asked_anew(kiosk_desk: Stand, someone: Person) -> None:
    await someone.answers(BRIEF)
    await changes(kiosk_desk, Q3={"options": [*"나다라"]})
    await someone.presses("보내기")
    assert "2/5" in await someone.presses("뒤로")
    assert someone.page.one("button", **{"aria-current": "true"}).label == "9"


async def test_a_page_of_before_goes_on_from_where_it_was(kiosk_desk: Stand, someone: Person) -> None:
    await someone.answers(BRIEF, until="Q3")
    page_of_before = someone.fields()
    await someone.gives(BRIEF["Q3"])
    await someone.gives(BRIEF["Q4"])
    assert "4/5" in await someone.posts({**page_of_before, "answer": ["다"]})
    await someone.gives("3")
    await someone.gives("건너뛰기")
    await someone.presses("보내기")
    assert await kiosk_desk.handed_in(kiosk_desk.brief) == [{"Q1": 4, "Q2": 9, "Q3": ["다"], "Q4": 3}]


async def test_a_number_left_blank_is_explained_by_its_bounds(someone: Person) -> None:
    await someone.answers(BRIEF, until="Q4")
    assert "1부터 20까지 숫자로 적어 주세요" in await someone.gives("")
