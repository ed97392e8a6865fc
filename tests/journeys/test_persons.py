"""Who somebody is, walked through in words: a number that changes hands, one person in three chats, another name."""

import re

import pytest

from handlers.staff.desk import acts, undoing
from handlers.staff.persons import alike
from handlers.staff.persons.merging import MERGE
from tests.support.clock.scenes import at

pytestmark = pytest.mark.on_sqlite

HERS = {"name": "김하나", "birth_year": "1958", "mobile": "010-0000-0001"}
LATER = {"term": "2027-H1", "weekdays": (3,)}


async def links(shows, types):
    """A code that one chat shows is typed in the other, and confirmed there."""
    await shows.says("대화 잇기")
    code = "".join(re.findall(r"\d{3}", (await shows.presses("코드 보기")))[:2])
    await types.says("다른 대화와 잇기")
    await types.presses("코드 적기")
    whom = await types.says(code)
    return whom, await types.presses("이어 주세요")


async def finds_by_number(someone, mobile, name, year):
    """In Telegram, with their own contact."""
    await someone.says("대화 잇기")
    await someone.presses("내 번호로 찾기")
    if "abroad" in someone.screen.asks:
        await someone.presses("텔레그램으로 계속")
        await someone.presses("동의하고 계속")
        await someone.says(name)
        await someone.says(year)
    await someone.shares(mobile)
    return await someone.presses("찾아서 이어 주세요")


async def test_a_telephone_number_that_was_given_to_another_person_gives_them_nothing_else(school, visitor, resident):
    course, other = await school.opens(title="꽃차소믈리에", code="T"), await school.opens(title="제과", **LATER)
    hana = visitor("hana")
    assert "신청이 접수되었습니다" in await hana.registers(course, **HERS)
    await school.asks(alike.prove, 1, is_theirs=True)

    # A year later the number is Dodam's, who has never been here.
    dodam = resident(2)
    assert "신청이 접수되었습니다" in await dodam.registers(
        other, name="이도담", birth_year="1990", mobile=HERS["mobile"]
    )
    found = await finds_by_number(dodam, "+821000000001", "이도담", "1990")
    assert "이 번호의 주인으로 확인된 다른 신청을 찾지 못했어요" in found
    assert "꽃차" not in await dodam.says("내 신청")
    assert "꽃차" in await hana.says("내 신청")

    # Officers see two people at one number, with what agrees and what doesn't, and aren't told to merge them.
    told = "\n".join(await school.asks(alike.show, HERS["mobile"]))
    assert "김하나" in told
    assert "이도담" in told
    assert "--merge" not in told


async def test_one_person_in_three_chats_has_one_seat_one_line_and_is_told_once(school, visitor, resident, clock):
    course = await school.opens(title="꽃차소믈리에", capacity=2, waitlist_capacity=5)
    telegram, kakao, web = resident(1), visitor("kakao-1", "kakao"), visitor("web-1")
    await telegram.registers(course, **HERS)
    await kakao.registers(course, **{**HERS, "mobile": "010-0000-0009"})
    await resident(9).registers(course, name="임꺽정", mobile="010-0000-0003")
    await web.says("꽃차")

    whom, said = await links(telegram, kakao)
    assert "텔레그램 · 김*나 · 신청 1건" in whom
    assert "두 대화를 이었어요" in said
    assert "두 대화를 이었어요" in (await links(kakao, web))[1]
    for chat in (telegram, kakao, web):
        assert "꽃차소믈리에\n참여확정" in await chat.says("내 신청")

    # The second seat has gone to who waited for it, and each thing is said once, where she was last.
    assert "참여요청" in await resident(9).says("내 신청")
    school.now = at("12-07 17:59")
    await clock.ticks()
    await telegram.says("내 신청")
    reminders = [each.address for each in await clock.until(at("12-07 18:30")) if "1회차" in each.text]
    assert reminders.count("1") == 1
    assert "다른 신청과 합친 신청" in await kakao.says("내 신청")


async def test_a_name_that_was_corrected_after_marriage_is_confirmed_by_an_officer(school, visitor, resident, clock):
    old, new = await school.opens(title="꽃차소믈리에"), await school.opens(title="제과", **LATER)
    telegram, web = resident(1), visitor("web-1")
    await telegram.registers(old, **HERS)
    await web.registers(new, **{**HERS, "name": "이하나", "mobile": "010-0000-0002"})

    # By herself she can't: the names differ, and she is told whom to call.
    await telegram.says("대화 잇기")
    code = "".join(re.findall(r"\d{3}", (await telegram.presses("코드 보기")))[:2])
    await web.goes_to("forms/link/0")
    assert "같은 분이세요?" in await web.says(code)
    assert "이름이 바뀌셨거나 잘못 적으셨으면 평생학습팀(02-000-0000)에 전화하거나" in await web.presses("네, 같은")

    # The officer, who has seen her papers, is shown what would become of it, and does it.
    told = "\n".join(await school.asks(acts.perform, MERGE, {"kept": 2, "gone": 1}))
    assert "이름이 서로 다릅니다" in told
    for chat in (telegram, web):
        assert {"꽃차소믈리에", "제과"} <= set((await chat.says("내 신청")).splitlines())

    # It was somebody else after all: within the day each has their own again, and both chats hear of it.
    await clock.passes(minutes=11)
    assert "다시 나누었어요" not in await web.says("안녕하세요")
    await school.asks(undoing.undo, 1)
    await clock.ticks()
    assert "제과" not in await telegram.says("내 신청")
    assert "다시 나누었어요" in await web.says("내 신청")


@pytest.mark.on_sqlite
async def test_a_daughter_is_told_that_her_mothers_chat_stays_her_mothers(school, visitor, resident):
    await resident(1).registers(await school.opens(), **HERS)
    daughter = visitor("web-1")
    await daughter.registers(await school.opens(**LATER), name="박두리", birth_year="1985", mobile="010-0000-0002")
    mother = resident(1)
    await mother.says("대화 잇기")
    code = "".join(re.findall(r"\d{3}", (await mother.presses("코드 보기")))[:2])
    await daughter.goes_to("forms/link/0")
    await daughter.says(code)
    assert "다른 분 것을 신청할게요" in await daughter.presses("아니요, 가족이에요")
