"""Who tells another's name, year of birth and number: they get a record of their own, and nothing else."""

import asyncio

import pytest

from tests.support.counseling.centre import FIRST, books
from tests.support.surveys.poll import NEEDS, SATISFACTION, answer

SPELT = (
    *("Hong Gil-dong", "HONG GILDONG", "hong gil dong", "Hong Gildong."),
    *("Ｈｏｎｇ Gildong", "Hong\u200bGil\u2010dong", "Hong Gil·dong", "  hong   gildong "),
)
OTHERS = tuple(f"홍길{letter}" for letter in "가나다라마바사아")


async def test_a_stranger_is_told_nothing_of_the_course_at_the_same_time(school, visitor):
    await visitor("victim").registers(await school.opens(title="꽃차", term_limit=0))
    told = await visitor("stranger").registers(await school.opens(term_limit=0))
    assert "신청이 접수되었습니다" in told
    assert "꽃차" not in told


async def test_a_stranger_uses_up_nobodys_term(school, visitor):
    await visitor("stranger").registers(await school.opens(title="꽃차"))
    assert "신청이 접수되었습니다" in await visitor("victim").registers(await school.opens())


async def test_who_finds_their_place_taken_is_told_whom_to_call_and_nothing_else(school, visitor):
    course = await school.opens()
    await visitor("stranger").registers(course)
    told = await visitor("victim").registers(course)
    whom = "‘바리스타 2급’은 여기서 신청할 수 없어요.\n평생학습팀(02-000-0000)에 전화해 주시면 바로 도와 드릴게요."
    assert told == f"{whom}\n\n여기서 멈췄어요. 적어 주신 것은 남아 있으니 다음에는 다시 적지 않으셔도 돼요."


async def test_a_full_number_and_a_taken_name_are_refused_in_the_same_words(school, visitor):
    course = await school.opens()
    for number, name in enumerate(("홍길동", "홍판서")):
        await visitor(f"r{number}").registers(course, name=name)
    told = [await visitor(name).registers(course, name=name) for name in ("홍길동", "홍인형")]
    assert told[0] == told[1]


async def test_the_owner_of_the_number_has_their_place_whoever_told_it_before(school, visitor):
    course = await school.opens()
    for number, name in enumerate(("홍길동", "홍판서")):
        await visitor(f"r{number}").registers(course, name=name)
    owner = visitor("owner")
    await owner.proves(course)
    assert "신청이 접수되었습니다" in await owner.submits(course)


@pytest.mark.parametrize("names", [SPELT, OTHERS], ids=["spelt", "others"])
@pytest.mark.parametrize("selection", ["first_come", "lottery"])
async def test_eight_spellings_at_once_take_no_more_places_than_a_number_may(school, visitor, names, selection):
    course = await school.opens(selection=selection)
    chats = [visitor(f"r{number}") for number in range(8)]
    for each, name, year in zip(chats, names, range(1980, 1988), strict=True):
        await each.fills_in(course, name=name, birth_year=str(year))
    told = await asyncio.gather(*(each.submits(course) for each in chats))
    assert len(await school.live(course)) == (1 if names is SPELT else 2)
    assert sum("전화해 주시면" in each for each in told) == (7 if names is SPELT else 6)


async def test_a_place_is_not_taken_back_beyond_what_a_number_may(school, visitor):
    course, first = await school.opens(), visitor("first")
    await first.registers(course)
    (mine,) = await school.live(course)
    await first.goes_to(f"mine/{mine}/cancel/yes")
    await visitor("second").registers(course)
    assert "전화해 주시면" in await first.goes_to(f"mine/{mine}/back")


async def test_a_stranger_books_no_talk_away(centre, visitor):
    await books(visitor("stranger"))
    assert "상담을 예약했어요" in await books(visitor("victim"), slot="오전 11시")


async def test_a_stranger_is_not_told_of_a_talk(centre, visitor):
    await books(visitor("victim"))
    told = await books(visitor("stranger"), slot="오전 11시")
    assert "오전 10시" not in told.replace("오전 10시 30분", "")
    assert FIRST in told


async def test_what_is_typed_after_ones_own_contact_is_not_proven(school, visitor):
    course, thief = await school.opens(term_limit=0), visitor("thief")
    await visitor("victim").registers(course)
    own = await school.opens(term_limit=0, weekdays=(3,), start_date=school.day(2026, 12, 10))
    await thief.proves(own, "010-0000-0009")
    await thief.submits(own)
    await thief.goes_to(f"forms/enroll/{course}")
    await thief.goes_to(f"forms/enroll/{course}/correct/mobile")
    await thief.says("010-0000-0001")
    assert "전화해 주시면" in await thief.submits(course)


async def test_a_stranger_neither_answers_for_another_nor_keeps_them_out(school, office, visitor):
    course, victim = await school.opens(), visitor("victim")
    await victim.registers(course)
    await visitor("stranger").registers(await school.opens())
    round_id = await office.opens(course)
    assert "들으신 분께" in await visitor("stranger").goes_to(f"forms/survey/{round_id}")
    assert "고맙습니다" in await answer(victim, round_id, SATISFACTION)


async def test_a_stranger_who_answers_what_everybody_is_asked_keeps_nobody_out(school, office, visitor):
    round_id = (await office.round("수요조사")).id
    for name in ("stranger", "victim"):
        await visitor(name).registers(await school.opens())
        assert "고맙습니다" in await answer(visitor(name), round_id, NEEDS)
