"""Postings, the counselors' week, candidates and words that found nothing, from their pages."""

import pytest

from tests.support.counseling.centre import Centre, at, books
from tests.support.counseling.completers import completes

pytestmark = pytest.mark.on_sqlite
JOB = {"title": "바리스타 모집", "company": "예시카페", "region": "서울 중구", "close": "2026-12-24"}


@pytest.fixture
async def on_duty(counter):
    return await counter.officer()


async def test_a_posting_is_added_found_hidden_and_shown_again(on_duty):
    await on_duty.opens("/desk/add-posting")
    assert "새로 1개" in await on_duty.presses("등록", **JOB)
    await on_duty.opens("/desk/postings?text=바리스타")
    assert "숨겼습니다" in await on_duty.presses("숨기기")
    assert "바리스타 모집" not in await on_duty.opens("/desk/postings?state=open")
    await on_duty.opens("/desk/postings?state=hidden")
    assert "다시 보이게 했습니다" in await on_duty.presses("보이기")


async def test_a_posting_with_something_wrong_stays_as_it_was_typed(on_duty):
    await on_duty.opens("/desk/add-posting")
    assert "날짜나 ‘채용시까지’" in await on_duty.presses("등록", **{**JOB, "close": "언젠가"})
    assert on_duty.page.one("input", name="title").attributes["value"] == "바리스타 모집"


@pytest.fixture
async def counselor(counter, school, visitor):
    """On the day after somebody came."""
    await Centre(school).opens()
    await books(visitor())
    school.now = at("11-25 09:00")
    return await counter.officer("counselor")


async def test_who_came_is_noted_by_one_tap_in_the_week_and_taken_back(counselor):
    week = await counselor.opens("/desk/counseling")
    assert "홍*동" in week
    assert "홍길동" not in week
    assert "참석 1건" in await counselor.presses("참석")
    assert "결과를 적지 않은" not in counselor.text
    assert "되돌렸습니다" in await counselor.presses("되돌리기")
    assert "결과를 적지 않은 상담이 1건" in counselor.text


async def test_an_appointment_is_moved_and_cancelled_after_a_look_at_whom_it_tells(counselor, school):
    school.now = at("11-23 09:00")
    await counselor.opens("/desk/counseling/1")
    assert "010-0000-0001" in counselor.text
    await counselor.presses("누구에게", when="2026-11-26 11:00", do="move")
    assert "옮겼습니다" in await counselor.presses("그대로 하기")
    await counselor.opens("/desk/counseling/1")
    assert "까닭을 적어 주세요" in await counselor.sends("/desk/counseling/1", {"do": "cancel", "reason": ""})


async def test_another_week_is_an_address(counselor):
    assert "11월 30일" in await counselor.opens("/desk/counseling?day=2026-12-02")
    assert "날짜를" in await counselor.opens("/desk/counseling?day=내일")


async def test_a_candidate_becomes_the_instructor_of_a_course(on_duty, school, visitor):
    number = await completes(school, visitor(), school.now, await school.opens(code="OLD"))
    await visitor().goes_to(f"instructors/{number}")
    await school.opens(code="T")
    await on_duty.opens("/desk/instructors")
    assert "강사로 보입니다" in await on_duty.presses("누구에게", number=str(number), course="T")
    assert "강사로 적었습니다" in await on_duty.presses("그대로 하기")


async def test_a_word_becomes_a_wish_and_an_answer_by_a_tap(on_duty, visitor):
    for words in ("가죽", "목공"):
        await visitor().says(words)
    await on_duty.opens("/desk/words")
    assert "다음 학기에 바라는 강좌로 적어" in await on_duty.presses("다음 학기")
    await on_duty.opens("/desk/words/answer?words=목공")
    typed = {"question": "톱을 빌려주나요?", "answer": "네, 빌려 드립니다."}
    assert "이 답을 보여 드립니다" in await on_duty.presses("답 등록", **typed)
    assert "빌려 드립니다" in await visitor("r2").says("목공")


async def test_a_word_becomes_a_synonym_of_a_course(on_duty, school, visitor):
    await school.opens(code="T")
    await visitor().says("가죽")
    await on_duty.opens("/desk/words")
    await on_duty.presses("이 강좌를 찾는 말")
    assert "‘가죽’으로도 찾습니다" in on_duty.text


async def test_a_counselor_undoes_their_own_kind_of_act_and_no_other(counselor, counter, school):
    await school.opens(code="T")
    lead = await counter.officer("lead")
    await lead.sends("/desk/courses/T/close", {"reason": "신청 인원 부족", "sure": "1"})
    entry = lead.page.one("input", name="entry").attributes["value"]
    assert "되돌릴 권한이 없습니다" in await counselor.sends("/desk/undo", {"entry": entry})
    assert "되돌렸습니다" in await lead.sends("/desk/undo", {"entry": entry, "sure": "1"})
