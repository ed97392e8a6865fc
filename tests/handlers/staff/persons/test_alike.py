"""What officers are shown of several chats that told one number."""

import pytest

from handlers.staff.courses import selections
from handlers.staff.courses.completion import completing
from handlers.staff.persons import alike

pytestmark = pytest.mark.on_sqlite


async def victim_and_stranger(school, visitor, **differing):
    """The stranger has a place in the victim's name; the victim waits for an officer."""
    course = await school.opens(code="T", **differing)
    await visitor("stranger").registers(course, name="홍 길동")
    assert "담당자가 확인한 뒤" in await visitor("victim").registers(course)
    return course


async def test_both_entries_are_shown_with_what_agrees(school, visitor):
    await victim_and_stranger(school, visitor)
    told = await school.asks(alike.show)
    prove = "번호의 주인이면: python -m bot persons --prove"
    assert told == [
        "여러 대화에서 적은 번호 1개.",
        "",
        "010-0000-0001",
        "  기록  이름     태어난 해  같은 점                             번호 확인  신청",
        f"  1     홍 길동  1983       번호, 이름(다르게 적음), 태어난 해  적기만 함  T 신청 1 확정 {prove} 1",
        f"  2     홍길동   1983       번호, 이름(다르게 적음), 태어난 해  적기만 함  T 신청 2 확정 {prove} 2",
        "같은 분인 것을 직접 확인했으면: python -m bot persons --merge 1,2",
    ]


async def test_who_calls_is_found_by_number_and_known_for_its_owner(school, visitor):
    await victim_and_stranger(school, visitor)
    assert (await school.asks(alike.show, "010 0000 0001"))[0] == "010 0000 0001: 기록 2건."
    await school.asks(alike.prove, 2, is_theirs=True)
    assert ["확인함" in line for line in (await school.asks(alike.show))[4:6]] == [False, True]


async def test_a_proof_is_taken_back(school, visitor):
    await victim_and_stranger(school, visitor)
    for is_theirs in (True, False):
        await school.asks(alike.prove, 2, is_theirs=is_theirs)
    assert "확인함" not in "".join(await school.asks(alike.show))


async def test_a_list_of_applications_names_those_that_may_be_one_persons(school, visitor):
    course = await school.opens(code="T", selection="review")
    for number, name in enumerate(("홍길동", "홍판서", "임꺽정")):
        await visitor(f"r{number}").registers(course, name=name, mobile=f"010-0000-000{1 + number // 2}")
    told = await school.asks(selections.show, "T")
    assert "신청 1, 2: 번호·태어난 해가 같습니다. 같은 분인지 확인해 주세요." in told
    assert "같은 분" not in "".join(await school.asks(completing.show, "T"))


@pytest.mark.on_both
async def test_numbers_that_one_chat_told_are_not_shown(school, visitor):
    await visitor().registers(await school.opens())
    assert await school.asks(alike.show) == ["여러 대화에서 적은 번호가 없습니다."]
    assert "이런 기록이 없거나" in await school.declines(alike.prove, 9, is_theirs=True)
    assert "휴대전화 번호를 적어" in await school.declines(alike.show, "02-000-0000")
