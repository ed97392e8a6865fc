"""Asking to be called: by whom and where it can be asked, what is asked, and what is kept of it for how long."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.people.forgetting import retention
from storage.people.forgetting.periods import Night, Periods
from storage.tables import callbacks, consents, residents
from tests.support.counseling.centre import labels
from tests.support.domain import SEOUL

NUMBER = "010-0000-0009"


async def asks(resident, number=NUMBER, when="오후", about="수강료"):
    """From the word to the receipt."""
    await resident.says("전화 주세요")
    told = await resident.presses("전화 부탁하기")
    while "동의" in told or "외국에 있는" in told:
        told = await resident.presses(labels(resident)[0])
    if number:
        await resident.says(number)
    await resident.says(when)
    await (resident.says(about) if about else resident.presses("건너뛰기"))
    return await resident.presses("이대로 부탁하기")


async def kept(school):
    return await school.rows(select(callbacks).order_by(callbacks.c.id))


async def waiting(school):
    return [row.number for row in await kept(school) if row.ended_at is None]


@pytest.mark.parametrize("channel", ["telegram", "web", "kakao"])
async def test_whoever_was_never_here_asks_for_a_call_after_they_agreed(school, visitor, channel):
    told = await asks(visitor("1", channel))
    assert f"전화 부탁을 받았어요. 담당자가 일하는 날에 {NUMBER}로 전화드려요.\n편하신 때: 오후" in told
    (row,) = await kept(school)
    assert (row.number, row.suits, row.about, row.channel) == ("+821000000009", "afternoon", "수강료", channel)
    agreed = [row.purpose for row in await school.rows(select(consents).order_by(consents.c.id))]
    assert agreed == (["abroad", "callback"] if channel == "telegram" else ["callback"])


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    "said",
    [
        "전화 주세요", "전화해 주실 수 있나요?", "call me back", "전화", "내일 오후에 전화 좀 해 주시겠어요",
        "전화 좀 부탁드려요", "전화 받고 싶어요",
    ],
)  # fmt: skip
async def test_each_of_the_words_leads_to_the_call(school, visitor, said):
    resident = visitor()
    await resident.says(said)
    assert "forms/callback/0" in [button.path for button in resident.screen.all_buttons]


@pytest.mark.on_sqlite
@pytest.mark.parametrize("said", ["도움말", "문의", "ㅁㄴㅇㄹ", "어디서 배워야 할지 도무지 모르겠네요 참"])
async def test_help_and_what_is_not_understood_offer_a_call(school, visitor, said):
    resident = visitor()
    await resident.says(said)
    assert "전화 받기" in [button.label for button in resident.screen.all_buttons]


async def test_who_declines_is_asked_for_no_number(school, visitor):
    resident = visitor()
    await resident.says("전화 주세요")
    await resident.presses("전화 부탁하기")
    assert "전화번호를 묻지 않을게요" in await resident.presses("동의하지 않음")
    assert await kept(school) == []


@pytest.mark.on_sqlite
async def test_a_number_that_is_known_is_only_confirmed(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens())
    told = await asks(resident, number="", when="아무 때나", about="")
    assert "010-0000-0001로 전화드려요.\n편하신 때: 아무 때나" in told
    assert [(row.number, row.about) for row in await kept(school)] == [("+821000000001", None)]


async def test_another_number_for_a_call_leaves_the_own_one_as_it_is(school, visitor):
    resident = visitor()
    await resident.registers(await school.opens())
    await asks(resident, number="")
    await resident.presses("번호나 때 바꾸기")
    await resident.goes_to("forms/callback/0/correct/call_number")
    await resident.says("02-000-0001")
    assert "02-000-0001로 전화드려요" in await resident.presses("이대로 부탁하기")
    assert [row.mobile for row in await school.rows(select(residents.c.mobile))] == ["+821000000001"]


async def test_an_open_request_is_changed_in_place_and_stays_as_old_as_it_is(school, visitor):
    resident = visitor()
    await asks(resident)
    (before,) = await kept(school)
    school.waits(hours=3)
    assert "전화를 부탁하셨어요" in await resident.says("전화 주세요")
    await resident.presses("번호나 때 바꾸기")
    await resident.goes_to("forms/callback/0/correct/call_when")
    await resident.says("내일 3시쯤이요")
    assert "편하신 때: 내일 3시쯤이요" in await resident.presses("이대로 부탁하기")
    assert [(row.id, row.since, row.suits) for row in await kept(school)] == [
        (before.id, before.since, "내일 3시쯤이요")
    ]


@pytest.mark.on_sqlite
async def test_who_takes_it_back_is_not_called_and_can_ask_again(school, visitor):
    resident = visitor()
    await asks(resident)
    assert "전화드리지 않을게요" in await resident.presses("전화 안 받아도 돼요")
    assert await waiting(school) == []
    assert "부탁하신 전화가 없어요" in await resident.goes_to("callback/off")
    await asks(resident)
    assert await waiting(school) == ["+821000000009"]


@pytest.mark.on_sqlite
@pytest.mark.parametrize("about", ["900101-1234567 이 사람 건이요", "９００１０１－１２３４５６７"])
async def test_a_registration_number_is_not_taken(school, visitor, about):
    resident = visitor()
    await resident.goes_to("forms/callback/0")
    await resident.presses("동의하고 계속")
    await resident.says(NUMBER)
    await resident.says("오전")
    assert "주민등록번호는 받지 않아요" in await resident.says(about)


@pytest.mark.parametrize("wrong", ["112", "1588-0000", "모르겠어요", "010-12"])
async def test_what_nobody_can_be_called_by_is_asked_again(school, visitor, wrong):
    resident = visitor()
    await resident.goes_to("forms/callback/0")
    await resident.presses("동의하고 계속")
    await resident.says(wrong)
    assert resident.screen.form == "callback/0"
    assert "이대로 부탁하기" not in labels(resident)
    assert "어느 번호로" in resident.screen.text


async def test_withdrawing_the_consent_takes_the_request_back(school, visitor):
    resident = visitor()
    await asks(resident)
    assert "부탁하신 전화도 드리지 않아요" in await resident.goes_to("me/consents/callback")
    await resident.presses("동의 거두기")
    assert await waiting(school) == []


async def test_a_request_goes_thirty_days_after_it_is_over_and_an_open_one_stays(school, visitor):
    await asks(visitor("open"))
    await asks(visitor("over"))
    await visitor("over").goes_to("callback/off")

    async def over(days):
        night = Night((school.now + timedelta(days)).astimezone(SEOUL), Periods())
        return (await school.database.read(lambda tx: retention.foretell(tx, night)))["callbacks"]

    assert (await over(30), await over(31)) == (0, 1)
