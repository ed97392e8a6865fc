"""Saying that one is there: when it counts, when it waits for an officer, and when nothing is kept."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.attendance import codes
from storage.attendance import guesses
from storage.keys import sealing
from storage.tables import attendance, link_guesses
from storage.teaching import sessions
from tests.support.people.family import daughter_at

pytestmark = pytest.mark.on_sqlite


class Room:
    """The first class of a course, and its screen."""

    def __init__(self, school, course, meeting):
        self.school, self.course, self.meeting = school, course, meeting

    def at(self, **after_start):
        self.school.now = self.meeting.starts_at + timedelta(**after_start)

    async def code(self, ago=0):
        shown = codes.at(self.meeting.id, self.school.now - timedelta(seconds=ago))
        return await self.school.database.read(lambda tx: codes.written(sealing.of(tx), shown))

    async def digits(self):
        shown = codes.at(self.meeting.id, self.school.now)
        return await self.school.database.read(lambda tx: codes.typed(sealing.of(tx), shown))

    async def scanned(self, who, ago=0):
        return await who.goes_to(f"start/a{await self.code(ago)}")

    async def kept(self):
        rows = await self.school.rows(select(attendance).order_by(attendance.c.id))
        return [(row.mark, row.way, row.standing) for row in rows]


async def room_of(school, course):
    meeting = (await school.database.read(lambda tx: sessions.of_courses(tx, [course])))[0]
    room = Room(school, course, meeting)
    room.at(minutes=-5)
    return room


@pytest.fixture
async def hana(visitor):
    return visitor("hana")


@pytest.fixture
async def room(school, hana):
    """Five minutes before a class, for which Hana is enrolled."""
    course = await school.opens()
    await hana.registers(course)
    return await room_of(school, course)


async def test_a_scan_counts_and_the_same_once_more_changes_nothing(room, hana):
    told = await room.scanned(hana)
    assert "1회차에 출석했어요" in told
    assert "오전 9시 55분" in told
    room.at(minutes=-4)
    assert await room.scanned(hana) == told
    assert await room.kept() == [("present", "scan", "counts")]


@pytest.mark.parametrize("channel", ["telegram", "kakao", "web"])
@pytest.mark.parametrize("said", ["출석 {}", "출석{}", "{}", "출석 번호 {}", "출석 코드: {}"])
async def test_the_digits_are_taken_in_any_chat(school, visitor, channel, said):
    course = await school.opens()
    someone = visitor("somebody", channel)
    await someone.registers(course)
    room = await room_of(school, course)
    digits = await room.digits()
    assert "출석했어요" in await someone.says(said.format(f"{digits[:3]} {digits[3:]}"))
    assert await room.kept() == [("present", "scan", "counts")]


async def test_digits_alone_are_none_while_no_class_is_open(room, hana):
    room.at(minutes=-16)
    assert "출석" not in await hana.says("482913")
    assert "지금 출석하실 수업을 찾지 못했어요" in await hana.says("출석 482913")
    assert await room.school.rows(select(link_guesses)) == []


async def test_digits_that_a_form_asks_for_stay_its_answer(room, hana):
    digits = await room.digits()
    await hana.goes_to("forms/link/0")
    assert "출석했어요" not in await hana.says(digits)
    assert "출석했어요" in await hana.says(f"출석 {digits}")


@pytest.mark.parametrize(
    ("minutes", "told", "kept"),
    [
        (-15, "출석했어요", [("present", "scan", "counts")]),
        (10, "출석했어요", [("present", "scan", "counts")]),
        (11, "늦게 오셨다고 담당자에게 전했어요", [("late", "scan", "open")]),
        (180, "늦게 오셨다고 담당자에게 전했어요", [("late", "scan", "open")]),
        (181, "수업이 끝난 뒤라", []),
    ],
)
async def test_when_it_is_said_decides_what_it_is(room, hana, minutes, told, kept):
    room.at(minutes=minutes)
    assert told in await room.scanned(hana)
    assert told in await room.scanned(hana)
    assert await room.kept() == kept


async def test_who_comes_too_early_is_told_when_and_can_claim_it_then(room, hana):
    room.at(minutes=-20)
    assert "오늘 오전 9시 45분부터" in await room.scanned(hana)
    screen = hana.screen
    assert "9시 45분부터" in await hana.presses("출석했어요")
    assert await room.kept() == []
    room.at(minutes=-15)
    hana.screen = screen
    assert "담당자가 확인하면 출석이 돼요" in await hana.presses("출석했어요")
    assert await room.kept() == [("present", "button", "open")]


async def test_a_claim_waits_once_and_a_scan_settles_it(room, hana):
    for _ in range(2):
        await hana.goes_to("mine/1")
        assert "담당자에게 전했어요" in await hana.presses("출석했어요")
    assert await room.kept() == [("present", "button", "open")]
    assert "출석했어요" in await room.scanned(hana)
    assert await room.kept() == [("present", "button", "dismissed"), ("present", "scan", "counts")]


@pytest.mark.parametrize(("minutes", "is_there"), [(-16, False), (-15, True), (10, True), (11, False)])
async def test_the_button_is_there_while_a_claim_is_taken(room, hana, minutes, is_there):
    room.at(minutes=minutes)
    await hana.goes_to("mine/1")
    assert any(each.label == "출석했어요" for each in hana.screen.all_buttons) is is_there


async def test_a_claim_after_that_is_not_taken(room, hana):
    room.at(minutes=11)
    assert "시간이 지났어요" in await hana.goes_to(f"attend/claim/{room.meeting.id}")
    assert await room.kept() == []


async def test_who_is_not_in_the_course_is_told_so_and_nothing_is_kept(room, visitor):
    told = await room.scanned(visitor("stranger"))
    assert "신청하신 것을 찾지 못했어요" in told
    assert "02-" in told
    assert "지금 출석하실 수업을 찾지 못했어요" in await visitor("stranger").says(f"출석 {await room.digits()}")
    assert await room.kept() == []


async def test_who_waits_for_a_seat_is_told_that_it_is_not_theirs_yet(school, hana, visitor):
    course = await school.opens(capacity=1)
    await hana.registers(course)
    second = visitor("second")
    await second.registers(course, mobile="010-0000-0002")
    room = await room_of(school, course)
    assert "아직 정해진 자리가 없으세요" in await room.scanned(second)
    assert await room.kept() == []


async def test_what_an_officer_noted_otherwise_stays_and_is_looked_at(room, hana):
    room.at(minutes=1)
    row = {"session_id": room.meeting.id, "enrollment_id": 1, "mark": "absent", "standing": "counts", "way": "desk"}
    times = {"marked_at": room.school.now, "recorded_at": room.school.now}
    await room.school.database.write(lambda tx: tx.execute(attendance.insert().values(**row, **times)))
    for _ in range(2):
        assert "담당자가 보고 고쳐요" in await room.scanned(hana)
    assert await room.kept() == [("absent", "desk", "counts"), ("present", "scan", "open")]


async def test_of_several_in_one_chat_it_is_asked_who_came(school, visitor):
    course = await school.opens()
    daughter = daughter_at(visitor())
    await daughter.registers(course)
    await daughter.registers_mother(course)
    room = await room_of(school, course)
    assert "어느 분이 오셨나요" in await room.scanned(daughter)
    assert await room.kept() == []
    assert "김순자" in await daughter.presses("김순자")
    rows = await school.rows(select(attendance.c.enrollment_id))
    assert [row.enrollment_id for row in rows] == [2]


async def test_who_is_there_alone_needs_not_say_whose(school, visitor):
    course = await school.opens()
    daughter = daughter_at(visitor())
    await daughter.registers_mother(course)
    room = await room_of(school, course)
    told = await room.scanned(daughter)
    assert "김순자" in told
    assert "출석했어요" in told


# --- attacks ---


async def test_a_code_sent_to_a_friend_is_worth_nothing_a_minute_later(room, hana):
    room.at(minutes=-5)
    code = await room.code()
    for seconds, taken in ((59, True), (60, False), (90, False), (3600, False)):
        room.at(minutes=-5, seconds=seconds)
        told = await hana.goes_to(f"start/a{code}")
        assert ("지난 코드예요" not in told) is taken, seconds


async def test_a_code_of_another_class_is_of_that_class_alone(school, room, hana):
    other = await school.opens(title="꽃차소믈리에")
    elsewhere = await room_of(school, other)
    assert "꽃차소믈리에" in await elsewhere.scanned(hana)
    signature = (await elsewhere.code()).split("-")[1]
    assert "지난 코드예요" in await hana.goes_to(f"attend/{room.meeting.id}-{signature}")
    assert await room.kept() == []


@pytest.mark.parametrize("code", ["1-aaaaaaaaaa", "1-", "1", "0-aaaaaaaaaa", "1-AAAAAAAAAA", "999999999999-aaaaaaaaaa"])
async def test_a_made_up_code_gets_nowhere(room, hana, code):
    assert "지난 코드예요" in await hana.goes_to(f"attend/{code}")
    assert await room.kept() == []


async def test_digits_that_are_tried_in_turn_are_not_taken_for_long(room, hana):
    """A hundred in a minute: after ten none is taken, the right ones neither."""
    digits = await room.digits()
    wrong = [f"{number:06}" for number in range(100) if f"{number:06}" != digits]
    told = [await hana.says(f"출석 {each}") for each in wrong]
    assert sum("맞는 숫자가 아니에요" in each for each in told) == guesses.TRIES
    assert "한 시간쯤" in await hana.says(f"출석 {await room.digits()}")
    assert await room.kept() == []
    assert "출석했어요" in await room.scanned(hana)


async def test_wrong_digits_take_nothing_from_codes_that_link_chats(room, hana, visitor):
    for number in range(guesses.TRIES):
        await hana.says(f"출석 {number:06}")
    other = visitor("other")
    shown = await other.goes_to("me/link/show")
    code = re.search(r"\d{3} \d{3}", shown)[0]
    await hana.goes_to("forms/link/0")
    assert "맞지 않거나 시간이 지난 코드예요" not in await hana.says(code)


@pytest.mark.parametrize("ahead", [1, 29])
async def test_a_screen_whose_clock_is_ahead_is_believed(room, hana, ahead):
    assert "출석했어요" in await room.scanned(hana, ago=-ahead)


@pytest.mark.on_both
async def test_ten_scans_at_once_are_one(room, visitor):
    chats = [visitor("hana") for _ in range(10)]
    told = await asyncio.gather(*(room.scanned(each) for each in chats))
    assert len(set(told)) == 1
    assert await room.kept() == [("present", "scan", "counts")]
