"""Telling of a qualification after a course: in every chat, once, and never what one didn't complete."""

from datetime import date

import pytest
from sqlalchemy import select

from handlers.language.answers import Unparsed
from handlers.language.days.past_days import past_day
from handlers.language.grades import with_grade
from storage.tables import qualifications
from tests.support.counseling.centre import labels
from tests.support.counseling.completers import completes

pytestmark = pytest.mark.on_sqlite


async def kept(school):
    return [
        (row.name, row.grade, row.license_number, row.acquired_on, row.entered_by)
        for row in await school.rows(select(qualifications))
    ]


async def tells(resident, mine, name="바리스타 2급", number="제2026-01호", day="2026-11-20"):
    """From the course to the receipt."""
    told = await resident.goes_to(f"mine/{mine}")
    told = await resident.presses("자격증 알리기")
    while "동의" in told or "외국에 있는" in told:
        told = await resident.presses(labels(resident)[0])
    await resident.says(name)
    await (resident.says(number) if number else resident.presses("건너뛰기"))
    await resident.says(day)
    return await resident.presses("이대로 알리기")


@pytest.mark.parametrize("channel", ["telegram", "web", "kakao"])
async def test_it_is_told_in_every_chat_with_its_grade_number_and_day(school, visitor, channel):
    resident = visitor("1", channel)
    mine = await completes(school, resident, school.now)
    assert "바리스타 2급을 적어 두었어요" in await tells(resident, mine)
    assert await kept(school) == [("바리스타", "2급", "제2026-01호", date(2026, 11, 20), "")]


async def test_told_again_it_takes_the_place_of_what_was_told(school, visitor):
    mine = await completes(school, visitor(), school.now)
    await tells(visitor(), mine, number="")
    await tells(visitor(), mine, number="제7호", day="어제")
    assert [row[2:4] for row in await kept(school)] == [("제7호", date(2026, 11, 22))]


async def test_the_word_leads_there_and_what_was_told_can_be_deleted(school, visitor):
    resident = visitor()
    assert "수료하신 강좌가 있을 때" in await resident.says("자격증 땄어요")
    mine = await completes(school, resident, school.now)
    await tells(resident, mine)
    await resident.says("자격증 땄어요")
    assert "바리스타 2급을 지웠어요" in await resident.presses("지우기")
    assert await kept(school) == []


async def test_nobody_tells_for_another_or_of_what_was_not_completed(school, visitor):
    mine = await completes(school, visitor(), school.now, state="not_completed")
    assert "수료하신 뒤에" in await visitor().goes_to(f"forms/qualification/{mine}")
    assert "찾을 수 없어요" in await visitor("stranger").goes_to(f"forms/qualification/{mine}")


async def test_anothers_qualification_is_not_deleted(school, visitor):
    await tells(visitor(), await completes(school, visitor(), school.now))
    assert "그런 자격증이 없어요" in await visitor("stranger").goes_to("qualifications/1/drop")
    assert len(await kept(school)) == 1


async def test_taking_the_consent_back_deletes_what_one_told(school, visitor):
    resident = visitor()
    await tells(resident, await completes(school, resident, school.now))
    await resident.goes_to("me/consents/qualification")
    await resident.goes_to("me/consents/qualification/off")
    assert await kept(school) == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026년 11월 20일이에요", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
        ("26.11.20.", date(2026, 11, 20)),
        ("11월 20일에 땄어요", date(2026, 11, 20)),
        ("12월 20일", date(2025, 12, 20)),
        ("어제", date(2026, 11, 22)),
    ],
)
def test_a_day_is_read_as_it_is_said(said, meant):
    assert past_day(date(2026, 11, 23))(said) == meant


@pytest.mark.parametrize("said", ["2026-11-24", "2026-02-30", "1960-01-01", "곧", "13월 1일", "20260"])
def test_a_day_that_is_none_or_yet_to_come_is_asked_again(said):
    with pytest.raises(Unparsed):
        past_day(date(2026, 11, 23))(said)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("바리스타 2급", ("바리스타", "2급")),
        ("바리스타2급 자격증", ("바리스타", "2급")),
        ("색채심리사(1급)", ("색채심리사", "1급")),
        ("화훼장식기능사", ("화훼장식기능사", "")),
        ("2급", ("2급", "")),
    ],
)
def test_the_grade_is_read_from_the_end_of_the_name(said, meant):
    assert with_grade(said) == meant
