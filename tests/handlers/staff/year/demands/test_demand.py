"""What residents wanted: who applied, stood at the close, was turned away, and how many classes would have sufficed."""

from datetime import date, timedelta

import pytest

from handlers.staff.desk.desk import Desk
from handlers.staff.year.demands import demand
from handlers.staff.year.demands.published import published
from storage.dialogue import missed
from storage.tables import awaited_courses, courses
from storage.teaching import wishes
from tests.support.domain import SETTINGS, School
from tests.support.surveys.ballots import Ballots
from tests.support.year.half_year import HalfYear, table

NEXT = date(2026, 3, 3)


async def shown(school: School, work, year: int = 2025):
    def told(tx):
        half = HalfYear(tx)
        work(half)
        return demand.demand(tx, half.desk, year)

    return await school.database.write(told)


def first_row(told, title="과정별"):
    return table(told.tables, title).rows[0]


@pytest.mark.on_both
async def test_each_figure_of_a_course_is_of_people_who_are_counted_once(school):
    def work(half: HalfYear):
        course = half.course(code="A", capacity=5)
        opened, closed = half.moments(course)
        half.fills(course, 5)
        half.fills(course, 3, "waiting")
        half.applies(course, "not_selected")
        half.applies(course, "cancelled", ended_at=closed + timedelta(days=2), ended_from="waiting")
        half.applies(course, "cancelled", ended_at=opened + timedelta(days=2), ended_from="confirmed")
        half.applies(course, "expired", ended_at=closed + timedelta(days=3))
        twice = half.person()
        half.applies(course, "cancelled", twice, ended_at=opened + timedelta(days=2), ended_from="waiting")
        half.applies(course, "waiting", half.person(merged_into=twice))
        half.applies(course, "merged")
        half.tx.execute(awaited_courses.insert().values(resident_id=twice, course_id=course, since=half.now))

    told = await shown(school, work)
    # 주야, 정원, 신청, 마감 때 신청, 경쟁률, 자리를 넘음, 못 들음, 기다림, 필요한 반
    assert first_row(told)[1:] == ("주간", "5", "13", "12", "2.4 : 1", "7", "6", "1", "3개")


@pytest.mark.on_sqlite
async def test_fields_and_times_of_day_are_sums_of_their_courses(school):
    def work(half: HalfYear):
        for people, differing in (
            (6, {}),
            (3, {"daypart": "evening"}),
            (9, {"category": "화훼", "daypart": "evening"}),
        ):
            half.fills(half.course(capacity=5, **differing), people, "waiting")

    told = await shown(school, work)
    # 과정, 정원, 마감 때 신청, 경쟁률, 자리를 넘음, 못 들음, 필요한 반
    assert table(told.tables, "분야별").rows == (
        ("식음료", "2", "10", "9", "0.9 : 1", "1", "9", "3개"),
        ("화훼", "1", "5", "9", "1.8 : 1", "4", "9", "2개"),
    )
    assert table(told.tables, "시간대별").rows[0] == ("야간", "2", "10", "12", "1.2 : 1", "4", "12", "3개")


@pytest.mark.on_sqlite
async def test_before_the_close_nobody_is_turned_away_yet(school):
    def work(half: HalfYear):
        half.fills(half.course(NEXT, capacity=5), 7, "waiting")

    assert first_row(await shown(school, work, 2026))[3:8] == ("7", "7", "1.4 : 1", "2", "-")


@pytest.mark.on_sqlite
async def test_what_nobody_could_find_and_what_is_wished_for_stand_beside(school):
    def work(half: HalfYear):
        missed.note(half.tx, "피아노", half.now.date())
        missed.note(half.tx, "용접", half.now.date())
        missed.mark(half.tx, missed.by_words(half.tx, "용접").id, "wanted")
        wishes.add(half.tx, half.person(), "도배", half.now)

    told = await shown(school, work)
    assert first_row(told, "찾지 못한 말")[0] == "피아노"
    assert first_row(told, "다음 학기에 바라는 강좌")[0] == "용접"
    assert first_row(told, "열리면 알려 달라고 한 강좌") == ("도배", "1명")
    assert told.steps[0].args == {"wish": "피아노"}


@pytest.mark.on_sqlite
async def test_what_may_be_somebodys_name_is_masked(school):
    told = await shown(school, lambda half: missed.note(half.tx, "홍길동", half.now.date()))
    assert first_row(told, "찾지 못한 말")[0] == "홍*동"
    assert told.steps == ()


@pytest.mark.on_sqlite
async def test_a_survey_of_needs_tells_fields_and_times_once_it_is_over_of_its_year_and_the_next(school, office):
    """N8 is the field, N9 the course in one's own words, N10 the time; what else is asked stays where it is."""

    def work(tx):
        ballots = Ballots(tx, school.now)
        wants = {"N1": "청구동", "N8": ["뷰티"], "N9": "한식조리", "N10": ["평일 저녁"]}
        ballots.needs({"chat": 6}, lambda number: wants, closes=False)
        running = demand.demand(tx, Desk(SETTINGS.to_organization(), ballots.now), 2026)
        ballots.closes("수요조사", None)
        desks = [HalfYear(tx, ballots.now + timedelta(days=days)).desk for days in (0, 365)]
        return running, [demand.demand(tx, each, each.today.year) for each in desks], published(tx, desks[0])

    running, over, public = await school.database.write(work)
    assert not any("수요조사" in each.title for each in running.tables)
    for told in over:
        found = {each.title.split(".")[0]: each for each in told.tables}
        assert found["수요조사 N8"].rows[0] == ("뷰티", "6명", "100%")
        assert found["수요조사 N9"].items == ("한식조리",) * 6
        assert found["수요조사 N10"].rows[0] == ("평일 저녁", "6명", "100%")
        assert "수요조사 N1" not in found
    assert [each.item.name for each in public.asked if each.figures.n] == ["N8", "N10"]


@pytest.mark.on_sqlite
async def test_an_empty_year_says_so(school):
    assert (await shown(school, lambda half: None)).title == "2025년에는 아직 과정도, 바라는 강좌도 없습니다."


# --- what everybody may see ---


async def seen(school: School, work):
    def found(tx):
        half = HalfYear(tx)
        work(half)
        return published(tx, half.desk)

    return await school.database.write(found)


@pytest.mark.on_sqlite
async def test_everybody_sees_no_course_that_fewer_than_five_applied_for_nor_one_that_is_still_taken(school):
    def work(half: HalfYear):
        half.fills(half.course(), 6)
        half.fills(half.course(), 4)
        half.fills(half.course(category="화훼"), 4)
        half.fills(half.course(daypart="evening"), 7, "waiting")
        still = half.course()
        half.fills(still, 9)
        open_for_long = {"apply_end": half.now + timedelta(days=9)}
        half.tx.execute(courses.update().where(courses.c.id == still).values(open_for_long))

    found = await seen(school, work)
    assert found.year == 2025
    assert [(each.name, each.courses, each.applied) for each in found.by_category] == [("식음료", 2, 13)]
    assert [(each.name, each.applied) for each in found.by_daypart] == [("evening", 7), ("day", 6)]


@pytest.mark.on_sqlite
async def test_everybody_sees_words_that_five_wish_for(school):
    def work(half: HalfYear):
        for words, people in (("도배", 5), ("피아노", 4)):
            for _ in range(people):
                wishes.add(half.tx, half.person(), words, half.now)

    assert (await seen(school, work)).wishes == (("도배", 5),)


@pytest.mark.on_sqlite
async def test_of_an_empty_database_everybody_sees_nothing(school):
    assert (await seen(school, lambda half: None)).is_empty
