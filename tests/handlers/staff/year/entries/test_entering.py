"""Entries of a year by hand: told before they are kept, changed, dropped and undone."""

import asyncio

import pytest
from sqlalchemy import select

from handlers.staff.desk import acts
from handlers.staff.desk.undoing import undo
from handlers.staff.year.entries import entering, listing
from storage.audit import journal
from storage.tables import journal as journal_table
from storage.year import entries
from storage.year.entries import BudgetEntry, Indicator, Target

pytestmark = pytest.mark.on_sqlite

PAID = {"year": "2023", "kind": "집행", "amount": "20백만원", "item": "강사료"}


async def dropped(school, sort, number):
    args = {"sort": sort, "number": number}
    return await school.asks(lambda tx, desk: acts.perform(tx, desk, entering.DROP, args))


async def last(school):
    (done,) = await school.database.read(lambda tx: journal.recent(tx, 1))
    return done.id


@pytest.mark.on_both
async def test_an_entry_is_kept_changed_and_dropped_and_each_is_undone(school, enters, changes, entered):
    told = await enters("budget", **PAID)
    assert told[:2] == ["예산: 적었습니다.", "2023 · 집행 · 구비 · 20,000,000 · 강사료"]
    (one,) = await entered(BudgetEntry)
    assert (one.amount, one.source, one.day) == (20_000_000, "district", None)
    told = await changes("budget", one.id, 금액="30,000,000", day="2023-06-30")
    assert any("20,000,000 → 30,000,000" in line for line in told)
    (changed,) = await entered(BudgetEntry)
    assert (changed.amount, f"{changed.day}", changed.item) == (30_000_000, "2023-06-30", "강사료")
    await dropped(school, "budget", one.id)
    assert await entered(BudgetEntry) == []
    await school.asks(undo, await last(school))
    assert await entered(BudgetEntry) == [changed]
    await school.asks(undo, 2)
    assert await entered(BudgetEntry) == [one]
    await school.asks(undo, 1)
    assert await entered(BudgetEntry) == []


@pytest.mark.on_both
async def test_of_many_at_once_each_undoes_its_own(school, enters, entered, dawdling):
    dawdling(entries, "newest")

    async def comes(number):
        await asyncio.sleep(number / 50)  # so that some are done while others begin
        await enters("budget", **{**PAID, "amount": f"{number}"})

    await asyncio.gather(*map(comes, range(1, 11)))
    done = await school.database.read(lambda tx: journal.recent(tx, 20))
    assert [len(each.changes) for each in done] == [1] * 10
    await school.asks(undo, done[4].id)
    assert len(await entered(BudgetEntry)) == 9


async def test_what_was_changed_again_since_is_not_undone(school, enters, changes):
    await enters("budget", **PAID)
    await changes("budget", 1, amount="1")
    assert "예산 1건이 바뀌어 되돌릴 수 없습니다" in await school.declines(undo, 1)


async def test_what_is_wrong_is_told_and_nothing_is_kept(school, enters, entered):
    for values, told in (
        ({"amount": "많음"}, "‘금액’: ‘많음’ → 금액을 원으로 적어 주세요"),
        ({"year": ""}, "‘연도’: 빈칸 → 날짜가 없으면 꼭 있어야 합니다"),
        ({"course": "없는-01"}, "‘과정번호’: ‘없는-01’ → 이런 과정번호가 없습니다"),
        ({"purpose": "010-0000-0001"}, "‘내용’: ‘010-0000-0001’ → 휴대전화 번호는"),
        ({"nothing": "1"}, "‘nothing’: 예산에 없는 칸입니다. 적을 수 있는 칸: 연도, 구분"),
    ):
        assert told in await school.declines(entering.enter, "budget", {**PAID, **values})
    assert await entered(BudgetEntry) == []


async def test_the_same_again_is_asked_about_and_taken_once_it_is_meant(school, enters, entered):
    await enters("budget", **PAID)
    assert "등록번호 1에 똑같이 적혀 있습니다" in await school.declines(entering.enter, "budget", PAID)
    await enters("budget", as_written=True, **PAID)
    assert len(await entered(BudgetEntry)) == 2


async def test_what_has_a_name_is_entered_once(school, enters, changes, entered):
    await enters("indicators", name="프로그램(수)", counts="과정")
    await enters("targets", indicator="프로그램(수)", year="2026", target="24")
    again = {"indicator": "프로그램(수)", "year": "2026", "target": "25"}
    assert "같은 지표·연도" in await school.declines(entering.enter, "targets", again)
    assert "딸린 목표가 있습니다" in await school.declines(entering.drop, "indicators", 1)
    await changes("targets", 1, target="25")
    (indicator,) = await entered(Indicator)
    assert [(each.indicator_id, each.target) for each in await entered(Target)] == [(indicator.id, 25)]


async def test_money_of_a_course_is_named_by_its_number(school, enters, entered):
    course = await school.opens(code="A-1")
    await enters("budget", **PAID, course="a1")
    assert [each.course_id for each in await entered(BudgetEntry)] == [course]
    assert (await school.database.read(lambda tx: entering.texts(tx, "budget", 1)))["course"] == "A-1"


async def test_a_form_begins_with_what_is_kept_and_changes_nothing_as_it_is(school, enters):
    await enters("budget", **PAID)
    begun = await school.database.read(lambda tx: entering.texts(tx, "budget", 1))
    assert (begun["kind"], begun["amount"]) == ("집행", "20,000,000")
    assert "이미 그렇게 적혀 있습니다" in await school.declines(entering.change, "budget", 1, begun)


async def test_the_journal_keeps_the_row_and_not_what_was_typed(school, enters):
    await enters("problems", year="2024", problem="예산이 줄었음", measure="직영으로")
    (args,) = [row.args for row in await school.rows(select(journal_table.c.args))]
    assert args == {"sort": "problems"}


async def test_a_sort_that_nobody_knows_is_refused_with_those_that_are(school):
    assert "policy, indicators, targets, past, budget" in await school.declines(listing.show, "money")
