"""A form stays a form: its question is answered whatever was shown since, and asked again when that is in doubt."""

import pytest

from tests.support.surveys.poll import NEEDS, answer

pytestmark = pytest.mark.on_sqlite


async def at(school, visitor, question, **differing):
    course = await school.opens(**differing)
    resident = visitor()
    await resident.fills_in(course, until=question)
    return resident


async def looks_up(resident, aside):
    await {"스티커": resident.sends}.get(aside, resident.says)({"스티커": "sticker"}.get(aside, aside))


@pytest.mark.parametrize("aside", ["도움말", "강좌", "문의", "내 신청", "/help", "스티커", "일자리", "메뉴"])
@pytest.mark.parametrize(
    ("question", "said", "then"), [("name", "홍길동", "태어난 해"), ("birth_year", "1983", "휴대전화")]
)
async def test_what_is_typed_after_looking_at_something_else_is_the_answer(
    school, visitor, aside, question, said, then
):
    resident = await at(school, visitor, question)
    await looks_up(resident, aside)
    assert then in await resident.says(said)


@pytest.mark.parametrize("hours", [7, 14, 72])
async def test_what_is_typed_the_next_morning_is_the_answer_and_it_is_said_what_was_taken(school, visitor, hours):
    resident = await at(school, visitor, "birth_year")
    school.waits(hours=hours)
    told = await resident.says("83년생이에요")
    assert "‘1983년’으로 적었어요" in told
    assert "휴대전화" in told


@pytest.mark.parametrize("aside", ["도움말", "a night"])
async def test_what_is_no_answer_and_nothing_else_repeats_the_question(school, visitor, aside):
    resident = await at(school, visitor, "birth_year")
    school.waits(hours=14) if aside == "a night" else await resident.says(aside)
    told = await resident.says("뭐더라")
    assert "이어서 할까요?" in told
    assert "태어난 해를 적어" in told
    assert "휴대전화" in await resident.says("1983")


@pytest.mark.parametrize(
    "asks", ["이건 왜 물어보는 거예요", "이름이 왜 필요해요?", "어디에 쓰시려고요?", "why do you ask"]
)
async def test_who_asks_why_it_is_asked_is_told_and_asked_again(school, visitor, asks):
    resident = await at(school, visitor, "name")
    told = await resident.says(asks)
    assert "알려 드리는 데에만 써요" in told
    assert "이름을 적어" in told
    assert "태어난 해" in await resident.says("홍길동")


async def test_a_course_that_is_named_meanwhile_is_shown_and_the_form_waits(school, visitor):
    resident = await at(school, visitor, "birth_year")
    await school.opens(title="꽃차 소믈리에", keywords="차")
    await resident.says("강좌")
    assert "꽃차 소믈리에" in await resident.says("꽃차")
    assert "휴대전화" in await resident.says("1983")


async def test_a_course_is_not_taken_for_a_name_in_passing(school, visitor):
    resident = await at(school, visitor, "name")
    await resident.says("강좌")
    assert "이어서 할까요?" in await resident.says("바리스타")
    assert "태어난 해" in await resident.says("홍길동")


async def test_a_number_below_a_list_chooses_from_the_list(school, visitor):
    resident = await at(school, visitor, "name")
    await school.opens(title="꽃차", apply_end=school.now + school.days(1))
    await resident.says("강좌")
    assert "교육기간" in await resident.says("1")
    assert "태어난 해" in await resident.says("홍길동")


async def test_a_yes_that_may_belong_elsewhere_is_no_consent(school, visitor):
    resident = visitor()
    await resident.goes_to(f"forms/enroll/{await school.opens()}")
    await resident.says("도움말")
    told = await resident.says("네")
    assert "이어서 해요" in told
    assert "개인정보를 모읍니다" in told
    assert "개인정보를 모읍니다" not in await resident.says("네")


@pytest.mark.parametrize("word", ["뒤로", "건너뛰기"])
async def test_back_from_something_else_is_to_the_question(school, visitor, word):
    resident = await at(school, visitor, "birth_year")
    await resident.says("도움말")
    assert "태어난 해" in await resident.says(word)


async def test_what_is_said_in_another_chat_is_no_answer(school, visitor):
    await at(school, visitor, "name")
    assert "찾지 못했어요" in await visitor("elsewhere").says("홍길동")


