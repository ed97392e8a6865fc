"""What is pushed to the chat that speaks for somebody: it names them, and what is pressed below it is theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.messages.delivery import Gone
from storage.people import consents, reaching
from storage.tables import addresses, survey_receipts
from storage.teaching import courses
from tests.support.clock.scenes import at, change, moved
from tests.support.domain import MONDAY
from tests.support.people.family import Daughter, daughter_at, holders
from tests.support.surveys.poll import SATISFACTION

pytestmark = pytest.mark.on_sqlite

FOR_MOTHER = "김순자 님께 온 소식이에요."
MOTHER = 2  # her record's number, as her carer came first


@pytest.fixture
def carer(resident) -> Daughter:
    return daughter_at(resident(1))


async def both_attend(school, carer):
    course = await school.opens()
    await carer.registers(course)
    await carer.registers_mother(course)
    return course


def path_of(letter, label):
    return next(each.path for each in letter.reply.all_buttons if each.label == label)


async def has_a_chat_of_her_own(school, address="77"):
    row = {"resident_id": MOTHER, "channel": "telegram", "address": address, "created_at": MONDAY}
    await school.database.write(lambda tx: tx.execute(addresses.insert().values(row)))


async def test_each_is_reminded_and_the_other_by_name(school, carer, clock):
    await both_attend(school, carer)
    letters = await clock.until(at("12-07 18:00"), timedelta(hours=12))
    day_before = [letter for letter in letters if "내일 오전 10시" in letter.text]
    assert sorted(letter.text.startswith(FOR_MOTHER) for letter in day_before) == [False, True]
    assert {letter.address for letter in day_before} == {"1"}


async def test_a_reminder_switched_off_for_one_comes_for_the_other(school, carer, clock):
    await both_attend(school, carer)
    letters = await clock.until(at("12-07 18:00"), timedelta(hours=12))
    for_mother = [letter for letter in letters if letter.text.startswith(FOR_MOTHER)][-1]
    await carer.goes_to(path_of(for_mother, "이 알림 끄기"))
    later = [
        letter.text for letter in await clock.until(at("12-14 18:00"), timedelta(hours=6)) if "내일" in letter.text
    ]
    assert [text.startswith(FOR_MOTHER) for text in later] == [False]


async def test_a_seat_offered_to_another_is_taken_for_them(school, visitor, carer, clock):
    course = await school.opens(capacity=1)
    await visitor("first").registers(course, mobile="010-0000-0003", name="임꺽정")
    await carer.registers_mother(course)
    await visitor("first").goes_to("mine/1/cancel/yes")
    (letter,) = await clock.ticks()
    assert letter.text.startswith(FOR_MOTHER)
    await carer.goes_to(path_of(letter, "참여하기"))
    assert await holders(school, course) == ["김순자"]


async def test_each_answers_a_survey_once_and_apart(school, carer, clock, office):
    await both_attend(school, carer)
    asked = [each for each in await clock.until(at("12-29 14:00"), timedelta(hours=12)) if "조사" in each.text]
    assert sorted(each.text.startswith(FOR_MOTHER) for each in asked) == [False, True]
    for letter in asked:
        await carer.goes_to(next(each.path for each in letter.reply.all_buttons if "forms/survey" in each.path))
        for text in SATISFACTION.values():
            await carer.says(text)
        assert "고맙습니다" in await carer.presses("보내기")
    receipts = select(survey_receipts.c.resident_id).order_by(survey_receipts.c.resident_id)
    assert [row.resident_id for row in await school.rows(receipts)] == [1, MOTHER]


async def test_who_comes_to_have_a_chat_of_their_own_is_written_to_there(school, carer, clock):
    await both_attend(school, carer)
    await has_a_chat_of_her_own(school)
    await carer.says("강좌")
    letters = await clock.until(at("12-07 18:00"), timedelta(hours=12))
    hers = [letter for letter in letters if letter.address == "77"]
    assert any(letter.text.startswith("내일 오전 10시") for letter in hers)
    assert not any(letter.text.startswith(FOR_MOTHER) for letter in letters)


async def test_who_cannot_be_written_to_in_their_own_chat_is_reached_by_another(school, carer, clock):
    await both_attend(school, carer)
    await has_a_chat_of_her_own(school)
    clock.post.failing["77"] = [Gone()] * 9
    letters = await clock.until(at("12-07 18:00"), timedelta(hours=12))
    assert any(letter.address == "1" and letter.text.startswith(FOR_MOTHER) for letter in letters)


async def test_what_could_not_be_sent_for_another_is_told_first_by_name(school, visitor, clock):
    carer = daughter_at(visitor("w1"))
    course = await both_attend(school, carer)
    school.waits(minutes=1)
    await change(school, course, moved(school, days=1))
    assert await clock.ticks() == []
    told = await carer.says("강좌")
    assert told.count("12월 15일(화) 오전 10시 → ") == 2
    assert told.count(FOR_MOTHER) == 1
    assert "전해 드리지" not in await carer.says("강좌")


async def test_an_address_that_speaks_for_them_no_more_is_told_nothing(school, carer, clock):
    course = await both_attend(school, carer)
    await school.database.write(lambda tx: courses.cancel(tx, course, "강사 사정"))
    await clock.plans()
    gone = addresses.delete().where(addresses.c.is_main.is_(False))
    await school.database.write(lambda tx: tx.execute(gone))
    assert [letter.text.startswith(FOR_MOTHER) for letter in await clock.ticks()] == [False]


async def test_a_stop_word_stops_it_for_everybody_whom_the_chat_hears_of(school, carer):
    await both_attend(school, carer)
    await carer.goes_to("news/news/on")
    await carer.goes_to(f"for/{MOTHER}/news/news/on")
    assert await agreed(school) == [True, True]
    await carer.says("수신거부")
    assert await agreed(school) == [False, False]


async def agreed(school):
    def find(tx):
        return [consents.agreed(tx, each, "news") is not None for each in (1, MOTHER)]

    return await school.database.read(find)


async def test_all_reminders_are_those_of_everybody_in_the_chat(school, carer, clock):
    await both_attend(school, carer)
    await carer.says("수신거부")
    await carer.presses("수업 알림도 모두 끄기")
    assert await clock.until(at("12-08 09:00"), timedelta(hours=3)) == []


async def test_a_stop_word_leaves_what_comes_to_anothers_own_chat(school, carer):
    await both_attend(school, carer)
    await carer.goes_to(f"for/{MOTHER}/news/news/on")
    await has_a_chat_of_her_own(school)
    await carer.says("수신거부")
    assert (await agreed(school))[1] is True


async def test_a_chat_that_is_blocked_reaches_nobody_and_later_everybody(school, carer):
    await both_attend(school, carer)

    def mark(reachable):
        return lambda tx: reaching.mark_reachable(tx, "telegram", "1", reachable)

    await school.database.write(mark(False))
    count = select(func.count()).select_from(addresses).where(addresses.c.unreachable)
    assert (await school.rows(count))[0][0] == 2
    await school.database.write(mark(True))
    assert (await school.rows(count))[0][0] == 0
