"""What has only just been shown isn't pressed: the second tap of two gets the same screen again."""

import json

import pytest

pytestmark = pytest.mark.on_sqlite

HASTY = 0.3


async def looks_at_their_seat(school, hana):
    course = await school.opens()
    await hana.registers(course)
    await hana.presses("내 신청 보기")
    return course


@pytest.mark.parametrize("taps", [2, 3, 8])
async def test_taps_in_a_row_on_cancelling_never_give_a_seat_away(school, talker, watch, taps):
    hana = talker()
    course = await looks_at_their_seat(school, hana)
    asked = await hana.presses("신청 취소하기")
    for _ in range(taps - 1):
        watch.goes_on(HASTY)
        assert await hana.taps("네, 취소할게요") == asked
    assert await school.enrolled(course) == 1
    assert "취소했어요" in await hana.presses("네, 취소할게요")


async def test_a_second_tap_never_answers_the_next_question(school, talker, watch):
    hana = talker()
    await hana.fills_in(await school.opens(), "010-0000-0001")
    asked = await hana.presses("사는 동 고치기")
    watch.goes_on(HASTY)
    assert await hana.taps(hana.labels[0]) == asked


async def test_two_taps_on_one_button_do_it_once_and_its_receipt_stays(school, talker, watch):
    hana = talker()
    await looks_at_their_seat(school, hana)
    await hana.presses("신청 취소하기")
    yes = next(each for each in hana.buttons if "네, 취소" in json.dumps(each, ensure_ascii=False))["extra"]
    await hana.reads()
    receipt = await hana.says("네, 취소할게요", yes)
    for _ in range(2):
        watch.goes_on(HASTY)
        assert await hana.says("네, 취소할게요", yes) == receipt
    assert "되돌렸어요" in await hana.presses("되돌리기")


@pytest.mark.parametrize("gap", [0.25, 0.9])
async def test_a_second_tap_takes_no_answer_back_though_both_screens_offer_it(school, talker, watch, gap):
    hana = talker()
    await hana.fills_in(await school.opens())
    await hana.presses("사는 동 고치기")
    await hana.presses("더 보기")
    watch.goes_on(gap)
    assert "뒤로" in hana.labels
    await hana.taps("뒤로")
    assert "어느 동에" in hana.words


async def test_a_hasty_press_is_answered_alike_when_it_is_made_again_later(school, talker, watch):
    hana = talker()
    course = await looks_at_their_seat(school, hana)
    await hana.presses("신청 취소하기")
    yes = next(each for each in hana.buttons if "네, 취소" in json.dumps(each, ensure_ascii=False))["extra"]
    hasty = await hana.says("네, 취소할게요", yes, "chp-7")
    watch.goes_on(60)
    assert await hana.says("네, 취소할게요", yes, "chp-7") == hasty
    assert await school.enrolled(course) == 1


async def test_what_stood_on_the_screen_before_can_be_pressed_at_once(school, talker):
    hana = talker()
    await school.opens()
    await hana.says("강좌")
    course = next(each for each in hana.buttons if "바리스타" in json.dumps(each, ensure_ascii=False))["extra"]
    await hana.says("도움말")
    assert "바리스타" in await hana.says("바리스타", course)
