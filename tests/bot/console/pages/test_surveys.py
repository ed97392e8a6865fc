"""Surveys in the console: made, edited, opened, typed in from paper, and read."""

import pytest

from storage.asking import surveys
from tests.support.surveys.ballots import Ballots

pytestmark = pytest.mark.on_sqlite
AT = "/desk/surveys/%EB%B4%84-%EB%A7%8C%EC%A1%B1"  # 봄-만족
PAPERS = "/desk/surveys/만족도조사/papers?course=26-01"
PAPER = {**{f"a-S{number}": "5" for number in range(1, 14)}, "a-S14": "10", "a-S15": "1", "a-S16": "13"}


@pytest.fixture
async def on_duty(counter, office):
    return await counter.officer()


@pytest.fixture
async def made_spring(on_duty):
    await on_duty.opens("/desk/make-survey?of=만족도조사")
    made = await on_duty.presses("설문 만들기", code="봄-만족", title="봄학기 만족도")
    assert "설문을 만들었습니다. 문항 20개" in made
    return on_duty


@pytest.fixture
async def asked_course(school, office):
    """Thirty attend it, and its survey is open."""
    return await office.opens(await office.seats(await school.opens(code="26-01"), 30))


async def test_a_survey_is_made_edited_and_copied_from_forms(made_spring, school):
    await made_spring.opens(f"{AT}/add")
    told = await made_spring.presses("저장", name="Z1", kind="하나", text="또 오시겠어요?", options="예\n아니요")
    assert "Z1을 저장했습니다" in told
    await made_spring.opens(f"{AT}/questions/Z1")
    assert "2개 이상" not in await made_spring.presses("저장", text="다시 오시겠어요?")
    assert "다시 오시겠어요?" in await made_spring.opens(f"{AT}/preview")
    assert "뺐습니다" in await made_spring.sends(f"{AT}/questions", {"do": "drop", "name": "Z1"})
    assert "되돌렸습니다" in await made_spring.presses("되돌리기")
    assert "Z1" in await made_spring.opens(f"{AT}/questions")


async def test_what_was_typed_stays_where_it_is_refused(made_spring):
    await made_spring.opens(f"{AT}/add")
    assert "보기를 두 개 이상" in await made_spring.presses("저장", name="Z1", kind="하나", text="또?", options="하나")
    assert made_spring.page.one("input", name="name").attributes["value"] == "Z1"


async def test_opening_says_whom_it_tells_before_it_does(counter, school, office):
    await office.seats(await school.opens(code="OLD"), 6)
    school.now += school.days(120)
    on_duty, path = await counter.officer(), "/desk/surveys/만족도조사"
    await on_duty.opens(path)
    assert "알릴 분 6명 모두" in await on_duty.presses("누구에게", course="OLD")
    assert await on_duty.presses("그대로 하기")
    assert "열었습니다" in on_duty.text
    assert "마감했습니다" in await on_duty.presses("마감")


async def test_papers_are_typed_one_after_the_other_and_taken_back(on_duty, asked_course, school):
    await on_duty.opens(PAPERS)
    assert "1번 종이를 넣었습니다" in await on_duty.presses("넣고 다음", **PAPER)
    assert on_duty.page.one("input", id="number").attributes["value"] == "2"
    assert "2번 종이를 넣었습니다" in await on_duty.presses("넣고 다음", **PAPER)
    assert "2번 종이를 뺐습니다" in await on_duty.presses("빼기")
    assert "종이로 받은 응답 1건" in on_duty.text


async def test_a_paper_with_a_wrong_sign_stays_as_it_was_typed(on_duty, asked_course):
    await on_duty.opens(PAPERS)
    assert "S15: ‘99’: 보기는" in await on_duty.presses("넣고 다음", **{**PAPER, "a-S15": "99"})
    assert on_duty.page.one("input", id="a-S15").attributes["value"] == "99"


async def test_results_are_shown_with_bars_and_few_answers_are_not(on_duty, school, office):
    await school.database.write(lambda tx: Ballots(tx, school.now).course({"chat": 7}))
    shown = await on_duty.opens("/desk/surveys/만족도조사/results")
    assert "응답 7건, 결과에 넣은 것 7건" in shown
    assert len(list(on_duty.page.all("svg"))) > 20
    await school.database.write(lambda tx: Ballots(tx, school.now).course({"chat": 3}, code="FEW"))
    assert "평균" not in await on_duty.opens("/desk/surveys/만족도조사/results?course=FEW")


async def test_a_survey_in_the_list_leads_to_its_page(made_spring, school):
    await made_spring.opens("/desk/surveys")
    assert "봄학기 만족도" in made_spring.text
    assert "아직 열지 않았습니다" in await made_spring.opens(AT)
    assert await school.database.read(lambda tx: surveys.newest(tx, "봄-만족"))


async def test_whoever_chooses_a_standard_survey_gets_its_own_name_and_questions(on_duty):
    await on_duty.opens("/desk/make-survey")
    await on_duty.follows("만족도조사")
    assert "만족도" in on_duty.page.one("input", id="f-title").attributes["value"]
    assert "설문을 만들었습니다. 문항 20개" in await on_duty.presses("설문 만들기", code="봄-만족")
