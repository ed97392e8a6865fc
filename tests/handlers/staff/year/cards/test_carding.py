"""The policy card, cell by cell, as the district's own sheet prints it."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import pytest_asyncio

from handlers.staff.desk.desk import Desk
from handlers.staff.year.cards import carding
from handlers.staff.year.cards.card import Card
from handlers.staff.year.counted.money import MILLION
from storage.database import Transaction
from tests.support.domain import SEOUL, SETTINGS, School
from tests.support.year import policy

pytestmark = pytest.mark.on_sqlite


@pytest_asyncio.fixture
async def policy_sheet(policy_district: School) -> Card:
    return await policy_district.gets(carding.card, 2023, 4)


async def counting_all(school: School) -> Card:
    """The card of a district whose totals take in the year that isn't over."""
    ours = SETTINGS.to_organization()
    takes_all = replace(ours, policy_card=replace(ours.policy_card, counts_current_year=True))

    def card(tx: Transaction) -> Card:
        return carding.card(tx, Desk(takes_all, school.now), 2023, 4)

    return await school.database.read(card)


async def test_targets_and_what_was_reached_are_the_sheets(policy_sheet: Card) -> None:
    (programmes,) = policy_sheet.indicators
    assert [each.year for each in programmes.years] == [2022, 2023, 2024, 2025, 2026]
    assert [each.target for each in programmes.years] == [3, 12, 16, 20, 24]
    assert [each.actual for each in programmes.years] == [3, 13, None, None, None]
    assert (programmes.target, programmes.actual, programmes.rate) == (75, 16, 21)
    assert [each.rate for each in programmes.years[:3]] == [100, 108, None]


async def test_each_figure_is_the_sum_of_rows_that_can_be_shown(policy_sheet: Card) -> None:
    for each in policy_sheet.indicators[0].years[:2]:
        assert each.actual == sum(source.count for source in each.sources) == len(each.sources)


async def test_money_is_the_sheets(policy_sheet: Card) -> None:
    years = {each.year: each for each in policy_sheet.budget.years}
    assert [years[year].secured // MILLION for year in (2022, 2023, 2024)] == [20, 50, 30]
    assert [years[year].spent // MILLION for year in (2022, 2023)] == [8, 50]
    assert (policy_sheet.budget.secured, policy_sheet.budget.spent) == (70 * MILLION, 58 * MILLION)
    assert policy_sheet.task.total_cost == 188 * MILLION


async def test_a_printed_total_that_is_not_the_sum_is_told_with_how_to_settle_it(policy_sheet: Card) -> None:
    (told,) = [each for each in policy_sheet.warnings if each.startswith("확보")]
    assert "계는 70백만원" in told
    assert "모두 더하면 100백만원" in told
    assert "2024년 30백만원" in told
    assert "counts_current_year = true" in told


async def test_it_is_settled_where_the_year_that_is_not_over_is_taken_in(policy_district: School) -> None:
    settled = await counting_all(policy_district)
    assert settled.budget.secured == 100 * MILLION
    assert not [each for each in settled.warnings if each.startswith("확보")]


async def test_what_was_done_with_residents_is_the_sheets(policy_sheet: Card) -> None:
    assert [(each.title, each.count, each.when) for each in policy_sheet.participation] == [
        ("설명회·공청회 등", 0, ""),
        ("만족도 조사", 13, "'23.5.19. ~ 12.12."),
        ("민간전문가 자문", 0, ""),
        ("언론·방송보도", 9, "'23.3.28. / 8.29. / 9.1."),
        ("주민 설문조사", 1, "'22.9.26. ~ 10.7."),
    ]


async def test_courses_are_listed_by_half_years_with_day_and_evening_apart(policy_sheet: Card) -> None:
    assert [(each.title, len(each.courses)) for each in policy_sheet.terms] == [
        ("2022년", 3),
        ("2023년 상반기", 6),
        ("2023년 하반기", 7),
    ]
    last = [each.title for each in policy_sheet.terms[-1].courses]
    assert last[-2:] == ["MBTI심리상담사(주)", "MBTI심리상담사(야)"]


async def test_the_plan_is_what_comes_after_the_quarter(policy_sheet: Card) -> None:
    assert [each.what for each in policy_sheet.plan] == ["프로그램 기획", "상반기 운영", "하반기 운영 및 결과보고"]
    assert [each.problem for each in policy_sheet.problems] == ["예산 축소"]


async def test_a_quarter_counts_until_its_last_day(policy_district: School) -> None:
    spring = await policy_district.gets(carding.card, 2023, 2)
    assert [each.actual for each in spring.indicators[0].years[:2]] == [3, 6]
    assert {each.kind: each.when for each in spring.participation}["press"].startswith("'23.3.28.")
    assert not {each.year: each for each in spring.budget.years}[2023].is_counted


async def test_boxes_that_nobody_ticked_are_told_and_none_is_guessed(policy_sheet: Card) -> None:
    assert not any(each.chosen for each in (*policy_sheet.boxes, policy_sheet.stage))
    for name in ("사업구분", "사업시기", "사업주체", "신규여부", "이행단계"):
        assert f"{name}: 고른 것이 없습니다." in policy_sheet.warnings


async def test_a_year_of_no_task_has_no_card(policy_district: School) -> None:
    assert "2030년" in await policy_district.declines(carding.card, 2030, 1)


async def test_courses_that_ran_here_count_beside_those_of_before(school: School) -> None:
    school.now = datetime(2024, 1, 10, 9, tzinfo=SEOUL)
    before = [each for each in policy.courses() if each.year == 2022]
    await school.database.write(lambda tx: policy.enter(tx, before))
    ran = [(half, title) for half in (1, 2) for title in policy.TITLES[2023, half]]
    for number, (half, title) in enumerate(ran):
        dates = {"term": f"2023-H{half}", "start_date": date(2023, 3 if half == 1 else 9, 5)}
        is_last = number == len(ran) - 1
        await school.opens(code=f"23-{number:02}", title=title, daypart="evening" if is_last else "day", **dates)
    found = await school.gets(carding.card, 2023, 4)
    assert [each.actual for each in found.indicators[0].years[:2]] == [3, 13]
    assert (await school.gets(carding.card, 2023, 2)).indicators[0].years[1].actual == 6
    assert [each.title for each in found.terms[-1].courses[-2:]] == ["MBTI심리상담사(주)", "MBTI심리상담사(야)"]
