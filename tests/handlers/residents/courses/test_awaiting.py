"""Asking to be told once when a course can be registered for."""

from datetime import timedelta

import pytest

pytestmark = pytest.mark.on_sqlite

UPCOMING = {"apply_start": (3,), "apply_end": (9,)}


async def upcoming(school, **differing):
    return await school.opens(**school.dated({**UPCOMING, **differing}))


async def waits(school, visitor, course, label="접수가 열리면 알려 주세요"):
    resident = visitor("1", "telegram")
    await resident.goes_to(f"courses/{course}")
    assert "한 번 알려" in await resident.presses(label)
    return resident


def told(letters):
    return [letter for letter in letters if "기다리시던" in letter.text]


async def test_who_asked_with_one_tap_is_told_once_when_registration_opens(school, visitor, clock):
    await waits(school, visitor, await upcoming(school))
    assert told(await clock.ticks()) == []
    (letter,) = told(await clock.passes(timedelta(hours=2), days=3, hours=1))
    assert "‘바리스타 2급’을 지금 신청할 수 있어요" in letter.text
    assert told(await clock.passes(timedelta(hours=2), days=3)) == []


async def test_who_asked_at_a_full_course_is_told_when_a_place_is_free(school, visitor, clock):
    course = await school.opens(capacity=1, waitlist_capacity=0)
    await visitor("2", "telegram").registers(course)
    await waits(school, visitor, course, "자리가 나면 알려 주세요")
    assert told(await clock.ticks()) == []
    await visitor("2", "telegram").goes_to("mine/1/cancel/yes")
    assert [letter.address for letter in told(await clock.passes(minutes=10))] == ["1"]


async def test_who_asked_at_a_course_that_is_over_is_told_of_the_next_of_its_title(school, visitor, clock):
    await waits(school, visitor, await school.opens(state="cancelled"), "다시 열리면 알려 주세요")
    assert told(await clock.ticks()) == []
    await school.opens(title="꽃차", weekdays=(3,))
    again = await school.opens()
    (letter,) = told(await clock.passes(minutes=10))
    assert letter.reply.buttons[0].path == f"courses/{again}"


@pytest.mark.parametrize("ends", ["알려 주지 않아도 돼요", "수신거부"])
async def test_who_has_changed_their_mind_is_not_told(school, visitor, clock, ends):
    resident = await waits(school, visitor, await upcoming(school))
    await (resident.says(ends) if ends == "수신거부" else resident.presses(ends))
    assert told(await clock.passes(timedelta(hours=2), days=3, hours=1)) == []


@pytest.mark.on_both
async def test_who_stops_all_news_after_it_is_owed_is_not_told(school, visitor, clock):
    resident = await waits(school, visitor, await upcoming(school))
    school.waits(days=3, hours=1)
    await clock.plans()
    await resident.says("수신거부")
    assert told(await clock.ticks()) == []


async def test_who_registers_first_is_not_told(school, visitor, clock):
    course = await upcoming(school)
    resident = await waits(school, visitor, course)
    school.waits(days=3, minutes=1)
    await resident.registers(course)
    assert told(await clock.passes(hours=1)) == []


async def test_where_nobody_can_be_written_to_it_is_shown_first_thing(school, visitor, clock):
    course = await upcoming(school)
    resident = visitor("here")
    await resident.goes_to(f"courses/{course}")
    assert "먼저 말을 걸 수 없어요" in await resident.presses("접수가 열리면 알려 주세요")
    await clock.passes(timedelta(hours=2), days=3, hours=1)
    assert "기다리시던" in await resident.says("안녕하세요")


async def test_asking_again_is_told_again(school, visitor, clock):
    course = await school.opens(capacity=1, waitlist_capacity=0)
    for number in (2, 3):
        await visitor(str(number), "telegram").registers(course, mobile=f"010-0000-000{number}")
        await waits(school, visitor, course, "자리가 나면 알려 주세요")
        await visitor(str(number), "telegram").goes_to(f"mine/{number - 1}/cancel/yes")
        assert len(told(await clock.passes(minutes=10))) == 1
