"""Answering in a chat: typed or tapped, forth and back, later and elsewhere."""

import pytest

from handlers.residents.surveys.questions import question_of
from storage.asking.survey import Item, Wording
from tests.support.surveys.poll import NEEDS, SATISFACTION, answer, attend, standard

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def course(school, office):
    return await school.opens()


async def asked(school, office, visitor, course, **more):
    """An attendee at the first question."""
    someone = visitor(**more)
    await attend(school, someone, course)
    round_id = await office.opens(course)
    await someone.goes_to(f"forms/survey/{round_id}")
    return round_id, someone


async def test_all_of_it_is_answered_by_typing(school, office, visitor, course):
    round_id, someone = await asked(school, office, visitor, course)
    assert "고맙습니다. 잘 받았어요." in await answer(someone, round_id, SATISFACTION)
    (sheet,) = await office.sheets(round_id)
    assert sheet.answers == {
        **{f"S{number}": 5 for number in range(1, 14)}, "S14": 9, "S15": "취업을 준비하겠다",
        "S16": ["채용정보", "구직상담"], "S18": "실습이 많아 좋았어요", "S20": "제과",
    }  # fmt: skip


@pytest.mark.on_both
async def test_the_needs_are_told_by_anybody_and_a_question_is_left_out_for_who_it_does_not_concern(office, visitor):
    round_id = (await office.round("수요조사")).id
    assert "고맙습니다" in await answer(visitor(), round_id, NEEDS)
    (sheet,) = await office.sheets(round_id)
    assert "N7" not in sheet.answers
    assert sheet.answers["N8"] == ["식음료(바리스타·차)", "화훼·공예"]


async def test_the_number_typed_is_the_points_given(school, office, visitor, course):
    _, someone = await asked(school, office, visitor, course)
    assert [button.label for button in someone.screen.buttons][::4] == ["전혀 그렇지 않다", "매우 그렇다"]
    assert "2/20 · 교육내용" in await someone.says("5점이요")
    assert (await someone.presses("그렇다")).startswith("3/20")


@pytest.mark.parametrize("said", ["10", "0", "7점"])
async def test_a_recommendation_is_a_number_from_0_to_10(school, office, visitor, course, said):
    round_id, someone = await asked(school, office, visitor, course)
    await answer(someone, round_id, SATISFACTION, until="S14")
    assert "15/20" in await someone.says(said)


async def test_eleven_is_no_recommendation(school, office, visitor, course):
    round_id, someone = await asked(school, office, visitor, course)
    await answer(someone, round_id, SATISFACTION, until="S14")
    assert "0부터 10까지 숫자로 적어 주세요" in await someone.says("11")


async def test_several_are_ticked_one_by_one(school, office, visitor, course):
    round_id, someone = await asked(school, office, visitor, course)
    await answer(someone, round_id, SATISFACTION, until="S16")
    for label in ("채용정보", "구직상담", "심화과정"):
        await someone.presses(label)
    assert "3개까지 고를 수 있어요" in await someone.presses("수료생 동아리")
    await someone.presses("✓ 구직상담")
    assert [each.label for each in someone.screen.buttons if "✓" in each.label] == ["✓ 채용정보", "✓ 심화과정"]
    assert "17/20" in await someone.says("다 골랐어요")


async def test_a_choice_that_is_a_command_elsewhere_is_the_answer_when_it_is_typed(school, office, visitor, course):
    round_id, someone = await asked(school, office, visitor, course)
    await answer(someone, round_id, SATISFACTION, until="S16")
    assert "17/20" in await someone.says("구직상담")
    assert "18/20" in await someone.says("건너뛰기")


async def test_nothing_ticked_is_no_answer_where_one_is_needed(school, office, visitor, course):
    round_id, someone = await asked(school, office, visitor, course)
    await answer(someone, round_id, SATISFACTION, until="S16")
    assert "꼭 답해 주세요" in await someone.presses("다 골랐어요")
    assert "꼭 답해 주세요" in await someone.says("건너뛰기")


async def test_who_goes_back_answers_anew(school, office, visitor, course):
    round_id, someone = await asked(school, office, visitor, course)
    await someone.says("1")
    await someone.says("뒤로")
    await someone.says("4")
    await answer(someone, round_id, {name: said for name, said in SATISFACTION.items() if name != "S1"})
    assert (await office.sheets(round_id))[0].answers["S1"] == 4


@pytest.mark.parametrize("number", ["010-0000-0000", "01000000000", "02 000 0000", "+82 10 0000 0000", "1588-0000"])
async def test_a_telephone_number_is_refused_before_it_is_kept(school, office, visitor, course, number):
    round_id, someone = await asked(school, office, visitor, course)
    await answer(someone, round_id, SATISFACTION, until="S18")
    assert "전화번호는 적지 말아 주세요" in await someone.says(f"연락 주세요 {number} 입니다")
    assert "18/20" in await someone.says("뒤로") + await someone.says("건너뛰기")


async def test_a_date_or_a_sum_is_no_telephone_number(school, office, visitor, course):
    round_id, someone = await asked(school, office, visitor, course)
    await answer(someone, round_id, SATISFACTION, until="S18")
    assert "19/20" in await someone.says("2026. 12. 29. 수업과 재료비 120,000원이 좋았어요 20261229")


