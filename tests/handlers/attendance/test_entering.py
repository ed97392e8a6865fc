"""Who marked somebody first, whose word stands, and what waits for an officer."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.attendance.entering import Said, enter
from storage.attendance import entries
from storage.tables import attendance
from storage.teaching import sessions


@pytest.fixture
async def said(school, resident):
    """The first thing that is said of somebody and the first class."""
    course = await school.opens()
    await resident(1).registers(course)
    (seat,) = await school.live(course)
    first = (await school.database.read(lambda tx: sessions.of_courses(tx, [course])))[0]
    return Said(first.id, seat, "present", "desk", first.starts_at, "담당")


async def enters(school, *words):
    return [await school.database.write(lambda tx, one=one: enter(tx, one, school.now)) for one in words]


async def cell(school, said):
    found = await school.database.read(lambda tx: entries.of_cell(tx, said.session_id, said.enrollment_id))
    return [(each.mark, each.standing) for each in found]


@pytest.mark.on_sqlite
async def test_a_correction_keeps_both(school, said):
    outcomes = await enters(school, said, replace(said, mark="late", reason="명단을 잘못 보았습니다."))
    assert outcomes == ["counts", "counts"]
    assert await cell(school, said) == [("present", "replaced"), ("late", "counts")]


@pytest.mark.on_sqlite
async def test_what_is_said_twice_is_kept_once(school, said):
    assert await enters(school, said, said) == ["counts", "same"]
    assert await cell(school, said) == [("present", "counts")]


@pytest.mark.on_sqlite
async def test_an_officers_word_stands_above_a_residents(school, said):
    scan = replace(said, way="scan", entered_by="", mark="present")
    assert await enters(school, replace(said, mark="absent"), scan) == ["counts", "open"]
    assert await cell(school, said) == [("absent", "counts"), ("present", "open")]


async def test_of_two_devices_the_earlier_counts_and_the_other_waits(school, said):
    first, second = (
        replace(said, way="device", key=f"{n}", mark=mark, marked_at=said.marked_at + timedelta(minutes=n))
        for n, mark in enumerate(("present", "absent"))
    )
    assert await enters(school, second, first, first) == ["counts", "counts", "known"]
    assert await cell(school, said) == [("absent", "open"), ("present", "counts")]
    assert await enters(school, replace(said, mark="late")) == ["counts"]
    assert await cell(school, said) == [("absent", "dismissed"), ("present", "replaced"), ("late", "counts")]


@pytest.mark.on_sqlite
async def test_what_was_said_beforehand_waits_until_the_class(school, said):
    ahead = replace(said, way="ahead", mark="absent", is_doubtful=True)
    assert await enters(school, ahead, ahead, said) == ["open", "open", "counts"]
    assert await cell(school, said) == [("absent", "dismissed"), ("absent", "dismissed"), ("present", "counts")]


@pytest.mark.on_both
async def test_ten_at_once_leave_one_that_counts(school, said):
    marks = ["present", "late", "absent", "excused", "left_early"] * 2
    every = [replace(said, mark=mark, way="paper") for mark in marks]
    await asyncio.gather(*(school.database.write(lambda tx, one=one: enter(tx, one, school.now)) for one in every))
    counting = await school.rows(select(attendance.c.id).where(attendance.c.standing == "counts"))
    assert len(counting) == 1
