"""What posters and centres bring: looked, applied, got a seat, completed; of nobody it is kept who looked."""

import asyncio

import pytest
from sqlalchemy import select

from handlers.staff.desk import acts, undoing
from handlers.staff.promotion import links, sources
from storage.seating import enrollments, origins
from storage.tables import courses as table
from storage.tables import origin_looks
from tests.support.domain import SETTINGS


async def row_of(school, code, course=""):
    told = await school.gets(sources.show, course)
    return next((row for row in told.tables[0].rows if row[1] == code), None)


async def test_who_comes_by_a_poster_is_counted_from_looking_to_completing(school, visitor):
    course = await school.opens(capacity=2)
    for number in range(4):
        await visitor(f"r{number}").goes_to(f"start/c{course}-from-centre")
    for number in range(3):
        await visitor(f"r{number}").registers(course, mobile=f"010-0000-{number:04}")
    await school.database.write(lambda tx: enrollments.decide(tx, [1], "completed", school.now, ended_at=school.now))
    assert await row_of(school, "centre") == ("-", "centre", "4", "3", "2", "1")


async def test_each_course_is_told_apart_and_what_led_to_none_stands_with_its_source(school, visitor):
    first, second = await school.opens(), await school.opens()
    code = (await school.rows(select(table.c.code).order_by(table.c.id)))[0].code
    for parameter in (f"c{first}-from-a", f"c{second}-from-a", "from-a"):
        await visitor("r1").goes_to(f"start/{parameter}")
    assert (await row_of(school, "a"))[2] == "3"
    assert (await row_of(school, "a", code))[2] == "1"
    told = await school.gets(sources.show)
    assert [len(each) for each in told.tables[0].details] == [2]


@pytest.mark.on_sqlite
async def test_of_who_looked_nothing_is_kept_but_a_number_of_the_day(school, visitor):
    await school.opens()
    await visitor("somebody").goes_to("start/c1-from-a")
    [row] = await school.rows(select(origin_looks))
    assert tuple(row) == (school.now.date(), "a", 1, 1)


async def test_ten_who_look_at_once_are_ten(school, visitor):
    await school.opens()
    await asyncio.gather(*(visitor(f"r{n}").goes_to("start/c1-from-a") for n in range(10)))
    assert [row.looks for row in await school.rows(select(origin_looks))] == [10]


async def test_codes_that_somebody_makes_up_do_not_fill_the_table(school, monkeypatch):
    monkeypatch.setattr(origins, "MOST_A_DAY", 3)
    for number in range(5):
        await school.database.write(lambda tx, n=number: origins.look(tx, f"x{n}", 0, school.now.date()))
    await school.database.write(lambda tx: origins.look(tx, "x1", 0, school.now.date()))
    rows = await school.rows(select(origin_looks.c.origin, origin_looks.c.looks).order_by(origin_looks.c.origin))
    assert [tuple(row) for row in rows] == [("x0", 1), ("x1", 2), ("x2", 1)]


async def test_a_code_has_a_name_that_can_be_changed_and_taken_back(school, visitor):
    await school.opens()
    await visitor().goes_to("start/c1-from-centre")
    await school.gets(acts.perform, sources.NAME, {"code": "centre", "name": "신당센터"})
    told = await school.gets(acts.perform, sources.NAME, {"code": "centre", "name": "일자리센터"})
    assert (await row_of(school, "centre"))[0] == "일자리센터"
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert (await row_of(school, "centre"))[0] == "신당센터"


@pytest.mark.on_sqlite
async def test_a_code_that_an_address_can_not_carry_is_declined(school):
    for code in ("신당", "a b", "a_b", "c12", "x-from-y", "a" * 41, ""):
        await school.declines(sources.name, code, "이름")


def test_short_addresses_are_of_a_course_a_place_or_both():
    here = SETTINGS.to_organization()
    made = [links.short(here, *each) for each in ((12,), (12, "a"), (None, "a"), ())]
    assert [each.removeprefix(here.public_url) for each in made] == ["/c12", "/c12/a", "/from/a", ""]