async def test_it_is_left_and_gone_on_with_days_later(school, office, visitor, course):
    _, someone = await asked(school, office, visitor, course)
    await someone.says("5")
    assert "이어서 답하실 수 있어요" in await someone.presses("나중에 하기")
    school.waits(days=3)
    await someone.says("메뉴")
    assert "설문 이어서 답하기" in [each.label for each in someone.screen.links]
    assert "2/20" in await someone.presses("설문 이어서")


async def test_nobody_answers_twice_and_only_attendees_are_asked(school, office, visitor, course):
    round_id, someone = await asked(school, office, visitor, course)
    await answer(someone, round_id, SATISFACTION)
    assert "이미 답하셨어요" in await someone.goes_to(f"forms/survey/{round_id}")
    assert "들으신 분께" in await visitor("r9").goes_to(f"forms/survey/{round_id}")


async def test_what_is_not_sent_by_the_end_is_not_taken(school, office, visitor, course):
    round_id, someone = await asked(school, office, visitor, course)
    await answer(someone, round_id, {**SATISFACTION, "end": ""}, until="end")
    school.waits(days=11)
    assert "마감했어요" in await someone.presses("보내기")
    assert await office.sheets(round_id) == []


async def test_the_menu_and_a_word_lead_to_open_surveys(office, visitor):
    someone = visitor()
    assert "수요조사" in await someone.says("설문") + await someone.presses("직업역량강화")
    await someone.says("메뉴")
    assert "사시는 곳은" in await someone.presses("설문 참여하기") + await someone.presses("직업역량강화")


async def test_a_posters_code_opens_its_survey(office, visitor):
    code = (await office.round("수요조사")).code
    assert "16문항" in await visitor().says(f"/start s{code}-from-flyer")
    assert "찾지 못했어요" in await visitor().says("/start s22222222")
    assert "16문항" in await visitor().goes_to(f"surveys/{code.lower()}")


# --- while it is answered, the survey changes ---


async def test_a_question_more_less_and_in_other_words_is_met_by_who_is_half_way(school, office, visitor):
    round_id = (await office.round("수요조사")).id
    someone = visitor()
    await answer(someone, round_id, NEEDS, until="N3")
    content = standard()[:1]
    questions = content[0]["questions"]
    questions[1]["text"] = "연세가 어떻게 되세요?"
    del questions[2]
    questions.insert(0, {"name": "N0", "kind": "single", "text": "처음이세요?", "options": ["네", "아니요"]})
    await office.imports(content)
    assert "처음이세요?" in await someone.says("도움말") + await someone.presses("설문 이어서")
    assert "지금 하시는 일" in await someone.says("네")


async def test_a_choice_that_is_gone_is_asked_again(office, visitor):
    round_id = (await office.round("수요조사")).id
    someone = visitor()
    await answer(someone, round_id, NEEDS, until="N2")
    content = standard()[:1]
    content[0]["questions"][0] |= {"options": ["소공동", "다른 동"], "options_en": []}
    await office.imports(content)
    assert "사시는 곳은" in await someone.goes_to(f"forms/survey/{round_id}")


def reordered(question):
    """The standard survey of needs, the choices of one question in the opposite order."""
    content = standard()[:1]
    (changed,) = [each for each in content[0]["questions"] if each["name"] == question]
    changed |= {"options": changed["options"][::-1], "options_en": changed["options_en"][::-1]}
    return content


async def test_a_button_of_before_is_the_choice_that_it_was_after_the_choices_are_reordered(office, visitor):
    round_id = (await office.round("수요조사")).id
    someone = visitor()
    await answer(someone, round_id, NEEDS, until="N2")
    await office.imports(reordered("N2"))
    await someone.presses("20대")
    await answer(someone, round_id, {name: said for name, said in NEEDS.items() if name not in ("N1", "N2")})
    assert (await office.sheets(round_id))[0].answers["N2"].startswith("20대")


async def test_what_was_ticked_before_stays_ticked_after_the_choices_are_reordered(office, visitor):
    round_id = (await office.round("수요조사")).id
    someone = visitor()
    await answer(someone, round_id, NEEDS, until="N5")
    ticked = someone.screen.buttons[0].label
    await someone.presses(ticked)
    await office.imports(reordered("N5"))
    await someone.goes_to(f"forms/survey/{round_id}")
    assert [each.label for each in someone.screen.buttons if "✓" in each.label] == [f"✓ {ticked}"]


async def test_a_place_in_a_button_of_before_is_asked_again_as_nobody_knows_what_it_was(office, visitor):
    round_id = (await office.round("수요조사")).id
    someone = visitor()
    await answer(someone, round_id, NEEDS, until="N2")
    asked_again = await someone.goes_to(f"forms/survey/{round_id}/answer/N2/o1")
    assert "2/" in asked_again
    assert "알아듣지 못했어요" in asked_again


@pytest.mark.parametrize("kind", ["number", "text"])
async def test_what_is_typed_for_a_question_is_told_by_its_kind_and_not_by_its_name(kind):
    assert question_of(Item("mobile", kind, Wording("몇 번 오셨나요?"), most=99), "ko").asks == kind
