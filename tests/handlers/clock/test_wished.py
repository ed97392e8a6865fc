"""Who looked for a course in vain is told when one like it can be registered for: once, and as it is then."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.tables import outbox

pytestmark = pytest.mark.on_sqlite

PIANO = {"title": "피아노 기초", "category": "음악", "certificate": "", "keywords": ("건반",)}


async def wishes(resident, words="피아노", number=1):
    someone = resident(number)
    await someone.says(words)
    await someone.presses("열리면 알려 주세요")
    await someone.presses("네, 알려 주세요")
    return someone


def told(letters):
    return [letter for letter in letters if "말씀하신" in letter.text]


async def test_who_wished_is_told_once_when_a_course_like_it_opens(school, resident, clock):
    await wishes(resident)
    await school.opens()
    assert told(await clock.ticks()) == []
    course = await school.opens(**PIANO, **school.dated({"apply_start": (2,), "apply_end": (9,)}))
    assert told(await clock.passes(timedelta(hours=2), days=1)) == []
    (letter,) = told(await clock.passes(timedelta(hours=2), days=2))
    assert "말씀하신 ‘피아노’와 비슷한 강좌가 열렸어요" in letter.text
    assert [button.path for button in letter.reply.all_buttons] == [f"courses/{course}", f"courses/{course}", "wishes"]
    assert told(await clock.passes(timedelta(hours=2), days=4)) == []


async def test_it_is_found_by_its_keywords_as_by_its_title(school, resident, clock):
    await wishes(resident, "건반")
    await school.opens(**PIANO)
    assert len(told(await clock.ticks())) == 1


async def test_of_two_courses_each_is_told_once_and_of_two_wishes_for_one_only_one(school, resident, clock):
    for words in ("피아노", "건반"):
        await wishes(resident, words)
    for _ in range(2):
        await school.opens(**PIANO)
    assert len(told(await clock.passes(timedelta(hours=2), days=2))) == 2


@pytest.mark.on_both
async def test_what_is_only_nearly_the_same_is_not_told(school, resident, clock):
    await wishes(resident, "피하노")
    await school.opens(**PIANO)
    assert told(await clock.ticks()) == []


@pytest.mark.on_both
@pytest.mark.parametrize("ends", ["수신거부", "dropped", "registered", "closed", "renamed"])
async def test_what_has_changed_since_it_was_owed_is_not_told(school, resident, clock, ends):
    someone = await wishes(resident)
    course = await school.opens(**PIANO)
    await clock.plans()
    if ends == "수신거부":
        await someone.says(ends)
    elif ends == "dropped":
        await someone.goes_to("wishes/1/off")
    elif ends == "registered":
        await someone.registers(course)
    else:
        await school.changes(course, **({"state": "cancelled"} if ends == "closed" else {"title": "가야금"}))
    assert told(await clock.ticks()) == []


async def test_it_waits_for_the_end_of_the_night(school, resident, clock):
    await wishes(resident)
    school.waits(hours=12)
    await school.opens(**PIANO)
    assert told(await clock.passes(hours=9)) == []
    assert len(told(await clock.passes(hours=1))) == 1


async def test_where_nobody_can_be_written_to_it_is_shown_first_thing(school, visitor, clock):
    someone = await wishes(visitor, number="here")
    await school.opens(**PIANO)
    await clock.passes(hours=1)
    assert "말씀하신 ‘피아노’와" in await someone.says("안녕하세요")


@pytest.mark.on_both
async def test_two_clocks_at_once_owe_it_once(school, resident, clock):
    await wishes(resident)
    await school.opens(**PIANO)
    for _ in range(2):
        await clock.plans()
    assert len(await school.rows(select(outbox).where(outbox.c.kind == "wished"))) == 1
