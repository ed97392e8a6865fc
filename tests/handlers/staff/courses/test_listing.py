"""The table of courses: what is asked for, in the order that is asked for, with where the seats stand."""

from datetime import date

import pytest

from handlers.staff.courses import listing, states
from handlers.staff.courses.listing import STAGES, Asked
from handlers.staff.desk import acts


async def codes(school, asked=Asked(), **only):  # noqa: B008 - frozen
    return [line.course.code for line in (await school.gets(listing.listed, asked, **only)).lines]


@pytest.fixture
async def several(school):
    """Courses of every stage, by the number that names it."""
    day = school.days(1)
    over = {"start_date": date(2026, 9, 1), "end_date": date(2026, 9, 22), "apply_end": school.now - 90 * day}
    await school.opens(code="open", title="꽃차소믈리에", term="2027-H1")
    await school.opens(code="upcoming", apply_start=school.now + day, venue="을지로 1강의실")
    await school.opens(code="closed", apply_end=school.now - day, instructor="강사 B")
    await school.opens(code="running", start_date=date(2026, 11, 17), apply_end=school.now - 2 * day)
    await school.opens(code="ended", **over)
    for state in ("hidden", "suspended", "cancelled"):
        await school.opens(code=state, state=state, apply_end=school.now + 30 * day)


@pytest.mark.on_sqlite
async def test_each_course_is_at_the_stage_that_it_is_asked_for_by(school, several):
    assert {stage: await codes(school, Asked(stage=stage)) for stage in STAGES} == {stage: [stage] for stage in STAGES}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(), ["running", "closed", "open", "upcoming", "hidden", "suspended"]),
        (Asked(order="code"), ["closed", "hidden", "open", "running", "suspended", "upcoming"]),
        (Asked(term="2027-H1"), ["open"]),
        (Asked(text="ㄲㅊ"), ["open"]),
        (Asked(text="을지로1강의실"), ["upcoming"]),
        (Asked(text="강사B 바리스타"), ["closed"]),
        (Asked(text="없는 말"), []),
        (Asked(stage="모름", order="모름", term="", page=99), 8),
    ],
)
async def test_courses_are_found_by_term_and_words_and_put_in_order(school, several, asked, found):
    listed = await codes(school, asked)
    assert listed == found if isinstance(found, list) else len(listed) == found


@pytest.mark.on_sqlite
async def test_who_may_see_some_courses_is_shown_no_other(school, several):
    assert await codes(school, Asked(stage="all"), only={1}) == ["open"]


async def test_seats_offers_and_the_line_are_counted_of_the_shown_page_alone(school, resident, monkeypatch):
    monkeypatch.setattr(listing, "SIZE", 1)
    course = await school.opens(code="A", capacity=1)
    await school.opens(code="B", apply_end=school.now + school.days(30))
    for number in (1, 2):
        await resident(number).registers(course, mobile=f"010-0000-{number:04}")
    found = await school.gets(listing.listed, Asked())
    assert [(line.confirmed, line.course.waiting, line.offered) for line in found.lines] == [(1, 1, 0)]
    assert (found.count, found.page, found.pages) == (2, 1, 2)


async def test_a_course_is_taken_out_of_the_lists_and_back(school):
    await school.opens(code="A")
    for word, stage in (("비공개", "hidden"), ("접수중지", "suspended"), ("공개", "open")):
        await school.gets(acts.perform, states.SET_STATE, {"code": "A", "state": word})
        assert await codes(school, Asked(stage=stage)) == ["A"]


@pytest.mark.on_sqlite
async def test_a_course_is_not_closed_without_a_reason_nor_opened_once_it_is(school):
    await school.opens(code="A")
    assert "가운데 하나" in await school.declines(states.set_state, "A", "폐강")
    await school.opens(code="B", state="cancelled")
    assert "이미 폐강한" in await school.declines(states.set_state, "B", "공개")


async def test_the_table_is_told_to_a_terminal(school):
    await school.opens(code="A")
    told = await school.asks(listing.show)
    assert told[0] == "과정 1개"
    assert "바리스타 2급" in told[-1]
