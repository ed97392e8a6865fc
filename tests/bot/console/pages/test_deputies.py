"""Who stands in: for other days than was thought, no longer, and as if nothing had been."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.officers import sessions
from storage.tables import journal, officer_deputies

pytestmark = pytest.mark.on_sqlite
PATH = "/desk/officers"
PERIOD = "kim/park/2026-11-23"
DAYS = {"from_day": "2026-11-23", "until_day": "2026-11-30"}


@pytest.fixture
async def leader(counter, school):
    leader = await counter.officer("lead", "kim")
    await counter.officer("officer", "lee")
    return leader


@pytest.fixture
async def park(counter, leader):
    """Stands in for the lead from today on."""
    park = await counter.officer("viewer", "park")
    await leader.sends(PATH, {"do": "deputize", "login": "kim", "deputy": "park", **DAYS})
    assert await reaches(park)
    return park


async def reaches(officer) -> bool:
    return (await officer.http.get(PATH)).status_code == 200


async def days(school):
    return [(str(row.from_day), str(row.until_day)) for row in await school.rows(select(officer_deputies))]


async def test_a_period_is_ended_at_once_by_the_lead_who_chooses_it(counter, school, leader, park):
    await leader.opens(PATH)
    assert "을 대신하는 것을 끝냈습니다" in await leader.presses("지금 끝내기", period=PERIOD)
    assert not await reaches(park)
    assert await days(school) == []


async def test_the_days_on_which_somebody_stood_in_stay(school, leader, park):
    school.now += timedelta(days=2)
    token = await school.database.write(lambda tx: sessions.begin(tx, 1, school.now))
    leader.http.cookies.set("desk", token)
    await leader.sends(PATH, {"do": "end-deputy", "period": PERIOD})
    assert await days(school) == [("2026-11-23", "2026-11-24")]


@pytest.mark.on_both
async def test_a_period_is_changed(school, leader, park):
    await leader.opens(PATH)
    told = await leader.presses("기간 바꾸기", period=PERIOD, until_day="2026-12-04")
    assert "11월 23일(월)부터 12월 4일(금)까지로 바꿨습니다" in told
    assert await days(school) == [("2026-11-23", "2026-12-04")]
    await leader.sends(PATH, {"do": "change-deputy", "period": PERIOD, "from_day": "2026-11-25"})
    assert await days(school) == [("2026-11-25", "2026-12-04")]
    assert not await reaches(park)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"until_day": "2026-11-22"}, "오늘보다 앞섭니다"),
        ({"until_day": "2027-03-23"}, "석 달까지만"),
        ({"until_day": "내일"}, "2026-12-01처럼"),
        ({"period": "kim/park/2026-11-24", "until_day": "2026-12-01"}, "이런 기간이 없습니다"),
        ({"period": "kim/nobody/2026-11-23"}, "이런 아이디가 없습니다"),
        ({"period": "kim"}, "골라 주세요"),
        ({"period": "park/kim/2026-11-23"}, "이런 기간이 없습니다"),
    ],
)
async def test_what_is_no_period_changes_nothing(school, leader, park, sent, told):
    assert told in await leader.sends(PATH, {"do": "change-deputy", "period": PERIOD, **sent})
    assert await days(school) == [("2026-11-23", "2026-11-30")]


async def test_a_period_is_not_moved_onto_another_one(school, leader, park):
    later = {"from_day": "2026-12-01", "until_day": "2026-12-05"}
    await leader.sends(PATH, {"do": "deputize", "login": "kim", "deputy": "park", **later})
    told = await leader.sends(PATH, {"do": "change-deputy", "period": PERIOD, **later})
    assert "이미 있습니다" in told
    assert len(await days(school)) == 2


@pytest.mark.parametrize("do", ["deputize", "end-deputy", "change-deputy"])
async def test_it_is_undone_by_whoever_may_make_accounts_and_by_nobody_else(counter, school, leader, park, do):
    before = await days(school) if do != "deputize" else []
    if do != "deputize":
        await leader.sends(PATH, {"do": do, "period": PERIOD, "until_day": "2026-11-24"})
    [entry] = [row.id for row in await school.rows(select(journal.c.id).where(journal.c.action == do))]
    officer = await counter.officer("officer", "lee")
    assert "권한이 없습니다" in await officer.sends("/desk/undo", {"entry": entry, "sure": "1"})
    assert "되돌렸습니다" in await leader.sends("/desk/undo", {"entry": entry, "sure": "1", "back": PATH})
    assert await days(school) == before


async def test_whose_period_was_ended_does_not_take_that_back(school, leader, park):
    await leader.sends(PATH, {"do": "end-deputy", "period": PERIOD})
    [entry] = [row.id for row in await school.rows(select(journal.c.id).where(journal.c.action == "end-deputy"))]
    await park.sends("/desk/undo", {"entry": entry, "sure": "1"})
    assert await days(school) == []


async def test_a_period_that_was_changed_since_is_not_undone(school, leader, park):
    [entry] = [row.id for row in await school.rows(select(journal.c.id).where(journal.c.action == "deputize"))]
    await leader.sends(PATH, {"do": "change-deputy", "period": PERIOD, "until_day": "2026-11-25"})
    assert "대신하는 기간" in await leader.sends("/desk/undo", {"entry": entry, "sure": "1", "back": PATH})
    assert await days(school) == [("2026-11-23", "2026-11-25")]


async def test_both_names_stand_in_the_journal_also_of_a_deputy_who_ends_it(school, leader, park):
    await park.sends(PATH, {"do": "end-deputy", "period": PERIOD})
    [row] = await school.rows(select(journal).where(journal.c.action == "end-deputy"))
    assert (row.officer, row.args["login"], row.args["deputy"]) == ("park 님(kim 님 대신)", "kim", "park")


async def test_a_period_of_somebody_who_has_left_is_ended_too(counter, school, leader):
    await counter.officer("viewer", "park")
    await leader.sends(PATH, {"do": "deputize", "login": "lee", "deputy": "park", **DAYS})
    await leader.sends(PATH, {"do": "end", "login": "lee", "sure": "1"})
    assert "끝냈습니다" in await leader.sends(PATH, {"do": "end-deputy", "period": "lee/park/2026-11-23"})
    assert await days(school) == []
