"""What a good full run does to what is known, and what no run ever does."""

from datetime import date, timedelta

import pytest

from storage.jobs import intake, postings
from tests.support.domain import MONDAY

pytestmark = pytest.mark.on_sqlite


async def test_a_posting_is_kept_as_its_source_tells_it(board, row):
    run = await board.hears(row())
    kept = await board.knows("K1")
    assert (run.new, run.updated, run.same, run.skipped, run.hidden) == (1, 0, 0, 0, 0)
    assert (kept.title, kept.category, kept.region_code) == ("바리스타 모집", "식음료", "11140")
    assert (kept.close_on, kept.until_filled, kept.registered_on) == (date(2026, 12, 24), True, date(2026, 11, 20))


async def test_the_same_run_twice_changes_nothing_but_when_it_was_seen(board, row):
    await board.hears(row())
    before = await board.knows("K1")
    run = await board.hears(row())
    after = await board.knows("K1")
    assert (run.new, run.updated, run.same) == (0, 0, 1)
    assert (after.id, after.first_seen_at) == (before.id, before.first_seen_at)
    assert after.last_seen_at - before.last_seen_at == timedelta(hours=6)


async def test_a_changed_row_changes_the_posting_of_its_key(board, row):
    await board.hears(row())
    before = await board.knows("K1")
    run = await board.hears(row(title="바리스타 급구"))
    after = await board.knows("K1")
    assert (run.new, run.updated, run.same) == (0, 1, 0)
    assert (after.id, after.title, after.first_seen_at) == (before.id, "바리스타 급구", before.first_seen_at)
    assert (await board.finds("급구"), await board.finds("모집")) == (["K1"], [])


async def test_three_good_runs_without_it_hide_a_posting_and_do_not_delete_it(board, row):
    await board.hears(row("K1"), row("K2", title="조리사"))
    hidden = [(await board.hears(row("K2", title="조리사"))).hidden for _ in range(4)]
    assert hidden == [0, 0, 1, 0]
    assert await board.shows() == ["work24/K2"]
    assert not (await board.knows("K1")).is_open(board.today)


async def test_a_hidden_posting_comes_back_when_it_is_seen_again(board, row):
    await board.hears(row("K1"), row("K2", title="조리사"))
    for _ in range(3):
        await board.hears(row("K2", title="조리사"))
    await board.hears(row("K1"), row("K2", title="조리사"))
    assert (await board.knows("K1")).missed == 0
    assert await board.shows() == ["work24/K2", "work24/K1"]


async def test_being_seen_between_starts_the_count_anew(board, row):
    for keys in (["K1", "K2"], ["K2"], ["K2"], ["K1", "K2"], ["K2"], ["K2"]):
        await board.hears(*(row(key, title=f"조리사 {key}") for key in keys))
    assert sorted(await board.shows()) == ["work24/K1", "work24/K2"]


async def test_a_run_of_one_source_says_nothing_of_another(board, row, elsewhere):
    await board.hears(elsewhere("seoul", title="조리사"))
    for _ in range(4):
        await board.hears(row())
    await board.hears(elsewhere("seoul", "S2", title="청소"))
    assert sorted(await board.shows()) == ["seoul/S1", "seoul/S2", "work24/K1"]


async def test_a_row_that_can_not_be_read_is_still_there(board, row):
    await board.hears(row("K1"), row("K2", title="조리사"))
    runs = [await board.hears(row("K2", title="조리사"), unread=["K1", ""]) for _ in range(4)]
    assert [(run.skipped, run.hidden) for run in runs] == [(2, 0)] * 4


@pytest.mark.parametrize(("days", "is_shown"), [(-1, False), (0, True), (1, True)])
async def test_a_posting_is_shown_until_its_last_day(board, row, days, is_shown):
    closing = board.today + timedelta(days=days)
    await board.hears(row(closeDt=f"{closing}"))
    assert (await board.shows() == ["work24/K1"]) is is_shown
    assert (await board.finds("바리스타") == ["K1"]) is is_shown
    assert (await board.knows("K1")).is_open(board.today) is is_shown


async def test_the_newest_come_first_and_a_day_to_come_is_not_newer_than_today(board, row):
    days = {"K1": "26-11-20", "K2": "26-11-22", "K4": "27-01-01", "K3": "", "K5": "26-11-21"}
    await board.hears(*(row(key, title=key, regDt=day) for key, day in days.items()))
    assert [key[-2:] for key in await board.shows()] == ["K3", "K4", "K2", "K5", "K1"]


async def test_what_tells_no_day_stays_in_its_place_when_it_changes(board, row):
    await board.hears(row(regDt=""))
    board.now += timedelta(days=5)
    await board.hears(row(regDt="", title="바리스타 급구"))
    assert (await board.knows("K1")).listed_on == MONDAY.date()


