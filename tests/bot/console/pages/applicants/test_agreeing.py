"""The consent to be told at one's number, on the pages where officers register, at the tablet, and in a record."""

import pytest
from sqlalchemy import select

from storage.tables import consents
from tests.support.console.counter import counter_of
from tests.support.notices.districts import district

pytestmark = pytest.mark.on_sqlite
CALLER = {
    "course": "T1", "name": "임꺽정", "birth_year": "1970", "mobile": "010-0000-0009", "dong": "청구동", "aloud": "1",
}  # fmt: skip


@pytest.fixture
async def desks(school):
    await school.opens(code="T1")
    async with counter_of(school, settings=district(alimtalk=True)) as opened:
        yield opened


async def kept(school):
    rows = await school.rows(select(consents).where(consents.c.purpose == "alimtalk"))
    return [(row.given, row.channel) for row in rows]


async def test_an_officer_reads_the_words_and_ticks_it(desks, school):
    officer = await desks.officer()
    assert "광고는 보내지 않습니다" in await officer.opens("/desk/register")
    await officer.presses("접수하기", **CALLER, alimtalk="1")
    assert await kept(school) == [(True, "phone")]
    assert "알림톡으로 안내 받기" in await looked_at(officer)


async def looked_at(officer):
    await officer.opens("/desk/people/1")
    return await officer.presses("이 까닭으로 보기", purpose="전화 문의")


async def test_what_is_not_ticked_is_not_given(desks, school):
    officer = await desks.officer()
    await officer.opens("/desk/register")
    await officer.presses("접수하기", **CALLER)
    assert await kept(school) == []


async def test_who_stands_before_the_tablet_ticks_it_themselves(desks, school):
    tablet = await desks.officer()
    await tablet.opens("/desk/counter")
    await tablet.presses("접수대로 쓰기", pin="1234")
    person = {name: value for name, value in CALLER.items() if name != "aloud"}
    await tablet.presses("신청하기", **person, agreed="1", alimtalk="1")
    assert await kept(school) == [(True, "visit")]


async def test_where_nothing_is_sent_to_numbers_nothing_is_asked(school):
    await school.opens(code="T1")
    async with counter_of(school) as plain:
        officer = await plain.officer()
        assert "알림톡" not in await officer.opens("/desk/register")
