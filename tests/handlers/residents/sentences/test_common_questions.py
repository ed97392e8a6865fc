"""What is asked often: answered as officers wrote it with source and date, asked back in doubt, and never invented."""

from dataclasses import replace

import pytest

from bot.demo import questions
from bot.settings import Settings
from handlers.staff.desk.desk import Desk
from storage.dialogue import common_questions
from tests.support.domain import School

pytestmark = pytest.mark.on_sqlite

# By a word of the question that is answered, sentences that must be.
ANSWERED = {
    "주차할": [
        "주차", "거기 주차장 있어요?", "차 가져가도 될까요", "혹시 주차비 받나요", "주차가능한가요",
        "Is there parking?",
    ],
    "낸 돈": [
        "환불 규정 좀 알려주세요", "돈 돌려받을 수 있어요?", "재료비 환불되나요",
        "수업 시작하고 나서도 환불이 되나요",
    ],
    "서류": [
        "서류 뭐 가져가야 해요?", "등본도 필요한가요", "신분증 가져가야 되나요",
    ],
    "수료 기준": [
        "수료 기준이 뭐예요?", "수료하려면 몇 번 나와야 해요", "출석률 얼마나 되어야 해요",
    ],
    "결석": [
        "결석하면 어떻게 돼요?", "한 번 빠져도 괜찮나요", "지각하면 결석인가요", "내일 하루 빠져도 되나요",
    ],
    "배움카드": [
        "내일배움카드로 되나요", "국민내일배움카드 없어도 들을 수 있나요?", "내배카 돼요?",
    ],
    "아이와": [
        "아기를 데리고 가도 되나요", "애 데리고 가도 돼요?", "아이 맡길 곳 있나요",
    ],
    "휠체어나": [
        "엘리베이터 있나요?", "할머니가 휠체어 타시는데 갈 수 있나요", "3층이면 승강기 있나요",
    ],
    "수료증": [
        "수료증 재발급 받고 싶어요", "수료증 잃어버렸는데 다시 뽑을 수 있나요", "I lost my certificate",
    ],
    "선정": [
        "선정 결과 언제 나와요?", "추첨 결과 발표는 언제 하나요",
    ],
    "대신": [
        "엄마 대신 신청해도 되나요", "대리 신청 가능한가요",
    ],
    "외국인": [
        "외국인도 들을 수 있나요", "외국인도신청되나요", "Can foreigners sign up?",
    ],
}  # fmt: skip
NOT_ANSWERED = [
    "강좌 신청하고 싶어요", "신청", "강좌", "수료증", "자격증 따고 싶어요", "무료 강좌 있나요",
    "주차관리원 채용 있나요", "불법주차 신고할게요", "3주차 수업은 뭐 배워요?", "신청 취소할게요",
    "환불 말고 취소만 할게요", "여권 재발급 하려고요", "주민등록등본 떼 줘", "쿠팡 환불 어떻게 해요",
    "아이 돌봄 자격증", "카드 결제 돼요?", "외국어 배우고 싶어요", "다음 주 수업 언제예요?", "계단 청소 알바 있어요?",
    "꽃차 수업 주차 되나요", "휠체어 대여해 주나요", "주차장에서 사고가 났어요", "소식 그만 보내세요",
    "전화번호가 바뀌었어요", "이력서 봐 주세요", "수료식 언제예요",
]  # fmt: skip


@pytest.fixture
async def asked_often(school) -> School:
    """The demo's questions, at a school with a course."""
    desk = Desk(Settings().to_organization(), school.now)
    await school.opens(title="꽃차")
    await school.database.write(lambda tx: questions.fill(tx, desk))
    return school


async def change(school, code, **values):
    def write(tx):
        (known,) = (each for each in common_questions.all_of_them(tx) if each.code == code)
        common_questions.save(tx, [replace(known, **values)])

    await school.database.write(write)


async def add_question(school, wording, question, answer):
    def write(tx):
        like = common_questions.all_of_them(tx)[0]
        english = {"question_en": "", "wordings_en": (), "answer_en": ""}
        added = replace(like, code=question, question=question, wordings=(wording,), answer=answer, **english)
        common_questions.save(tx, [added])

    await school.database.write(write)


