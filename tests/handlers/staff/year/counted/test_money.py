"""Money of a year: what is in the total, what a course and a completer cost, and what is warned of."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.staff.year import listing
from handlers.staff.year.counted import money
from storage.year import entries
from storage.year.entries import BudgetEntry
from tests.support.domain import School
from tests.support.surveys.ballots import seat
from tests.support.year import policy

pytestmark = pytest.mark.on_sqlite

SPENT = BudgetEntry(0, 2026, "spent", "district", date(2026, 11, 1), 0, "강사료", "", None)


async def spends(school: School, *spent: BudgetEntry) -> None:
    await school.database.write(lambda tx: entries.save(tx, spent))


async def ran(school: School, operation: str, people: int, spent: int) -> int:
    """A course with so many completers, on which so much was spent."""
    course = await school.opens(operation=operation, start_date=date(2026, 9, 1))
    await school.database.write(lambda tx: seat(tx, course, people, school.now))
    await spends(school, replace(SPENT, amount=spent, course_id=course))
    return course


@pytest.mark.parametrize(
    ("won", "printed"),
    [(70_000_000, "70"), (58_500_000, "58.5"), (1_234_567_000, "1,234.567"), (0, "0"), (100_000_000, "100")],
)
def test_money_is_printed_in_millions(won: int, printed: str) -> None:
    assert money.millions(won) == printed


async def test_a_course_and_a_completer_cost_what_was_entered_for_them_beside_each_way_of_running(
    school: School,
) -> None:
    await ran(school, "위탁", 10, 4_000_000)
    await ran(school, "위탁", 5, 3_000_000)
    await ran(school, "직영", 0, 1_000_000)
    await spends(school, replace(SPENT, amount=500_000, item="현수막"))
    costs = await school.gets(money.costs, 2026)
    assert [(each.operation, each.courses, each.a_course, each.a_completer) for each in costs.by_operation] == [
        ("위탁", 2, 3_500_000, 466_667),
        ("직영", 1, 1_000_000, None),
    ]
    assert costs.of_none == 500_000


async def test_money_that_was_paid_back_is_less(school: School) -> None:
    course = await ran(school, "위탁", 1, 4_000_000)
    await spends(school, replace(SPENT, amount=-1_000_000, course_id=course))
    assert (await school.gets(money.costs, 2026)).by_operation[0].spent == 3_000_000


async def test_the_total_is_the_sum_of_the_entries_of_the_years_that_count(policy_district: School) -> None:
    found = await policy_district.gets(money.budget, 2023)
    counted = [entry for year in found.years if year.is_counted for entry in year.entries]
    assert found.secured == sum(each.amount for each in counted if each.kind == "secured") == 70 * policy.MILLION
    assert found.spent == sum(each.amount for each in counted if each.kind == "spent") == 58 * policy.MILLION


async def test_more_spent_than_secured_is_told(policy_district: School) -> None:
    await spends(policy_district, replace(SPENT, year=2023, day=date(2023, 12, 1), amount=1_500_000))
    found = await policy_district.gets(money.budget, 2023)
    assert "2023년: 집행 51.5백만원이 확보 50백만원보다 많습니다." in list(money.warnings(found))


async def test_what_is_spent_after_the_year_that_was_asked_for_is_not_told_of_it(policy_district: School) -> None:
    await spends(policy_district, replace(SPENT, year=2024, day=date(2024, 1, 5), amount=1_000_000))
    found = {each.year: each for each in (await policy_district.gets(money.budget, 2023)).years}
    assert (found[2024].secured, found[2024].spent) == (30 * policy.MILLION, 0)


async def test_an_officer_sees_the_year_as_the_sheet_has_it(policy_district: School) -> None:
    said = "\n".join(await policy_district.asks(listing.show, 2023))
    for line in (
        "합계  75    16    이행률 21%",
        "2023  12    13    108%",
        "계    70    58    집행률 83%",
        "2024  30    -     계에 넣지 않음",
        "언론·방송보도     9     '23.3.28. / 8.29. / 9.1.",
        "구비  확보 20, 집행 8",
        "설명회·공청회 등  -",
    ):
        assert line in said, said
