"""Who tells another's name, year of birth and number: they get a record of their own, and nothing else."""

import asyncio
import re

import pytest
from sqlalchemy import select

from handlers.seating import bursts
from storage.tables import enrollments
from tests.support.counseling.centre import FIRST, books
from tests.support.domain import PERSON
from tests.support.surveys.poll import NEEDS, SATISFACTION, answer

pytestmark = pytest.mark.on_sqlite

SPELT = (
    *("Hong Gil-dong", "HONG GILDONG", "hong gil dong", "Hong Gildong."),
    *("Ｈｏｎｇ Gildong", "Hong\u200bGil\u2010dong", "Hong Gil·dong", "  hong   gildong "),
)
OTHERS = tuple(f"홍길{letter}" for letter in "가나다라마바사아")


async def waiting_for_an_officer(school, course):
    these = (enrollments.c.course_id == course, enrollments.c.unchecked_since.is_not(None))
    return [row.id for row in await school.rows(select(enrollments.c.id).where(*these))]


async def tells(stranger, course, agree):
    """What they read while they tell the owner's name, year and number, up to the summary."""
    told = [await stranger.goes_to(f"forms/enroll/{course}"), await stranger.presses(agree)]
    return "\n".join([*told, *[await stranger.says(answer) for answer in PERSON.values()]])


async def test_a_stranger_is_told_nothing_of_the_course_at_the_same_time(school, visitor):
    await visitor("victim").registers(await school.opens(title="꽃차", term_limit=0))
    told = await visitor("stranger").registers(await school.opens(term_limit=0))
    assert "신청이 접수되었습니다" in told
    assert "꽃차" not in told


async def test_a_stranger_uses_up_nobodys_term(school, visitor):
    await visitor("stranger").registers(await school.opens(title="꽃차"))
    assert "신청이 접수되었습니다" in await visitor("victim").registers(await school.opens())


def receipt(told):
    """What is said of an application, without its own number."""
    return re.sub(r"신청번호: \d+", "", told)


async def test_who_finds_their_place_taken_gets_to_a_person_at_once(school, visitor):
    course, victim = await school.opens(), visitor("victim")
    await visitor("stranger").registers(course)
    told = await victim.registers(course)
    assert told.startswith("‘바리스타 2급’ 신청을 받았어요. 담당자가 확인한 뒤 알려 드려요.")
    assert "급하시면 평생학습팀(02-000-0000)에 전화해 주세요." in told
    assert "02-000-0000" in await victim.presses("사람에게 문의")
    assert len(await waiting_for_an_officer(school, course)) == 1


async def test_whoever_waits_for_an_officer_reads_the_same_words_for_whatever_reason(school, visitor, monkeypatch):
    course = await school.opens()
    for number, name in enumerate(("홍길동", "홍판서")):
        await visitor(f"r{number}").registers(course, name=name)
    told = [await visitor(name).registers(course, name=name) for name in ("홍길동", "홍인형")]
    monkeypatch.setattr(bursts, "needs_a_look", lambda *_: True)
    told.append(await visitor("burst").registers(course, mobile="010-0000-0009"))
    assert len({receipt(each) for each in told}) == 1


@pytest.mark.parametrize(("language", "agree"), [("한국어", "동의하고 계속"), ("English", "I agree")])
async def test_a_stranger_reads_the_same_whether_or_not_the_owner_is_in_the_course(school, visitor, language, agree):
    """All but the receipt, which has the words that everybody reads who waits for an officer."""
    told = []
    for mobile in ("010-0000-0002", "010-0000-0001"):
        course, stranger = await school.opens(), visitor(mobile)
        await visitor(f"in {course}").registers(course, mobile=mobile)
        await stranger.says(language)
        read = [await stranger.goes_to(f"courses/{course}/more"), await tells(stranger, course, agree)]
        other = await school.opens(title="꽃차")
        await stranger.goes_to(f"forms/enroll/{other}")
        read += [receipt(await stranger.submits(other)), await stranger.goes_to("mine")]
        told.append(read)
    assert told[0] == told[1]


async def test_only_one_of_two_with_one_name_and_number_counts_though_one_is_proven(school, visitor):
    course, owner = await school.opens(), visitor("owner")
    await visitor("stranger").registers(course, name="홍 길동")
    await owner.proves(course)
    assert "담당자가 확인한 뒤" in await owner.submits(course)
    assert len(await waiting_for_an_officer(school, course)) == 1


async def test_the_owner_of_a_number_counts_though_others_have_used_it_up(school, visitor):
    course, owner = await school.opens(), visitor("owner")
    for number, name in enumerate(("홍가나", "홍판서")):
        await visitor(f"r{number}").registers(course, name=name)
    await owner.proves(course)
    assert "자리가 정해졌어요" in await owner.submits(course)


@pytest.mark.on_both
@pytest.mark.parametrize("names", [SPELT, OTHERS], ids=["spelt", "others"])
@pytest.mark.parametrize("selection", ["first_come", "lottery"])
async def test_of_eight_spellings_at_once_no_more_count_than_a_number_may(school, visitor, names, selection):
    course = await school.opens(selection=selection)
    chats = [visitor(f"r{number}") for number in range(8)]
    for each, name, year in zip(chats, names, range(1980, 1988), strict=True):
        await each.fills_in(course, name=name, birth_year=str(year))
    told = await asyncio.gather(*(each.submits(course) for each in chats))
    waiting = await waiting_for_an_officer(school, course)
    assert (len(await school.live(course)), len(waiting)) == (8, 7 if names is SPELT else 6)
    assert sum("담당자가 확인한 뒤" in each for each in told) == len(waiting)


@pytest.mark.on_both
async def test_a_place_that_is_taken_back_waits_for_an_officer_where_another_has_come_meanwhile(school, visitor):
    course, first = await school.opens(), visitor("first")
    await first.registers(course)
    (mine,) = await school.live(course)
    await first.goes_to(f"mine/{mine}/cancel/yes")
    await visitor("second").registers(course)
    assert "담당자가 확인하고 있어요" in await first.goes_to(f"mine/{mine}/back")
    assert await waiting_for_an_officer(school, course) == [mine]


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
    assert "담당자가 확인한 뒤" in await thief.submits(course)


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