@pytest.mark.parametrize(("word", "sentences"), ANSWERED.items())
async def test_what_is_surely_asked_is_answered_in_the_words_of_officers(asked_often, visitor, word, sentences):
    known = await asked_often.database.read(common_questions.shown)
    (asked,) = (each for each in known if word in each.question)
    for said in sentences:
        answer = await visitor().says(said)
        assert answer.startswith(f"{asked.question}\n\n{asked.answer}\n\n출처: {asked.source}\n기준일: "), said


async def test_what_is_not_surely_asked_is_answered_by_nobody(asked_often, visitor):
    answered = [said for said in NOT_ANSWERED if "출처:" in await visitor(said).says(said)]
    assert answered == []


async def test_an_answer_has_a_way_to_a_person_and_to_all_questions(asked_often, visitor):
    resident = visitor()
    assert "기준일: 9월 1일(화)" in await resident.says("주차 되나요?")
    assert [button.label for button in resident.screen.all_buttons] == ["사람에게 문의", "자주 묻는 질문", "처음 메뉴"]
    assert "02-000-0000" in await resident.presses("사람에게 문의")


async def test_who_asks_two_things_is_asked_back(asked_often, visitor):
    resident = visitor()
    assert (await resident.says("지각하면 어떻게 되고 수료하려면 어떻게 해요")).startswith("이것을 물어보셨나요?")
    assert [button.label.split()[0] for button in resident.screen.buttons[:2]] == ["결석하면", "수료"]
    assert "80% 이상 출석하시면" in await resident.presses("수료 기준")


async def test_questions_that_are_near_are_offered_below_an_answer(asked_often, visitor):
    await add_question(asked_often, "장애인 주차", "장애인 주차도 할 수 있나요?", "네, 두 자리가 있어요.")
    resident = visitor()
    assert "두 자리가 있어요." in await resident.says("장애인 주차 되나요")
    assert [button.label for button in resident.screen.buttons] == ["주차할 수 있나요?", "사람에게 문의"]
    assert "주차장이 좁아" in await resident.presses("주차할")


async def test_an_answer_older_than_a_year_says_so(asked_often, visitor):
    assert "1년이 넘었어요" in await visitor().says("외국인도 신청할 수 있나요?")
    assert "1년이 넘었어요" not in await visitor().says("주차 되나요?")


async def test_a_year_is_not_over_on_its_last_day(school, asked_often, visitor):
    await change(school, "예시-주차", as_of=school.now.date() - school.days(365))
    assert "1년" not in await visitor().says("주차 되나요?")
    school.waits(days=1)
    assert "1년이 넘었어요. 지금도 그런지 전화로" in await visitor().says("주차 되나요?")


@pytest.mark.parametrize("said", ["휠채어 되나요", "쿠팡 환불 어떻게 해요", "ㅇㄹㅂㅇㅌ"])
async def test_in_doubt_it_is_asked_which_question_was_meant(asked_often, visitor, said):
    resident = visitor()
    assert (await resident.says(said)).startswith("이것을 물어보셨나요?")
    assert [button.label for button in resident.screen.all_buttons][1:] == ["사람에게 문의", "아니에요", "처음 메뉴"]
    assert "출처:" in await resident.says("1")


async def test_what_nobody_has_answered_yet_goes_to_a_person(asked_often, visitor):
    resident = visitor()
    told = await resident.says("재산세는 언제 내요")
    assert ("출처:" in told, "평생학습팀 02-000-0000에 물어보시면" in told) == (False, True)
    assert "사람에게 문의" in [button.label for button in resident.screen.buttons]


async def test_all_questions_are_listed_and_lead_to_their_answers(asked_often, visitor):
    for said in ("자주 묻는 질문", "faq", "질문 목록 보여 주세요"):
        resident = visitor()
        assert "많이 물어보시는" in await resident.says(said), said
    first = [button.label for button in resident.screen.buttons]
    await resident.presses("다음 질문")
    assert len({*first, *(button.label for button in resident.screen.buttons)}) == 12
    assert (await resident.presses("외국인도")).startswith("외국인도 신청할 수 있나요?")


async def test_the_way_to_a_person_offers_the_questions_where_there_are_any(asked_often, visitor):
    resident = visitor()
    await resident.says("문의")
    assert "많이 물어보시는" in await resident.presses("자주 묻는 질문")