@pytest.mark.parametrize(
    "said", ["영어", "자격증", "강사", "상담", "취소", "강좌", "나중에", "English", "도움말", "언제 하나요?", "해지"]
)
async def test_in_a_question_of_free_text_every_word_is_an_answer(office, visitor, said):
    someone = visitor()
    await answer(someone, (await office.round("수요조사")).id, NEEDS, until="N9")
    before = someone.screen.text
    await someone.says(said)
    assert someone.screen.form
    assert someone.screen.text.split("\n")[0] != before.split("\n")[0]
    assert "사는 동" not in someone.screen.text


@pytest.mark.parametrize(
    ("said", "shown"), [("뒤로", "관심"), ("그만두기", "이어서 답하실"), ("/help", "이렇게 쓰시면")]
)
async def test_only_commands_and_words_of_the_form_leave_free_text(office, visitor, said, shown):
    someone = visitor()
    await answer(someone, (await office.round("수요조사")).id, NEEDS, until="N9")
    assert shown in await someone.says(said) or said == "뒤로"


async def test_a_survey_that_was_left_takes_no_answer_until_it_is_gone_on_with(office, visitor):
    someone = visitor()
    await answer(someone, (await office.round("수요조사")).id, NEEDS, until="N9")
    await someone.presses("나중에 하기")
    assert "찾지 못했어요" in await someone.says("한식조리")


async def test_a_choice_that_is_a_command_too_is_an_answer(school, visitor, centre):
    resident = visitor()
    await resident.goes_to("forms/counsel/0")
    await resident.presses("동의하고 계속")
    for said in ("홍길동", "010-0000-0001"):
        await resident.says(said)
    assert "어떻게 만날까요" in await resident.says("자격증")


# --- questions that are asked back ---


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("얼마예요?", "120,000원"),
        ("언제 시작해요", "12월 8일"),
        ("어디에서 해요?", "실습실 A"),
        ("준비물 있나요?", "앞치마"),
        ("주차 되나요?", "02-000-0000"),
        ("왜요?", "02-000-0000"),
    ],
)
@pytest.mark.parametrize("question", ["name", "birth_year", "mobile", "dong"])
async def test_a_question_asked_inside_a_form_is_answered_and_the_form_asks_again(
    school, visitor, asked, told, question
):
    resident = await at(school, visitor, question)
    before = resident.screen.text
    shown = await resident.says(asked)
    assert told in shown
    assert shown.endswith(before)


@pytest.mark.parametrize(
    ("question", "said", "then"),
    [
        ("dong", "청구동이요?", "이름을"),
        ("name", "홍길동이요?", "태어난"),
        ("birth_year", "83년이요?", "휴대전화"),
        ("mobile", "010-0000-0001?", "이대로 신청하기"),
    ],
)
async def test_an_answer_with_a_question_mark_is_an_answer(school, visitor, question, said, then):
    resident = await at(school, visitor, question)
    assert then in await resident.says(said)


async def test_a_question_that_names_a_place_chooses_none(school, visitor):
    resident = await at(school, visitor, "dong", open_to="residents")
    told = await resident.says("용산구 사람도 되나요?")
    assert "중구에 사는 분" in told
    assert told.endswith("어느 동에 사세요?")


async def test_a_yes_with_a_question_mark_is_no_consent(school, visitor):
    resident = visitor()
    await resident.goes_to(f"forms/enroll/{await school.opens()}")
    assert "개인정보를 모읍니다" in await resident.says("네?")


async def test_a_question_at_the_summary_is_answered_above_it(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens())
    told = await resident.says("재료비가 얼마예요?")
    assert "120,000원" in told
    assert "홍길동" in told


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("담당자 전화번호 좀 알려줘", "02-000-0000"),
        ("please cancel my registration", "아직 신청하신 강좌가 없어요"),
        ("주차 어디다 하는지 알려주쇼", "주차"),
    ],
)
async def test_a_sentence_that_surely_means_something_else_is_no_name(school, visitor, said, shown):
    resident = await at(school, visitor, "name")
    assert shown in await resident.says(said)
    assert "태어난 해를 적어" in await resident.says("홍길동")


@pytest.mark.parametrize("name", ["응우옌 티 란", "Maria Grace Santos", "My name is Tran Thi Mai", "왕 샤오 밍"])
async def test_a_name_of_several_words_is_no_sentence(school, visitor, name):
    assert "태어난 해" in await (await at(school, visitor, "name")).says(name)


@pytest.mark.parametrize("said", ["재료비는 언제 내요", "그런데 수강료는 얼마예요"])
async def test_what_is_asked_above_the_answers_is_answered(school, visitor, said):
    resident = await at(school, visitor, "")
    told = await resident.says(said)
    assert "120,000원" in told
    assert "이대로 신청하기" in told
