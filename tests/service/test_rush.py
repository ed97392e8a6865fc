"""Hundreds of residents want the same 15 seats at the same moment."""

import asyncio
import os
from collections import Counter
from collections.abc import Sequence

import pytest

from tests.support.service.registering import CONFIRMED, FULL, WAITING, Registering
from tests.support.service.town import Town

SEATS, PLACES = 15, 10
RESIDENTS = 300
ALL_STRANGERS = (
    "BAEUMTOK_STRANGERS" in os.environ
)  # the long run: nobody is known, so everybody fills in the whole form


@pytest.fixture
async def town(fresh_town: Town) -> Town:
    await fresh_town.service.start()
    return fresh_town


async def crowd(town: Town, size: int) -> tuple[int, Sequence[Registering]]:
    """A course, and residents before its summary, none of whom has a seat yet."""
    course = await town.opens(capacity=SEATS, waitlist_capacity=PLACES)
    people = [town.resident() for _ in range(size)]
    if not ALL_STRANGERS:
        await town.knows(people)
    residents = [Registering(person, course, "홍길동", f"010-3000-{n:04}") for n, person in enumerate(people)]
    await asyncio.gather(*(each.fills_in(is_known=not ALL_STRANGERS) for each in residents))
    return course, residents


async def test_the_seats_go_to_who_asked_first_and_everybody_is_told(town: Town):
    course, residents = await crowd(town, RESIDENTS)
    outcomes = await asyncio.gather(*(each.submits() for each in residents))
    town.report("rush")
    assert Counter(outcomes) == {CONFIRMED: SEATS, WAITING: PLACES, FULL: RESIDENTS - SEATS - PLACES}
    by_arrival = [str(each.person.id) for each in sorted(residents, key=lambda each: each.submitted)]
    taken = await town.enrolled(course)
    assert [row.address for row in taken] == by_arrival[: SEATS + PLACES]
    assert [row.state for row in taken] == ["confirmed"] * SEATS + ["waiting"] * PLACES
    assert town.api.unanswered() == []


async def test_who_waits_is_told_the_place_and_who_is_refused_the_reason_and_what_next(town: Town):
    course, residents = await crowd(town, SEATS + PLACES + 5)
    await asyncio.gather(*(each.submits() for each in residents))
    screens = {str(each.person.id): each.person.screen for each in residents}
    waiting = [row.address for row in await town.enrolled(course)][SEATS:]
    for place, address in enumerate(waiting, 1):
        assert f"대기 {place}번으로" in screens[address].text
    for refused in (each.person.screen for each in residents if each.outcome == FULL):
        assert "정원과 대기 자리가 모두 찼어요" in refused.text
        assert {"다른 강좌 보기", "곧 접수", "사람에게 문의"} <= set(refused.labels)


async def test_everybody_is_answered_in_the_end_when_telegram_limits_us(town: Town):
    town.api.limits.enabled, town.api.limits.chat_burst, town.api.limits.per_second = True, 2, 10
    _, residents = await crowd(town, 30)
    outcomes = await asyncio.gather(*(each.submits() for each in residents))
    assert Counter(outcomes) == {CONFIRMED: SEATS, WAITING: PLACES, FULL: 30 - SEATS - PLACES}
    await town.quiet()
    assert town.api.limits.refused > 0
    assert town.api.unanswered() == []
    assert obeyed(town)


def obeyed(town: Town) -> bool:
    """Whether every chat was left alone for as long as a 429 about it had asked."""
    free_at: dict[object, float] = {}
    for call in town.api.calls():
        chat = call.params.get("chat_id")
        if call.at < free_at.get(chat, 0.0):
            return False
        if call.code == 429:
            free_at[chat] = call.at + call.result["parameters"]["retry_after"]
    return True
