"""Half-filled forms: back, correct, leave, come back, and messages that arrive twice."""

import asyncio

import pytest
from sqlalchemy import select

from handlers.dialogue.conversation import Said
from storage.seating import turns
from storage.tables import consents

pytestmark = pytest.mark.on_sqlite


async def at_name(school, visitor, address="r1", **differing):
    course = await school.opens(**differing)
    resident = visitor(address)
    await resident.fills_in(course, until="name")
    return course, resident


GONE = [("hidden", "지금 볼 수 없어요"), ("cancelled", "열리지 않게 되었어요")]


@pytest.mark.parametrize(("state", "said"), GONE)
async def test_a_course_that_goes_while_its_form_is_filled_in_is_told_of_and_what_was_typed_stays(
    school, visitor, state, said
):
    course, resident = await at_name(school, visitor)
    other = await school.opens(title="꽃차")
    await resident.says("홍길동 1983")
    await school.changes(course, state=state)
    told = await resident.says("010-0000-0001")
    assert (said in told, "다시 적지 않으셔도 돼요" in told, "다시 적지" in await resident.says("강좌")) == (
        True,
        True,
        False,
    )
    summary = await resident.goes_to(f"forms/enroll/{other}")
    assert [word for word in ("홍길동", "1983", "010-0000-0001", "청구동") if word not in summary] == []


async def test_of_a_course_that_went_before_anything_was_typed_nothing_is_said_to_stay(school, visitor):
    course = await school.opens(state="hidden")
    assert "다시 적지" not in await visitor().goes_to(f"forms/enroll/{course}")


async def test_back_takes_back_the_last_answer(school, visitor):
    _, resident = await at_name(school, visitor)
    await resident.says("홍길동")
    assert "이름을 적어" in await resident.presses("뒤로")
    assert "태어난 해" in await resident.says("김배움")


async def test_correcting_one_answer_keeps_the_others(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.fills_in(course)
    await resident.presses("휴대전화 고치기")
    summary = await resident.says("010 1111 2222")
    assert "010-1111-2222" in summary
    assert "홍길동" in summary


async def test_back_from_a_correction_keeps_the_old_answer(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens())
    await resident.presses("이름 고치기")
    assert "홍길동" in await resident.presses("뒤로")


async def test_a_command_wins_over_a_form_and_the_way_back_is_offered(school, visitor):
    _, resident = await at_name(school, visitor)
    assert "지금 접수하는 강좌" in await resident.says("강좌")
    assert "이름을 적어" in await resident.presses("쓰던 신청 이어서")


@pytest.mark.parametrize("word", ["그만", "그만두기", "취소", "나가기"])
async def test_leaving_asks_first_and_forgets_what_was_typed_only_then(school, visitor, word):
    _, resident = await at_name(school, visitor)
    await resident.says("홍길동")
    assert "지워져요" in await resident.says(word)
    assert [button.label for button in resident.screen.buttons] == ["계속 적기", "그만두기"]
    assert "태어난 해" in await resident.presses("계속 적기")
    await resident.says(word)
    assert "지웠어요" in await resident.says("네")
    assert "개인정보" not in await resident.presses("다시 신청하기")
    assert "홍길동" not in await resident.says("도움말")


async def test_an_answer_or_a_no_to_the_question_whether_to_leave_goes_on(school, visitor):
    _, resident = await at_name(school, visitor)
    await resident.presses("그만두기")
    assert "이름을 적어" in await resident.says("아니요")
    await resident.presses("그만두기")
    assert "태어난 해" in await resident.says("홍길동")


async def test_a_wrong_answer_is_explained_and_asked_again(school, visitor):
    _, resident = await at_name(school, visitor)
    told = await resident.says("1234")
    assert "이름만" in told
    assert "이름을 적어 주세요" in told


async def test_an_old_button_answers_with_the_state_of_today(school, visitor):
    course, resident = await at_name(school, visitor)
    assert "이름을 적어" in await resident.goes_to(f"forms/enroll/{course}/answer/dong/청구동")
    await resident.says("홍길동")
    assert "태어난 해" in await resident.goes_to(f"forms/enroll/{course}/answer/enrollment/yes")


async def test_a_course_that_closes_meanwhile_is_told_at_the_next_answer(school, visitor):
    _, resident = await at_name(school, visitor)
    school.waits(days=8)
    await resident.says("도움말")
    assert "접수가 끝났어요" in await resident.presses("쓰던 신청 이어서")
    assert "쓰던 신청 이어서 하기" not in [button.label for button in resident.screen.links]


async def test_a_refusal_at_the_end_keeps_what_the_resident_told_of_herself(school, visitor):
    full = await school.opens(capacity=1, waitlist_capacity=0)
    late = visitor("late")
    await late.fills_in(full)
    await visitor("quick").registers(full, mobile="010-0000-0002")
    assert "모두 찼어요" in await late.submits(full)
    assert "홍길동" in await late.goes_to(f"forms/enroll/{await school.opens(term_limit=0)}")


# --- one effect, every message answered ---


async def test_a_message_that_is_delivered_ten_times_acts_once_and_is_answered_alike(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.fills_in(course)
    message = resident.message(Said(path=f"forms/enroll/{course}/submit"))
    replies = await asyncio.gather(*(resident.delivers(message) for _ in range(10)))
    assert len(set(replies)) == 1
    assert "신청이 접수되었습니다" in replies[0]
    assert await school.enrolled(course) == 1


async def test_ten_taps_on_one_button_register_once_and_each_is_answered(school, visitor):
    course = await school.opens()
    resident = visitor()
    await resident.fills_in(course)
    replies = await asyncio.gather(*(resident.submits(course) for _ in range(10)))
    assert sum("신청이 접수되었습니다" in reply for reply in replies) == 1
    assert sum("이미 신청하셨어요" in reply for reply in replies) == 9


async def test_two_quick_answers_are_taken_in_their_order(school, visitor):
    _, resident = await at_name(school, visitor)
    await asyncio.gather(resident.says("홍길동"), resident.says("1983"))
    assert "휴대전화" in await resident.says("다시") + await resident.says("1번")


async def test_a_bug_is_answered_with_a_reference_and_leaves_no_effect(school, visitor, monkeypatch, logged):
    course = await school.opens()
    resident = visitor()
    await resident.fills_in(course)
    monkeypatch.setattr(turns, "position", lambda *_: 1 / 0)
    await school.changes(course, capacity=0)
    told = await resident.submits(course)
    assert "참고 번호" in told
    assert await school.enrolled(course, "waiting") == 0
    assert "쓰던 신청 이어서 하기" in [button.label for button in (await offered(resident)).links]
    assert sum("bug reference" in record.message for record in logged.records) == 1


async def offered(resident):
    await resident.says("도움말")
    return resident.screen


async def test_one_chat_served_by_many_processes_takes_an_answer_once(school, processes):
    course = await school.opens()
    await processes(1)[0]().goes_to(f"forms/enroll/{course}")
    agree = f"forms/enroll/{course}/answer/enrollment/yes"
    await asyncio.gather(*(process().goes_to(agree) for process in processes(12)))
    assert len(await school.rows(select(consents.c.id))) == 1


@pytest.mark.parametrize(
    "step", ["back", "submit", "leave", "correct/name", "answer/name/x", "answer/none/x", "correct/none"]
)
async def test_no_step_of_a_form_that_was_never_begun_breaks_anything(school, visitor, step):
    resident = visitor()
    assert "참고 번호" not in await resident.goes_to(f"forms/enroll/{await school.opens()}/{step}")
