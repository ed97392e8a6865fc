"""Quarters: who drafted, checked and froze them, what stays as it was then, and what is told of what has changed."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from handlers.staff.desk import acts, undoing
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.year.cards import carding, freezing, quarters
from storage import tables
from storage.audit.journal import Officer
from storage.database import Transaction
from storage.year import entries
from storage.year import quarters as known
from storage.year.entries import BudgetEntry
from storage.year.quarters import Quarter
from tests.support.domain import SETTINGS, School
from tests.support.year import policy

Q4 = {"year": 2023, "quarter": 4}


async def does(school: School, act: Act, name: str = "담당 A", **args: object) -> Told:
    """An act as an officer of this name does it, with its entry in the journal."""
    desk = Desk(SETTINGS.to_organization(), school.now, Officer(name, "command"))
    words = {**Q4, **args}
    return await school.database.write(lambda tx: acts.perform(tx, desk, act, words))


async def frozen(school: School) -> Quarter:
    await does(school, quarters.DRAFT, stage="추진중")
    await does(school, quarters.CHECK, "팀장 B")
    await does(school, quarters.FREEZE, "팀장 B")
    return await found(school)


async def found(school: School) -> Quarter:
    one = await school.database.read(lambda tx: known.find(tx, 2023, 4))
    assert one is not None
    return one


async def since(school: School) -> dict[str, tuple[str, str, tuple[tuple[str, ...], ...]]]:
    """What has changed, by what it is: as it was, as it is, and the rows."""
    changed = await school.gets(carding.changed_since, await found(school))
    return {
        name: (old, new, below)
        for table in changed
        for (name, old, new), below in zip(table.rows, table.details, strict=True)
    }


@pytest.mark.on_sqlite
async def test_a_quarter_is_drafted_checked_and_frozen_each_with_a_name_and_a_time(policy_district: School) -> None:
    one = await frozen(policy_district)
    assert (one.state, one.stage) == ("frozen", "추진중")
    assert (one.drafted_by, one.checked_by, one.frozen_by) == ("담당 A", "팀장 B", "팀장 B")
    assert one.drafted_at == one.checked_at == one.frozen_at == policy_district.now


@pytest.mark.on_sqlite
async def test_what_is_frozen_is_the_whole_card_and_its_digest_is_of_it(policy_district: School) -> None:
    before = await policy_district.gets(carding.card, 2023, 4)
    one = await frozen(policy_district)
    assert one.figures is not None
    kept = freezing.read(one.figures)
    assert kept == replace(before, stage=replace(before.stage, chosen="추진중"), warnings=())
    assert one.digest == freezing.digest(one.figures)


@pytest.mark.on_sqlite
async def test_no_step_is_left_out(policy_district: School) -> None:
    assert "아직 작성하지 않은" in await policy_district.declines(quarters.freeze, 2023, 4)
    await does(policy_district, quarters.DRAFT)
    assert "이행단계를 고르지 않아" in await policy_district.declines(quarters.check, 2023, 4)
    await does(policy_district, quarters.DRAFT, stage="추진중")
    assert "팀장이 확인한 뒤에" in await policy_district.declines(quarters.freeze, 2023, 4)
    await does(policy_district, quarters.CHECK)
    assert "이미 담당 A님이" in await policy_district.declines(quarters.check, 2023, 4)
    await does(policy_district, quarters.FREEZE)
    assert "이미 확정한" in await policy_district.declines(quarters.draft, 2023, 4)


@pytest.mark.on_sqlite
async def test_a_draft_that_was_checked_and_changed_is_checked_again(policy_district: School) -> None:
    await does(policy_district, quarters.DRAFT, stage="추진중")
    await does(policy_district, quarters.CHECK)
    await does(policy_district, quarters.DRAFT, stage="일부추진")
    assert (await found(policy_district)).state == "draft"
    await does(policy_district, quarters.DRAFT)
    assert (await found(policy_district)).stage == "일부추진"
    assert "확인한 뒤에" in await policy_district.declines(quarters.freeze, 2023, 4)


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("args", "why"),
    [
        ((2024, 2), "아직 시작하지 않은"),
        ((2023, 5), "1부터 4까지"),
        ((2023, 4, "거의 다 됨"), "고를 수 있는 것은 완료, 완료(지속), 추진중, 일부추진"),
        ((2030, 1), "공약사업이 없습니다"),
    ],
)
async def test_what_is_no_quarter_or_no_stage_is_declined(
    policy_district: School, args: tuple[object, ...], why: str
) -> None:
    assert why in await policy_district.declines(quarters.draft, *args)


@pytest.mark.on_sqlite
async def test_nothing_has_changed_where_nothing_has(policy_district: School) -> None:
    await frozen(policy_district)
    policy_district.waits(days=400)
    assert await since(policy_district) == {}


async def test_a_figure_that_changed_after_freezing_is_told_with_its_rows(policy_district: School) -> None:
    await frozen(policy_district)
    await policy_district.opens(code="23-14", title="늦게 적은 과정", term="2023-H2", start_date=date(2023, 10, 4))
    changed = await since(policy_district)
    assert changed["직업교육 프로그램(수) 2023년 실적"] == ("13개", "14개", (("들어옴", "늦게 적은 과정(23-14)"),))
    assert changed["직업교육 프로그램(수) 이행률"] == ("21%", "23%", ())
    assert len(changed) == 2


@pytest.mark.on_sqlite
async def test_rows_that_went_came_and_changed_are_told_also_where_the_sum_is_the_same(
    policy_district: School,
) -> None:
    await frozen(policy_district)

    def swap(tx: Transaction) -> None:
        spent = [each for each in entries.all_of(tx, BudgetEntry, [2023]) if each.kind == "spent"]
        entries.save(tx, [replace(spent[0], amount=30 * policy.MILLION, item="강사료")])
        entries.save(tx, [replace(spent[0], id=0, amount=20 * policy.MILLION, item="재료비")])

    await policy_district.database.write(swap)
    assert await since(policy_district) == {
        "2023년 집행": (
            "50백만원",
            "50백만원",
            (("들어옴", "구비 재료비 20,000,000원"), ("바뀜", "구비 50,000,000원 → 구비 강사료 30,000,000원")),
        )
    }


@pytest.mark.on_sqlite
async def test_the_card_of_a_frozen_quarter_stays_and_warns(policy_district: School) -> None:
    await frozen(policy_district)
    await policy_district.opens(code="23-14", term="2023-H2", start_date=date(2023, 10, 4))
    card = await policy_district.gets(carding.card, 2023, 4)
    assert card.indicators[0].actual == 16
    assert card.warnings == ("확정 뒤 2가지가 바뀌었습니다. 카드는 확정한 때의 것입니다.",)


@pytest.mark.on_sqlite
async def test_figures_that_somebody_changed_in_the_database_are_told(policy_district: School) -> None:
    one = await frozen(policy_district)
    assert one.figures
    forged = {**one.figures, "quarter": 3}
    await policy_district.database.write(lambda tx: tx.execute(update(tables.quarters).values(figures=forged)))
    card = await policy_district.gets(carding.card, 2023, 4)
    assert any("맞지 않습니다" in each for each in card.warnings)


async def test_freezing_is_undone_and_reopening_gives_the_figures_back(policy_district: School) -> None:
    one = await frozen(policy_district)
    told = await does(policy_district, quarters.REOPEN)
    assert (await found(policy_district)).figures is None
    await policy_district.asks(undoing.undo, told.steps[-1].args["entry"])
    assert await found(policy_district) == one
    await does(policy_district, quarters.REOPEN)
    assert (await found(policy_district)).state == "draft"


@pytest.mark.on_sqlite
async def test_a_quarter_that_is_reopened_can_be_frozen_again_on_the_same_day(policy_district: School) -> None:
    await frozen(policy_district)
    await does(policy_district, quarters.REOPEN)
    assert (await frozen(policy_district)).state == "frozen"


async def at_once(school: School, act: Act, **args: object) -> list[Told | BaseException]:
    return await asyncio.gather(*(does(school, act, f"담당 {n}", **args) for n in range(10)), return_exceptions=True)


async def test_of_ten_who_draft_and_freeze_at_once_each_is_answered_and_one_freezes(policy_district: School) -> None:
    drafted = await at_once(policy_district, quarters.DRAFT, stage="추진중")
    assert all(isinstance(each, Told) for each in drafted), drafted
    await does(policy_district, quarters.CHECK)
    done = await at_once(policy_district, quarters.FREEZE)
    assert sum(isinstance(each, Told) for each in done) == 1
    assert sum(isinstance(each, Declined) for each in done) == 9