async def test_where_there_are_none_nothing_leads_to_them(school, visitor):
    resident = visitor()
    await resident.says("문의")
    assert "자주 묻는 질문" not in [button.label for button in resident.screen.all_buttons]
    assert "담당자에게 물어봐" in await resident.says("자주 묻는 질문")
    assert "출처:" not in await resident.says("주차 되나요?")


async def test_who_asks_beside_an_open_form_is_answered_and_can_go_on_with_it(asked_often, visitor):
    course = await asked_often.opens(title="바리스타")
    resident = visitor()
    await resident.fills_in(course, until="dong")
    await resident.says("강좌")
    assert "내일배움카드가 없어도" in await resident.says("내배카 돼요?")
    assert f"forms/enroll/{course}" in [button.path for button in resident.screen.all_buttons]


async def test_what_a_course_says_itself_is_told_of_the_one_on_the_screen(asked_often, visitor):
    course = await asked_often.opens(title="바리스타", completion_rule="90% 이상 출석")
    resident = visitor()
    await resident.goes_to(f"courses/{course}")
    assert "90% 이상 출석" in await resident.says("수료 기준이 뭐예요?")
    await resident.goes_to(f"courses/{course}")
    assert "출처:" in await resident.says("주차 되나요?")


async def test_what_is_known_of_ones_own_registration_is_told_before_what_holds_for_all(asked_often, visitor):
    course = await asked_often.opens(title="바리스타", selection="lottery")
    resident = visitor()
    assert "출처:" in await resident.says("추첨 결과 나왔어요?")
    await resident.registers(course)
    await resident.says("처음")
    assert "바리스타" in await resident.says("추첨 결과 나왔어요?")


async def test_one_that_is_not_shown_is_neither_answered_nor_listed_nor_opened_by_an_old_button(
    school, asked_often, visitor
):
    resident = visitor()
    await resident.says("자주 묻는 질문")
    await change(school, "예시-주차", shown=False)
    assert "지금 볼 수 없어요" in await resident.presses("주차할")
    assert "출처:" not in await resident.says("주차 되나요?")
    await resident.says("자주 묻는 질문")
    assert [button for button in resident.screen.buttons if "주차" in button.label] == []


async def test_a_changed_answer_is_told_from_then_on(school, asked_often, visitor):
    await visitor().says("주차 되나요?")
    await change(school, "예시-주차", answer="주차장이 생겼어요.")
    assert "주차장이 생겼어요." in await visitor().says("주차 되나요?")


async def test_in_english_it_is_answered_in_english_and_in_korean_where_there_is_none(school, asked_often, visitor):
    resident = visitor()
    await resident.says("english")
    assert (await resident.says("Is there parking?")).startswith("Can I park there?\n\nThere is little room for cars")
    assert "As of: Tue 1 Sep" in await resident.says("parking")
    assert "Questions" in [button.label for button in resident.screen.all_buttons]
    await change(school, "예시-주차", answer_en="")
    assert "버스나 지하철로" in await resident.says("parking")


async def test_an_answer_as_long_as_one_may_be_is_shown_whole_everywhere(school, asked_often, visitor):
    longest = {"question": "주차 " * 20, "answer": "자리가 없어요. " * 180, "source": "가" * 200}
    await change(school, "예시-주차", **longest)
    assert longest["answer"].strip() in await visitor().says("주차")
    await visitor().says("자주 묻는 질문")


async def test_it_is_answered_in_the_middle_of_a_form_which_goes_on(asked_often, visitor):
    course = await asked_often.opens()
    resident = visitor()
    await resident.fills_in(course, until="name")
    told = await resident.says("환불 되나요?")
    assert "첫 수업 전날까지 취소하시면" in told
    assert "문의:" not in told
    assert told.endswith("예: 홍길동 1983")


async def test_who_takes_courses_that_say_nothing_of_it_is_asked_back_too(asked_often, visitor):
    resident = visitor()
    await resident.registers(await asked_often.opens())
    await resident.says("처음")
    assert (await resident.says("재발급 환불")).startswith("이것을 물어보셨나요?")


async def test_refund_alone_asks_about_money_and_does_not_list_registrations(asked_often, visitor):
    assert "첫 수업 전날까지 취소하시면" in await visitor().says("환불")
