"""Being told at one's number, and news as advertising: agreed to apart, and what is promised is what comes."""

from datetime import time

import pytest
from sqlalchemy import select

from storage.people import reaching
from storage.people.reaching import Carried
from storage.tables import consents, residents
from tests.support.counseling.centre import books
from tests.support.notices.districts import district, people_of
from tests.support.notices.ways import approves
from tests.support.people.family import daughter_at

pytestmark = pytest.mark.on_sqlite
OF_SEATS = ("offer", "confirmed", "waiting", "not_selected")
OF_CLASSES = ("first_class", "day_before", "two_hours_before")


async def answers(school):
    rows = await school.rows(select(consents.c.purpose, consents.c.given).order_by(consents.c.id))
    return [(row.purpose, row.given) for row in rows if row.purpose in ("alimtalk", "kakao_news")]


async def reached(school, address, kind="confirmed", is_news=False):
    """The ways to whoever has this number."""
    find = select(residents.c.id).order_by(residents.c.id)
    people = [row.id for row in await school.rows(find)]
    carried = Carried(kind, is_news)
    found = await school.database.read(
        lambda tx: reaching.ways_to(tx, people, ["telegram", "kakao", "alimtalk"], carried)
    )
    return {each.way for places in found.values() for each in places if each.address == address}


async def applies_again(school, someone):
    """For a course that is full, known by now."""
    await someone.goes_to(f"forms/enroll/{await school.opens(capacity=0, term='next', start_time=time(18))}")
    return await someone.presses("이대로 신청하기")


@pytest.fixture
async def approved(school):
    await school.database.write(lambda tx: approves(tx, "alimtalk", (*OF_SEATS, *OF_CLASSES), school.now))


@pytest.mark.on_both
async def test_who_registers_where_we_cannot_write_agrees_in_one_press_after_the_whole_text(
    school, reachable, approved
):
    someone = reachable()
    await someone.registers(await school.opens())
    asked = await someone.presses("알림톡으로 받기")
    assert [each for each in ("1) 목적", "돈이 들지 않고", "받으실 번호: 010-****-0001") if each not in asked] == []
    assert await answers(school) == []
    assert "010-****-0001로 보내 드릴게요" in await someone.presses("동의하고 알림톡 받기")
    assert await answers(school) == [("alimtalk", True)]
    assert await reached(school, "+821000000001") == {"alimtalk"}


async def test_the_words_that_were_shown_are_kept_and_shown_again(school, reachable):
    someone = reachable()
    await someone.registers(await school.opens())
    await someone.goes_to("news/alimtalk/on")
    assert "보내는 일은 발송 업체에 맡깁니다" in await someone.goes_to("me/consents/alimtalk")
    await someone.presses("동의 거두기")
    assert await answers(school) == [("alimtalk", True), ("alimtalk", False)]


async def test_it_is_offered_again_nowhere_once_it_is_given(school, reachable):
    someone = reachable()
    await someone.registers(await school.opens())
    await someone.goes_to("news/alimtalk/on")
    await someone.goes_to("reminders")
    assert [each for each in someone.screen.all_buttons if each.path == "news/alimtalk"] == []
    assert "받고 있어요" in await someone.says("알림톡")


async def test_whom_telegram_reaches_is_not_bothered_and_may_ask_for_it(school, reachable):
    someone = reachable("1", "telegram")
    await someone.registers(await school.opens())
    assert "news/alimtalk" not in [each.path for each in someone.screen.all_buttons]
    await someone.goes_to("news")
    assert "이 대화에서 알려 드려요" in await someone.goes_to("news/alimtalk/on")


@pytest.mark.parametrize("path", ["news/alimtalk", "news/alimtalk/on"])
async def test_without_a_number_there_is_nothing_to_agree_to(school, reachable, path):
    someone = reachable()
    await someone.says("소식")
    assert "알림톡" not in str(someone.screen)
    assert "휴대전화 번호가 없어요" in await someone.goes_to(path)
    assert await answers(school) == []


@pytest.mark.parametrize("purpose", ["alimtalk", "kakao_news"])
async def test_where_nothing_is_sent_to_numbers_nobody_is_asked_for_it(school, purpose):
    someone = people_of(school, district())("1", "kakao")
    await someone.registers(await school.opens())
    assert f"news/{purpose}" not in [each.path for each in someone.screen.all_buttons]
    await someone.goes_to("news")
    assert f"news/{purpose}" not in [each.path for each in someone.screen.all_buttons]
    await someone.goes_to(f"news/{purpose}/on")
    assert await answers(school) == []


async def test_where_officers_send_a_file_it_is_asked_for_and_nothing_is_promised_at_once(school, approved):
    someone = people_of(school, district(file=True))()
    await someone.registers(await school.opens(capacity=0))
    await someone.goes_to("news/alimtalk/on")
    assert await answers(school) == [("alimtalk", True)]
    assert "먼저 말을 걸 수 없어요" in await someone.goes_to("reminders")


