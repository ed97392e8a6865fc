"""Who wants to be called, as officers see it: in the order of what is due, ticked off, tried in vain, and undone."""

from datetime import datetime

import pytest
from sqlalchemy import select

from handlers.staff.callbacks import listing, ticking
from handlers.staff.desk import acts, undoing
from handlers.staff.persons import merging
from storage.counseling import callbacks
from storage.tables import callbacks as table
from storage.tables import journal
from tests.support.domain import SEOUL


async def asks_for(school, visitor, name, suits="any", number="+821000000001", about=None):
    """Somebody whose first word this is, and who wants to be called."""
    await visitor(name).goes_to("news/news/on")

    def work(tx):
        whose = tx.execute(select(table.metadata.tables["addresses"].c.resident_id)).scalars().all()[-1]
        callbacks.ask(tx, whose, number, suits, about, "web", school.now)

    await school.database.write(work)


async def listed(school):
    return "\n".join(await school.asks(listing.show))


async def act(school, of, **args):
    return await school.asks(acts.perform, of, args)


@pytest.mark.on_sqlite
async def test_a_list_of_nobody_says_so(school):
    assert await listed(school) == "전화를 부탁한 분이 없습니다."


async def test_who_is_to_be_called_stands_with_number_wish_and_words(school, visitor):
    await asks_for(school, visitor, "a", "내일 3시 뒤", "+82212345678", "수강료")
    shown = await listed(school)
    assert "전화를 부탁한 분: 1명" in shown
    assert "02-1234-5678" in shown
    assert "내일 3시 뒤" in shown
    assert "수강료" in shown
    assert "전화했으면: python -m bot calls --done 1" in shown


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("asked", "suits", "due"),
    [
        ((23, 10), "morning", (23, 12)),
        ((23, 12), "morning", (24, 12)),
        ((23, 12), "afternoon", (23, 18)),
        ((23, 19), "any", (24, 18)),
        ((27, 18), "any", (30, 18)),
        ((28, 9), "morning", (30, 12)),
        ((23, 10), "내일 아침", (23, 18)),
    ],
)
async def test_a_call_is_due_at_the_end_of_the_next_time_that_suits_on_a_working_day(
    school, visitor, settings, asked, suits, due
):
    school.now = datetime(2026, 11, *asked, tzinfo=SEOUL)
    await asks_for(school, visitor, "a", suits)
    ((until, _),) = await school.database.read(lambda tx: listing.waiting(tx, settings.to_organization()))
    assert until == datetime(2026, 11, *due, tzinfo=SEOUL)


async def test_public_holidays_and_days_of_our_own_are_no_working_days(school, visitor, settings):
    school.now = datetime(2026, 12, 24, 19, tzinfo=SEOUL)
    await asks_for(school, visitor, "a")
    ((until, _),) = await school.database.read(lambda tx: listing.waiting(tx, settings.to_organization()))
    assert until == datetime(2026, 12, 28, 18, tzinfo=SEOUL)


@pytest.mark.on_sqlite
async def test_what_is_due_first_stands_first(school, visitor, settings):
    for name, suits in (("a", "any"), ("b", "morning"), ("c", "afternoon")):
        await asks_for(school, visitor, name, suits)
    found = await school.database.read(lambda tx: listing.waiting(tx, settings.to_organization()))
    assert [each.callback.suits for _, each in found] == ["morning", "any", "afternoon"]


async def test_who_was_called_leaves_the_list_until_it_is_undone(school, visitor):
    await asks_for(school, visitor, "a")
    assert await act(school, ticking.CALLED, numbers=[1], note="따님과 통화") == [
        "부탁받은 전화 1건을 한 것으로 적었습니다.",
        "메모: 따님과 통화",
        "되돌리려면: python -m bot undo 1",
    ]
    assert "없습니다" in await listed(school)
    assert await school.asks(undoing.undo, 1) == ["부탁받은 전화(1 따님과 통화): 되돌렸습니다."]
    assert "전화를 부탁한 분: 1명" in await listed(school)


async def test_who_asked_again_meanwhile_is_not_asked_for_twice_by_undoing(school, visitor):
    await asks_for(school, visitor, "a")
    await act(school, ticking.CALLED, numbers=[1])
    await school.database.write(lambda tx: callbacks.ask(tx, 1, "+821000000001", "any", None, "web", school.now))
    assert "되돌릴 수 없습니다" in await school.declines(undoing.undo, 1)
    assert "전화를 부탁한 분: 1명" in await listed(school)


@pytest.mark.on_sqlite
async def test_who_was_called_in_vain_stays_listed_with_what_was_noted(school, visitor):
    await asks_for(school, visitor, "a")
    for note in ("받지 않음", "통화 중"):
        await act(school, ticking.TRY, numbers=[1], note=note)
    assert "2번 연락, 11월 23일(월) 오전 10시 배움톡: 통화 중" in await listed(school)


async def test_trying_in_vain_needs_a_note_without_a_number(school, visitor):
    await asks_for(school, visitor, "a")
    assert "메모를 적어 주세요" in await school.declines(ticking.tried, [1], "")
    assert "전화번호는 등록할 수 없습니다" in await school.declines(ticking.tried, [1], "010-1234-5678로")


async def test_what_is_over_is_not_ticked_off(school, visitor):
    await asks_for(school, visitor, "a")
    await asks_for(school, visitor, "b")
    await act(school, ticking.CALLED, numbers=[1])
    await school.database.write(lambda tx: callbacks.withdraw(tx, 2, school.now))
    said = await school.declines(ticking.done, [1, 2, 9, 9])
    for why in ("1: 이미 전화", "2: 부탁하신 분이 거두", "9: 이런 번호의 부탁이", "9: 두 번"):
        assert f"전화 {why}" in said


@pytest.mark.on_sqlite
async def test_the_journal_holds_neither_number_nor_words_of_who_asked(school, visitor):
    await asks_for(school, visitor, "a", "내일 3시", "+82212345678", "수강료")
    await act(school, ticking.CALLED, numbers=[1])
    (entry,) = await school.rows(select(journal))
    assert not {"212345678", "내일 3시", "수강료"} & set(str(entry.changes).replace("'", " ").split())
    assert [name for _, _, before, _ in entry.changes for name in before] == ["ended_at", "outcome"]


async def test_of_two_requests_of_one_person_the_later_stays(school, visitor):
    await asks_for(school, visitor, "a", "morning")
    await asks_for(school, visitor, "b", "afternoon")
    await school.asks(acts.perform, merging.MERGE, {"kept": 1, "gone": 2})
    found = await school.rows(select(table).order_by(table.c.id))
    assert [(row.resident_id, row.suits, row.outcome) for row in found] == [
        (1, "morning", "withdrawn"),
        (1, "afternoon", None),
    ]
    await school.asks(undoing.undo, 1)
    found = await school.rows(select(table).order_by(table.c.id))
    assert [(row.resident_id, row.outcome) for row in found] == [(1, None), (2, None)]
