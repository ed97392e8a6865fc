"""The other parts of a report: hours, money, satisfaction, promotion, problems and plans; and the whole of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.staff.year.counted.counting import indicators
from handlers.staff.year.reports import reporting
from storage import tables
from storage.year.entries import BudgetEntry, Indicator, Participation, PlanStep, Problem, Promotion
from tests.support.surveys.ballots import Ballots, satisfied
from tests.support.year.half_year import RUNNING, HalfYear, rows, spent

pytestmark = pytest.mark.on_sqlite
SPRING, AUTUMN = date(2025, 3, 4), date(2025, 9, 2)


async def test_hours_are_counted_from_classes_and_instructors_once_each_without_a_name(reported):
    def work(half: HalfYear):
        for instructor in ("강사 A", "강사 A", "강사 B", ""):
            half.course(instructor=instructor)
        return half.part(3)

    section = await reported(work)
    assert section.lines[0] == "수업 16회, 48시간을 강사 2명이 가르쳤습니다."
    assert "강사를 적지 않은 과정 1개는 강사 수에 넣지 않았습니다." in section.lines
    assert "강사 A" not in str(section)


async def test_money_of_a_half_year_is_what_has_a_day_in_it_and_of_a_year_all(reported):
    def work(half: HalfYear):
        course = half.course(operation="위탁")
        half.fills(course, 4)
        half.enters(
            BudgetEntry(0, 2025, "secured", "district", None, 10_000_000, "", "", None),
            spent(3_000_000, "강사료", date(2025, 4, 1), course),
            spent(1_000_000, "재료비", date(2025, 6, 30)),
            spent(2_000_000, "강사료", date(2025, 7, 1)),
            spent(500_000, "대관료", None),
        )
        return half.part(4), half.part(4, None)

    first, year = await reported(work)
    assert first.lines[0] == "2025년 확보 10,000,000원, 2025년 상반기 집행 4,000,000원(40%)"
    assert any("날짜를 적지 않은 집행 1건 500,000원" in line for line in first.lines)
    assert rows(first, "과목별 집행")["강사료"] == ("3,000,000원", "3,000,000원", "75%")
    assert rows(year, "과목별 집행")["계"] == ("6,500,000원", "6,500,000원", "100%")
    assert rows(year, "2025년 운영별 비용")["위탁"] == ("1", "3,000,000원", "3,000,000원", "750,000원")


async def test_messages_of_a_half_year_cost_what_left_in_it_also_where_no_money_was_entered(reported):
    def work(half: HalfYear):
        moments = (datetime(2025, 6, 30, 14, 59, tzinfo=UTC), datetime(2025, 6, 30, 15, tzinfo=UTC))
        sent = [
            {"kind": "closed", "way": way, "cost": cost, "started_at": at}
            for at in moments
            for way, cost in (("kakao", 1650), ("alimtalk", 1300))
        ]
        half.tx.execute(tables.dispatches.insert(), [*sent, {**sent[0], "way": "alimtalk", "cost": 0}])
        return half.part(4), half.part(4, None)

    first, year = await reported(work)
    assert first.lines == ("2025년 상반기 알림 비용 29.5원 (카카오톡 16.5원, 알림톡 13원)",)
    assert year.lines == ("2025년 알림 비용 59원 (카카오톡 33원, 알림톡 26원)",)


async def test_satisfaction_is_of_the_courses_of_the_half_year_and_small_rounds_stay_hidden(school, office):
    def work(tx):
        half = HalfYear(tx)
        ballots = Ballots(tx, half.now - timedelta(days=20))
        autumn = {"start_date": AUTUMN, "end_date": AUTUMN, "term": "2025-H2"}
        ballots.course({"chat": 7}, satisfied, start_date=SPRING, end_date=SPRING, term="2025-H1")
        ballots.course({"chat": 6}, satisfied, **autumn)
        ballots.course({"chat": 3}, satisfied, **autumn)
        return [half.part(6, which) for which in (1, 2, None)]

    first, second, year = await school.database.write(work)
    item = "S13. 전반적으로 만족한다."
    assert [rows(each, "문항별")[item][0] for each in (first, second, year)] == ["7", "6", "13"]
    assert "응답 9건, 결과에 넣은 것 6건, 가린 것 3건" in second.lines
    assert len(first.charts[0].bars) == 13


@pytest.mark.on_both
async def test_promotion_stands_with_what_came_of_its_code(reported):
    def work(half: HalfYear):
        course = half.course(SPRING)
        half.applies(course, origin="centre")
        half.applies(course, "waiting", origin="centre")
        half.applies(half.course(AUTUMN), origin="centre")
        half.tx.execute(tables.origin_looks.insert().values(day=SPRING, origin="centre", course_id=course, looks=9))
        half.enters(
            Promotion(0, 2025, date(2025, 2, 3), "전단", "동주민센터", "centre", "done"),
            Promotion(0, 2025, date(2025, 8, 3), "현수막", "청사 앞", "", "done"),
        )
        return half.part(7)

    section = await reported(work)
    assert rows(section, "한 일과 그 결과") == {"2. 3.": ("전단", "동주민센터", "완료", "9", "2", "1")}
    assert rows(section, "온 곳별")["centre"] == ("9", "2", "1", "1")


async def test_problems_and_plans_are_those_that_were_entered_and_those_that_figures_tell(reported):
    def work(half: HalfYear):
        half.fills(half.course(capacity=5, minimum=3, title="몰린 강좌"), 9, "confirmed")
        half.fills(half.course(capacity=5, title="빈 강좌"), 2, "confirmed")
        half.enters(
            Problem(0, 2025, "예산이 줄었다", "직영으로 한다", RUNNING),
            PlanStep(0, 2025, date(2025, 8, 1), date(2025, 12, 31), "하반기 운영", "planned"),
            PlanStep(0, 2025, date(2025, 8, 1), date(2025, 12, 31), "그만둔 일", "dropped"),
        )
        return half.part(10), half.part(11)

    problems, plan = await reported(work)
    assert problems.tables[0].rows == (("예산이 줄었다", "직영으로 한다", "추진중"),)
    assert "정원만큼 신청이 없던 과정 1개: 빈 강좌" in problems.lines
    assert plan.lines == ("몰린 강좌: 정원 5명에 9명이 신청해 2개 반이면 모두 들을 수 있었습니다.",)
    assert [row[1] for row in plan.tables[0].rows] == ["하반기 운영"]


async def test_a_report_counts_the_same_courses_as_the_indicator_of_the_year(reported):
    def work(half: HalfYear):
        half.enters(Indicator(0, "과정(수)", "courses", "개"))
        for begins in (SPRING, AUTUMN, AUTUMN):
            half.course(begins)
        half.course(SPRING, counts_toward_kpi=False)
        half.course(SPRING, state="cancelled")
        half.course(date(2025, 7, 1), term="이름 없는 학기")
        [indicator] = indicators(half.tx, half.desk, 2025)
        return indicator.actual, sum(each.counts_toward_kpi for each in half.given(None).lines)

    assert await reported(work) == (4, 4)


@pytest.mark.on_both
async def test_an_empty_database_has_a_report_that_says_what_is_missing_and_nobodys_name_stands_in_any(reported):
    def work(half: HalfYear):
        empty = reporting.report(half.tx, half.desk, 2025, 1)
        course = half.course(SPRING)
        for _ in range(6):
            half.applies(course, person=half.person(name="홍길동", mobile="+821000000001"))
        return empty, reporting.report(half.tx, half.desk, 2025, 1)

    empty, full = await reported(work)
    assert [bool(each.missing or each.lines) for each in empty.sections] == [True] * 12
    assert "홍길동" not in str(full)
    assert "821000000001" not in str(full)


async def test_what_was_noted_for_days_of_both_halves_is_told_in_each_with_that(reported):
    days = (date(2025, 3, 28), date(2025, 8, 29), date(2025, 9, 1))
    none = {"title": "", "outlet": "", "url": "", "people": None}

    def work(half: HalfYear):
        half.enters(
            Participation(0, 2025, "press", days, None, 9, **none),
            Participation(0, 2025, "satisfaction", (date(2025, 9, 19),), date(2025, 12, 12), 13, **none),
        )
        return [[half.part(part, which) for part in (6, 7)] for which in (1, 2, None)]

    first, second, year = await reported(work)
    assert first[0].missing == "2025년 상반기 과정에서 끝난 만족도 조사가 없습니다."
    assert second[0].lines == year[0].lines == ("적어 둔 것: 만족도 조사 13회 ('25. 9. 19. ~ 12. 12.)",)
    assert first[1].lines == second[1].lines == ("언론·방송보도 9건 ('25. 3. 28. ~ 9. 1., 다른 반기의 날도 함께 셈)",)
    assert year[1].lines == ("언론·방송보도 9건 ('25. 3. 28. ~ 9. 1.)",)