async def test_words_that_say_how_one_learns_of_a_seat_follow_the_consent(school, reachable, approved):
    someone = reachable()
    assert "하루에 한 번 들러 주세요" in await someone.registers(await school.opens(capacity=0))
    await someone.goes_to("news/alimtalk/on")
    receipt = await applies_again(school, someone)
    assert "010-****-0001로 알림톡을 보내 드려요" in receipt
    assert "들러 주세요" not in receipt
    assert "010-****-0001로 알림톡을" in await someone.goes_to("reminders")


async def test_what_no_approved_text_covers_is_promised_to_nobody(school, reachable):
    someone = reachable()
    await someone.registers(await school.opens(capacity=0))
    await someone.goes_to("news/alimtalk/on")
    assert "하루에 한 번 들러 주세요" in await applies_again(school, someone)
    assert "먼저 말을 걸 수 없어요" in await someone.goes_to("reminders")


async def test_who_booked_a_talk_is_offered_it_as_well(school, centre, reachable):
    await school.database.write(lambda tx: approves(tx, "alimtalk", ["appointment_day_before"], school.now))
    someone = reachable()
    assert "먼저 말을 걸 수 없으니" in await books(someone)
    await someone.presses("알림톡으로 받기")
    await someone.presses("동의하고 알림톡 받기")
    assert await reached(school, "+821000000001", "appointment_day_before") == {"alimtalk"}


# --- for somebody else ---


async def test_a_daughter_agrees_for_her_mother_and_the_mothers_number_is_told(school, reachable, approved):
    daughter = daughter_at(reachable())
    await daughter.registers_mother(await school.opens())
    asked = await daughter.presses("알림톡으로 받기")
    assert "그분의 동의를 받으셨나요" in asked
    assert "010-****-0002" in asked
    await daughter.presses("동의하고 알림톡 받기")
    assert await reached(school, "+821000000002") == {"alimtalk"}
    assert await reached(school, "+821000000001") == set()


@pytest.mark.parametrize(
    ("path", "pressed", "told"),
    [
        ("simple/on", "동의하고 알림톡 받기", "보내 드릴게요"),
        ("language/en", "Agree to texts", "we will send messages"),
    ],
)
async def test_simple_mode_and_english_have_it_too(school, reachable, path, pressed, told):
    someone = reachable()
    await someone.registers(await school.opens())
    await someone.goes_to(path)
    await someone.goes_to("news/alimtalk")
    assert told in await someone.presses(pressed)
    assert await answers(school) == [("alimtalk", True)]


# --- news as advertising ---


async def test_news_where_they_are_advertising_need_a_second_yes_and_that_is_said(school, reachable):
    someone = reachable("1", "kakao")
    told = await someone.goes_to("news/news/on")
    assert "다음에 오시면 먼저 보여 드릴게요" in told
    assert await reached(school, "1", "news", is_news=True) == set()
    assert "광고성 정보 수신 동의" in await someone.presses("카톡으로 소식 받기")
    assert "오후 8시 50분" in await someone.presses("동의하고 카톡으로 받기")
    assert await reached(school, "1", "news", is_news=True) == {"kakao"}
    assert "보내 드릴게요" in await someone.goes_to("news/jobs/on")
    assert "카톡으로 소식 받기" not in [each.label for each in someone.screen.all_buttons]


async def test_who_agrees_to_it_before_any_news_is_asked_which(school, reachable):
    someone = reachable("1", "kakao")
    assert "골라 주세요" in await someone.goes_to("news/kakao_news/on")
    await someone.presses("새 강좌 소식 받기")
    assert "보내 드릴게요" in await someone.presses("동의하고 소식 받기")


@pytest.mark.parametrize("channel", ["web", "telegram"])
async def test_it_is_agreed_to_only_in_that_chat(school, reachable, channel):
    someone = reachable("1", channel)
    await someone.goes_to("news")
    assert "카카오톡" not in str(someone.screen)
    assert "카카오톡 채널의 대화에서" in await someone.goes_to("news/kakao_news/on")
    assert await answers(school) == []


@pytest.mark.on_both
@pytest.mark.parametrize("said", ["그만", "수신거부", "무료수신거부", "stop"])
async def test_a_word_ends_news_as_advertising_too_and_what_is_told_at_the_number_stays(school, reachable, said):
    someone = reachable("1", "kakao")
    await someone.registers(await school.opens())
    for purpose in ("news", "kakao_news", "alimtalk"):
        await someone.goes_to(f"news/{purpose}/on")
    await someone.says(said)
    assert await answers(school) == [("kakao_news", True), ("alimtalk", True), ("kakao_news", False)]
    assert await reached(school, "1", "news", is_news=True) == set()


async def test_a_yes_to_older_words_ends_at_a_word_too(school, reachable):
    someone = reachable("1", "kakao")
    await someone.goes_to("news/kakao_news/on")
    await school.database.write(lambda tx: tx.execute(consents.update().values(version="2020-01")))
    await someone.says("그만")
    assert (await answers(school))[-1] == ("kakao_news", False)
