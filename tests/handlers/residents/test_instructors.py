"""Completers who would like to teach."""

import pytest
from sqlalchemy import select

from storage.tables import instructor_candidates
from tests.support.clock.scenes import at
from tests.support.counseling.completers import completes

pytestmark = pytest.mark.on_sqlite


async def candidates(school):
    return [row.enrollment_id for row in await school.rows(select(instructor_candidates))]


async def test_a_completer_is_offered_to_teach_with_her_congratulation_and_one_tap_does_it(school, resident, clock):
    mine = await completes(school, resident(1), school.now)
    (letter,) = await clock.ticks()
    assert letter.labels == ["수료증 받기", "관련 일자리 받기", "가르쳐 보고 싶어요", "다른 강좌 보기"]
    assert "강사 후보로 적어 두었어요" in await resident(1).goes_to(letter.reply.buttons[2].path)
    assert await candidates(school) == [mine]


@pytest.mark.on_both
async def test_an_offer_to_teach_can_be_taken_back_and_made_again(school, visitor):
    mine = await completes(school, visitor(), school.now)
    await visitor().goes_to(f"instructors/{mine}")
    resident = visitor()
    await resident.goes_to(f"mine/{mine}")
    assert "거두었어요" in await resident.presses("강사 신청 거두기")
    assert await candidates(school) == []
    await resident.presses("가르쳐 보고 싶어요")
    assert await candidates(school) == [mine]


async def test_the_word_shows_what_one_may_teach(school, visitor):
    resident = visitor()
    assert "수료하신 강좌로 신청할 수 있어요" in await resident.says("강사")
    await completes(school, resident, school.now)
    await resident.says("강사")
    assert "강사 후보로 적어 두었어요" in await resident.presses("바리스타 2급")


async def test_a_double_tap_is_one_offer(school, visitor):
    mine = await completes(school, visitor(), school.now)
    for _ in range(2):
        assert "적어 두었어요" in await visitor().goes_to(f"instructors/{mine}")
    assert await candidates(school) == [mine]


async def test_nobody_offers_to_teach_what_she_has_not_completed_or_in_anothers_name(school, visitor):
    mine = await completes(school, visitor(), at("12-01 10:00"), state="not_completed")
    assert "수료하신 뒤에" in await visitor().goes_to(f"instructors/{mine}")
    assert "찾을 수 없어요" in await visitor("stranger").goes_to(f"instructors/{mine}")
    assert "찾을 수 없어요" in await visitor("stranger").goes_to(f"instructors/{mine}/withdraw")
    assert await candidates(school) == []
