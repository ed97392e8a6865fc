"""Follow-up questions: three and six months after completion, once each, answered with one tap that can be changed."""

import asyncio
from datetime import UTC, timedelta

import pytest
from sqlalchemy import select

from storage.tables import followups
from tests.support.counseling.completers import at, completes
from tests.support.domain import SEOUL

pytestmark = pytest.mark.on_sqlite


def asked(letters):
    return [
        (f"{each.at.astimezone(SEOUL):%m-%d %H:%M}", each.address) for each in letters if "일하고 계신" in each.text
    ]


@pytest.mark.on_sqlite
async def test_a_completer_is_asked_after_three_and_six_months_and_never_at_night(school, resident, clock):
    await completes(school, resident(1), at("2026-12-29 22:00"))
    school.now = at("2027-03-29 21:00")
    assert asked(await clock.until(at("2027-03-30 07:59"))) == []
    assert asked(await clock.until(at("2027-03-30 08:00"))) == [("03-30 08:00", "1")]
    school.now = at("2027-06-29 21:00")
    assert asked(await clock.until(at("2027-06-30 12:00"))) == [("06-30 08:00", "1")]
    assert "수료하신 지 6개월" in clock.post.letters[-1].text


@pytest.mark.parametrize("state", ["not_completed", "cancelled"])
async def test_who_did_not_complete_is_not_asked(school, resident, clock, state):
    await completes(school, resident(1), at("2026-12-29 14:00"), state=state)
    school.now = at("2027-03-29 14:01")
    assert asked(await clock.ticks()) == []


async def test_who_completed_several_courses_in_a_month_is_asked_about_one_of_them(school, resident, clock):
    for day in (1, 2, 5):
        await completes(school, resident(1), at(f"2026-12-{day:02} 14:00"))
    await completes(school, resident(2), at("2026-12-03 14:00"))  # the same person in another chat
    found = []
    for day in range(1, 13):
        school.now = at(f"2027-03-{day:02} 15:00")
        found += await clock.ticks()
    assert asked(found) == [("03-01 15:00", "1")]


async def test_who_only_tells_the_name_and_number_of_a_completer_keeps_nobody_from_being_asked(school, resident, clock):
    for number in (1, 2):
        await completes(school, resident(number), at("2026-12-01 14:00"), proven=False)
    school.now = at("2027-03-01 15:00")
    assert sorted(asked(await clock.ticks())) == [("03-01 15:00", "1"), ("03-01 15:00", "2")]


@pytest.mark.on_both
async def test_many_processes_that_tick_at_once_ask_once(school, resident, clock):
    await completes(school, resident(1), at("2026-12-01 14:00"))
    await completes(school, resident(2), at("2026-12-01 14:00"))
    school.now = at("2027-03-01 15:00")
    await asyncio.gather(*(clock._duties.ask_completers() for _ in range(10)))
    assert len(asked(await clock.ticks())) == 1


async def answers(school, resident, moment="2027-03-01 15:00"):
    mine = await completes(school, resident, at("2026-12-01 14:00"))
    school.now = at(moment)
    return mine


async def said(school):
    return [(row.answer, row.answered_at) for row in await school.rows(select(followups))]


async def test_one_tap_answers_and_another_within_two_weeks_changes_it(school, resident, clock):
    await answers(school, resident(1))
    (letter,) = await clock.ticks()
    assert letter.labels == ["네, 배운 일을 해요", "네, 다른 일을 해요", "찾고 있어요", "지금은 안 찾아요"]
    assert "‘찾고 있어요’로 적어" in await resident(1).goes_to(letter.reply.buttons[2].path)
    school.waits(days=13)
    await resident(1).goes_to(letter.reply.buttons[0].path)
    school.waits(days=2)
    assert "바꿀 수 없어요" in await resident(1).goes_to(letter.reply.buttons[1].path)
    assert await said(school) == [("related", at("2027-03-01 15:00").astimezone(UTC))]


async def test_who_looks_for_work_is_shown_the_way_to_a_appointment(school, resident, clock, centre):
    mine = await answers(school, resident(1))
    await clock.ticks()
    person = resident(1)
    await person.goes_to(f"followups/{mine}/3/looking")
    assert "30분쯤" in await person.presses("일자리 상담")


async def test_a_first_answer_that_comes_two_months_late_is_not_counted(school, resident, clock):
    mine = await answers(school, resident(1))
    await clock.ticks()
    school.waits(days=61)
    assert "오래되어" in await resident(1).goes_to(f"followups/{mine}/3/related")
    assert await said(school) == [(None, None)]


async def test_nobody_answers_for_another_or_what_was_not_asked(school, resident, clock):
    mine = await answers(school, resident(1))
    await clock.ticks()
    for person, path in ((2, f"{mine}/3/related"), (1, f"{mine}/6/related"), (1, f"{mine}/3/rich")):
        assert "이 단추는 이제 쓸 수 없어요" in await resident(person).goes_to(f"followups/{path}")
    assert await said(school) == [(None, None)]


async def test_an_answer_before_the_notice_leaves_makes_it_needless(school, resident, clock):
    mine = await answers(school, resident(1))
    await clock.plans()
    await resident(1).goes_to(f"followups/{mine}/3/other")
    assert asked(await clock.passes(minutes=3)) == []


async def test_the_last_of_a_long_month_is_asked_about_when_a_shorter_one_is_over(school, resident, clock):
    await completes(school, resident(1), at("2026-11-30 14:00"))
    school.now = at("2027-02-28 15:00")
    assert asked(await clock.ticks()) == []
    school.now += timedelta(days=1)
    assert asked(await clock.ticks()) == [("03-01 15:00", "1")]
