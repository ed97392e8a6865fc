"""Correcting what one told, one thing at a time, with the questions of the registration."""

import pytest
from sqlalchemy import select

from storage.people.finding import persons
from storage.tables import journal, residents

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def somebody(school, visitor):
    found = visitor("r1")
    await found.registers(await school.opens())
    return found


async def corrects(somebody, number, *said):
    await somebody.goes_to(f"forms/correct/{number}")
    for each in said:
        await somebody.says(each)
    return await somebody.presses("이대로 고치기")


@pytest.mark.parametrize(
    ("number", "said", "shown"),
    [
        (1, ["김새롬"], "이름: 김새롬"),
        (2, ["90년생"], "태어난 해: 1990년"),
        (3, ["010 0000 0009"], "휴대전화: 010-0000-0009"),
        (4, ["신당동"], "사는 동: 신당동"),
        (4, ["중구에 살지 않아요", "일해요"], "다니는 곳: 중구에서 일해요"),
    ],
)
async def test_each_thing_is_corrected_by_itself(somebody, number, said, shown):
    told = await corrects(somebody, number, *said)
    assert "고쳤어요" in told
    assert shown in told
    assert told.count(": ") == (5 if len(said) > 1 else 4)


async def test_what_cannot_be_read_is_asked_again_and_nothing_is_changed(school, somebody):
    await somebody.goes_to("forms/correct/3")
    assert "휴대전화 번호를 010부터" in await somebody.says("02-123-4567 아니고 몰라요")
    assert [row.mobile for row in await school.rows(select(residents.c.mobile))] == ["+821000000001"]


async def test_what_was_corrected_is_in_the_journal_without_the_words(school, somebody):
    await corrects(somebody, 1, "김새롬")
    rows = await school.rows(select(journal.c.action, journal.c.args))
    assert [tuple(row) for row in rows] == [("own/correct", {"what": ["name"]})]


async def test_the_number_of_two_others_in_the_course_is_not_taken_by_correcting(school, visitor, somebody):
    for address, name in (("r2", "임꺽정"), ("r3", "장길산")):
        await visitor(address).registers(1, name=name, mobile="010-0000-0009")
    assert "여기서는 이렇게 고칠 수 없어요" in await corrects(somebody, 3, "010-0000-0009")
    assert (await school.database.read(lambda tx: persons.find(tx, 1))).mobile == "+821000000001"


@pytest.mark.parametrize("number", [0, 5, 6, 99])
async def test_what_nobody_told_is_not_asked_for(somebody, number):
    assert "이대로" not in await somebody.goes_to(f"forms/correct/{number}")
    assert not somebody.screen.form


async def test_a_number_for_which_the_chat_vouches_is_proven_at_once(school, visitor):
    somebody = visitor("r1", channel="telegram")
    await somebody.registers(await school.opens())
    await somebody.goes_to("forms/correct/3")
    await somebody.shares("010-0000-0009")
    await somebody.presses("이대로 고치기")
    assert (await school.database.read(lambda tx: persons.find(tx, 1))).is_proven
