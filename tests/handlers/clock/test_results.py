"""Decisions: selected, in line, entered by staff, completed."""

import pytest
from sqlalchemy import update

from storage.seating import enrollments
from storage.tables import enrollments as enrollment_table
from tests.support.clock.scenes import at, attends, decides

pytestmark = pytest.mark.on_sqlite


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("channel", "selection", "state", "words"),
    [("visit", "first_come", "confirmed", "신청이 접수되었습니다. 자리가 정해졌어요!"),
     ("visit", "first_come", "waiting", "대기 1번이에요"), ("telegram", "review", "confirmed", "선정되셨어요!")],
)  # fmt: skip
async def test_who_was_entered_or_selected_by_staff_is_told(school, resident, clock, channel, selection, state, words):
    course = await school.opens(capacity=1, selection=selection)
    await resident(1).registers(course)
    (mine,) = await school.live(course)
    await school.changes(course, capacity=state == "confirmed")
    this = update(enrollment_table).where(enrollment_table.c.id == mine)
    await school.database.write(lambda tx: tx.execute(this.values(channel=channel)))
    await decides(school, mine, state)
    assert [words in letter.text for letter in await clock.ticks()] == [True]


async def test_a_seat_that_one_took_by_oneself_needs_no_notice(school, resident, clock):
    await resident(1).registers(await school.opens())
    assert await clock.ticks() == []


@pytest.mark.on_sqlite
async def test_a_completer_is_congratulated_once(school, resident, clock):
    _, mine = await attends(school, resident, clock)
    school.now = at("12-29 14:00")
    await decides(school, mine, "completed", ended_at=school.now)
    letters = await clock.passes(days=2)
    assert [letter.text[:17] for letter in letters] == ["‘바리스타 2급’을 수료하셨어요"]


@pytest.mark.parametrize(("reason", "told"), [("중복 신청", ["까닭: 중복 신청."]), ("", [])])
async def test_who_was_ended_by_an_officer_is_told_why_unless_it_was_junk(school, resident, clock, reason, told):
    course = await school.opens()
    await resident(1).registers(course)
    (mine,) = await school.live(course)
    await school.database.write(lambda tx: enrollments.remove(tx, [mine], reason, school.now))
    letters = [letter.text for letter in await clock.ticks()]
    assert len(letters) == len(told)
    assert all(words in text for words, text in zip(told, letters, strict=True))


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("selection", "words"), [("first_come", "자리가 정해졌어요!"), ("lottery", "신청을 확인했어요")]
)
async def test_whose_application_was_looked_at_is_told_how_it_stands(school, resident, clock, selection, words):
    course = await school.opens(selection=selection)
    await resident(1).registers(course)
    (mine,) = await school.live(course)
    doubted = update(enrollment_table).values(unchecked_since=school.now)
    await school.database.write(lambda tx: tx.execute(doubted))
    assert await clock.ticks() == []
    await school.database.write(lambda tx: enrollments.check(tx, [mine], school.now))
    assert [words in letter.text for letter in await clock.ticks()] == [True]
