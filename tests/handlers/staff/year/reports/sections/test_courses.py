"""Courses of a half-year, figure by figure: who applied, came, completed and acquired; rates of the same courses."""

from datetime import date, timedelta

import pytest

from storage.year.entries import PastCourse
from tests.support.year.half_year import HalfYear, rows

pytestmark = pytest.mark.on_sqlite
CALLED = "바리스타 2급"


async def test_each_figure_of_a_course_is_of_the_people_that_it_names(reported):
    def work(half: HalfYear):
        course = half.course(code="A", capacity=4)
        done = half.fills(course, 3)
        half.applies(course, "not_completed")
        twice = half.person()
        half.applies(
            course, "cancelled", twice, ended_at=half.moments(course)[0] + timedelta(days=2), ended_from="waiting"
        )
        half.applies(course, "waiting", twice)
        half.applies(course, "merged")
        half.acquires(done[0])
        half.acquires(done[0], "라떼아트")
        half.acquires(done[1])
        return half.part(2)

    found = rows(await reported(work), "과정별")
    # 정원, 신청, 경쟁률, 선정, 수료, 수료율, 취득, 취득률
    assert found[f"{CALLED}(A)"][2:] == ("4", "5", "1.3 : 1", "4", "3", "75%", "2", "67%")
    assert found["계"] == ("", "", "4", "5", "1.3 : 1", "4", "3", "75%", "2", "67%")


async def test_who_left_before_it_began_has_not_come_and_who_left_later_has(reported):
    def work(half: HalfYear):
        course = half.course(date(2025, 3, 4), code="A")
        seated = half.moments(course)[0] + timedelta(days=1)
        half.fills(course, 3)
        for day in (date(2025, 3, 3), date(2025, 3, 20)):
            ended = half.now.replace(year=day.year, month=day.month, day=day.day)
            half.applies(course, "cancelled", ended_at=ended, ended_from="confirmed", seated_at=seated)
        return half.part(2)

    assert rows(await reported(work), "과정별")[f"{CALLED}(A)"][5:8] == ("4", "3", "75%")


async def test_who_got_a_seat_after_the_first_day_counts_as_completer_alone(reported):
    def work(half: HalfYear):
        course = half.course(date(2025, 3, 4), code="A")
        half.fills(course, 2)
        half.applies(course, seated_at=half.moments(course)[1] + timedelta(days=20))
        return half.part(2)

    assert rows(await reported(work), "과정별")[f"{CALLED}(A)"][5:8] == ("2", "3", "150%")


async def test_before_anybody_is_said_to_have_completed_nothing_is_said_of_completing(reported):
    def work(half: HalfYear):
        half.fills(half.course(code="A"), 4, "confirmed")
        done = half.course(code="B")
        half.fills(done, 1)
        half.applies(done, "not_completed")
        return half.part(2)

    found = rows(await reported(work), "과정별")
    assert found[f"{CALLED}(A)"][5:8] == ("4", "-", "-")
    assert found["계"][5:8] == ("6", "1", "50%")


async def test_courses_that_were_closed_hidden_or_have_not_begun_are_in_no_figure(reported):
    def work(half: HalfYear):
        half.fills(half.course(code="A"), 2)
        half.course(state="cancelled", title="닫은 강좌")
        half.course(state="hidden")
        half.course(date(2026, 3, 4), term="2025-H1")
        half.course(date(2025, 9, 2), code="B")
        return half.part(2), half.part(2, None), half.part(10)

    first, year, problems = await reported(work)
    assert set(rows(first, "과정별")) == {f"{CALLED}(A)", "계"}
    assert set(rows(year, "과정별")) == {f"{CALLED}(A)", f"{CALLED}(B)", "계"}
    assert "폐강한 과정 1개: 닫은 강좌" in problems.lines


async def test_a_course_is_of_the_half_year_of_its_term_or_else_of_its_first_day(reported):
    def work(half: HalfYear):
        half.course(date(2025, 7, 1), term="2025-H1", code="A")
        half.course(date(2025, 7, 1), term="여름", code="B")
        half.course(date(2024, 12, 30), term="2025-H1", code="C")
        return [{each.code for each in half.given(which).courses} for which in (1, 2)]

    assert await reported(work) == [{"A", "C"}, {"B"}]


async def test_courses_before_the_service_stand_beside_with_what_is_known_of_them(reported):
    unknown = dict.fromkeys(("applied", "seated", "completed", "acquired", "placed"))
    about = {"category": "", "operation": "위탁", "daypart": "day", "counts_toward_kpi": True}

    def work(half: HalfYear):
        half.enters(PastCourse(0, 2025, 1, "꽃차", capacity=15, **about, **unknown))
        half.enters(PastCourse(0, 2025, None, "특강", capacity=20, **about, **unknown))
        return half.part(2), half.part(2, None)

    first, year = await reported(work)
    assert rows(first, "과정별")["꽃차"] == ("주간", "위탁", "15", "-", "-", "-", "-", "-", "-", "-")
    assert any("반기를 모르는 과정 1개" in line for line in first.lines)
    assert set(rows(year, "과정별")) == {"꽃차", "특강", "계"}


async def test_a_half_year_without_courses_says_so(reported):
    section = await reported(lambda half: half.part(2))
    assert section.missing == "2025년 상반기에 시작한 과정이 없습니다."
    assert section.tables == ()