@pytest.mark.on_both
async def test_lists_are_narrowed_by_category_and_district(board, row):
    await board.hears(row("K1"), row("K2", title="조리사", jobsCd=""), row("K3", title="카페", region="서울 종로구"))
    assert await board.shows(category="식음료") == ["work24/K3", "work24/K1"]
    assert await board.shows(region="11140") == ["work24/K2", "work24/K1"]
    assert await board.shows(category="식음료", region="11110") == ["work24/K3"]


async def test_pages_hold_everything_once(board, row, database):
    await board.hears(*(row(f"K{number}", title=f"조리사 {number}") for number in range(25)))
    pages = [await database.read(lambda tx, at=at: postings.open_now(tx, board.today, at, 10)) for at in (0, 10, 20)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert len({one.id for page in pages for one in page}) == 25


# --- search ---


@pytest.mark.on_both
@pytest.mark.parametrize(
    "words", [["바리스타"], ["리스"], ["예시카페"], ["바리스타", "카페"], ["모"], ["2급"], ["cafe"]]
)
async def test_a_posting_is_found_by_any_part_of_its_words(board, row, words):
    await board.hears(
        row(title="바리스타 모집 2급", company="예시카페 CAFE"), row("K2", title="조리사", company="예시식당")
    )
    assert await board.finds(*words) == ["K1"]


@pytest.mark.parametrize(
    "words", [["스타바리"], ["바리스타", "식당"], ["예"], ["%"], ["__"], ['"'], ["급바"], ["조리사님"], [""], []]
)
async def test_a_posting_is_not_found_by_what_it_does_not_say(board, row, words):
    # All pairs of 조리사님 are there, but never together.
    await board.hears(row(title="바리스타 모집 2급"), row("K2", title="조리 리사 사님", company="예시식당"))
    assert await board.finds(*words) == []


async def test_pages_of_what_is_found_hold_everything_once(board, row, database):
    await board.hears(*(row(f"K{number}", title=f"조리사 {number}") for number in range(5)))
    pages = [
        await database.read(lambda tx, at=at: postings.search(tx, board.today, ["조리사"], at, 2, {}))
        for at in (0, 2, 4)
    ]
    assert [[one.source_key for one in page] for page in pages] == [["K4", "K3"], ["K2", "K1"], ["K0"]]


async def test_what_is_rare_is_found_behind_all_that_is_new(board, row, monkeypatch):
    monkeypatch.setattr(postings, "NEWEST", 5)
    await board.hears(
        row("old", title="우주비행사", regDt="26-01-01"), *(row(f"K{n}", title=f"바리스타 {n}") for n in range(9))
    )
    assert await board.finds("우주비행") == ["old"]
    assert len(await board.finds("바리스타")) == 9


# --- duplicates ---


async def test_one_job_of_two_sources_is_shown_once_and_kept_twice(board, row, elsewhere):
    await board.hears(row())
    await board.hears(elsewhere("seoul"))
    assert await board.shows() == ["work24/K1"]
    assert await board.finds("바리스타") == ["K1"]
    assert (await board.knows("S1", "seoul")).duplicate_of == (await board.knows("K1")).id


async def test_the_other_is_shown_when_the_first_is_over(board, row, elsewhere):
    await board.hears(row(closeDt="26-11-24"))
    board.now += timedelta(days=2)
    await board.hears(elsewhere("seoul", close_on=None))
    assert await board.shows() == ["seoul/S1"]


async def test_the_other_is_shown_when_the_first_becomes_another_job(board, row, elsewhere):
    await board.hears(row())
    await board.hears(elsewhere("seoul"))
    await board.hears(row(title="조리사"))
    assert sorted(await board.shows()) == ["seoul/S1", "work24/K1"]


async def test_two_jobs_of_one_source_stay_two_however_alike(board, row, elsewhere):
    await board.hears(row("K1"), row("K2"))
    await board.hears(elsewhere("seoul"))
    assert sorted(await board.shows()) == ["work24/K1", "work24/K2"]


@pytest.mark.parametrize("other", [{"company": "예시식당"}, {"title": "조리사"}, {"region_code": "11110"}])
async def test_another_job_is_never_folded(board, row, elsewhere, other):
    await board.hears(row())
    await board.hears(elsewhere("seoul", **other))
    assert len(await board.shows()) == 2


async def test_what_an_officer_entered_is_shown_before_any_feed(board, row, elsewhere):
    await board.hears(row())
    await board.hears(elsewhere("desk"))
    assert await board.shows() == ["desk/S1"]


# --- payloads ---


@pytest.mark.on_both
async def test_what_was_sent_is_kept_without_persons_and_for_thirty_days(board, row, database):
    await board.hears(row(reperNm="홍길동", contactTelno="010-0000-0001", indTpNm="커피 전문점"))
    [payload] = await board.payloads()
    assert "홍길동" not in str(payload)
    assert (payload["indTpNm"], "contactTelno" in payload) == ("커피 전문점", False)
    await database.write(lambda tx: intake.forget_payloads_before(tx, board.now))
    assert len(await board.payloads()) == 1
    await database.write(lambda tx: intake.forget_payloads_before(tx, board.now + timedelta(seconds=1)))
    assert await board.payloads() == []
