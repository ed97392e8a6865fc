"""Messages that are paused, go on, and are sent again: nobody gets one twice, and who is left out is known."""

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.messages.delivery import Later, Unknown
from handlers.staff.desk import acts, undoing
from handlers.staff.messages import pausing, progress, sending
from storage.people import reaching
from storage.reasons import Reason
from storage.tables import announcements, journal, outbox
from tests.support.notices.announcing import TEXT, owed_to, writes

NAMES = {1: "홍길동", 2: "이몽룡", 3: "임꺽정"}


@pytest_asyncio.fixture
async def taught(school, resident, visitor):
    """T: three people who can be written to, and one with a web chat alone."""
    course = await school.opens(code="T")
    for number in (1, 2, 3):
        await resident(number).registers(course, name=NAMES[number], mobile=f"010-0000-000{number}")
    await visitor("w1").registers(course, name="성춘향", mobile="010-0000-0004")
    await writes(school, "T")
    return course


async def act(school, of, number=1):
    return await school.asks(acts.perform, of, {"number": number})


async def told(clock, **time):
    return [letter.address for letter in await clock.passes(**time) if TEXT in letter.text]


async def shown(school, everything=False):
    return "\n".join(await school.asks(progress.show, 1, everything))


async def test_what_is_paused_is_sent_to_nobody_until_it_goes_on(school, taught, clock):
    said = await act(school, pausing.PAUSE)
    assert said[:2] == ["메시지 1: 멈췄습니다.", "아직 받지 않은 4명께 보내지 않고 기다립니다."]
    assert await told(clock, hours=3) == []
    said = await act(school, pausing.GO_ON)
    assert said[0] == "메시지 1: 남은 4명께 이어서 보내기로 했습니다."
    assert sorted(await told(clock, minutes=1)) == ["1", "2", "3"]
    assert await told(clock, hours=3) == []


async def test_who_has_only_a_web_chat_does_not_read_what_is_paused(school, taught, clock, visitor):
    await clock.passes(hours=1)
    await act(school, pausing.PAUSE)
    assert TEXT not in await visitor("w1").says("강좌")
    await act(school, pausing.GO_ON)
    await clock.passes(minutes=1)
    assert TEXT in await visitor("w1").says("강좌")


async def test_it_goes_on_no_sooner_than_it_would_have(school, taught, clock):
    await act(school, pausing.PAUSE)
    await act(school, pausing.GO_ON)
    assert await told(clock, minutes=9) == []
    assert len(await told(clock, minutes=2)) == 3


@pytest.mark.on_sqlite
async def test_what_the_courier_has_in_hand_waits_when_it_is_paused(school, taught, clock):
    school.waits(minutes=11)
    claimed = await clock._courier._claim(90)
    await act(school, pausing.PAUSE)
    for owed in claimed:
        await clock._courier._deliver(owed)
    await clock.passes(hours=3)
    assert [letter for letter in clock.post.letters if TEXT in letter.text] == []


async def test_what_did_not_leave_stays_paused(school, taught, clock):
    """It is being sent while the officer pauses, and the channel says that it has to wait."""
    school.waits(minutes=11)
    (owed, *_) = await clock._courier._claim(90)
    to = await school.database.read(lambda tx: clock._courier._leaving.choose(owed, tx))
    reply = await school.database.write(lambda tx: clock._courier._leaving.prepare(owed, to, tx))
    await act(school, pausing.PAUSE)
    clock.post.failing[to.address] = [Later(school.seconds(5), Reason.TOLD_TO_WAIT)]
    await clock._courier._send(owed, to, reply)
    assert await told(clock, hours=3) == []
    await act(school, pausing.GO_ON)
    assert sorted(await told(clock, minutes=1)) == ["1", "2", "3"]


async def test_what_is_paused_too_long_is_not_sent_any_more_but_may_be_again(school, taught, clock):
    await act(school, pausing.PAUSE)
    await clock.until(school.now + school.days(8), school.days(1))
    assert "닿지 못함 1명, 보내지 않음 3명" in await shown(school)
    await act(school, pausing.GO_ON)
    assert "메시지 1: 닿지 못한 4명께 다시 보내기로 했습니다." in await act(school, sending.AGAIN)
    assert sorted(await told(clock, hours=1)) == ["1", "2", "3"]


@pytest.mark.on_sqlite
async def test_pausing_twice_or_what_is_over_is_declined(school, taught, clock):
    await act(school, pausing.PAUSE)
    assert "이미 멈춘" in await school.declines(pausing.pause, 1)
    await act(school, pausing.GO_ON)
    assert "멈춘 메시지가 아닙니다" in await school.declines(pausing.go_on, 1)
    assert "이런 번호의 메시지가 없습니다" in await school.declines(pausing.pause, 9)


async def test_it_is_sent_again_only_to_whom_it_did_not_reach(school, taught, clock, resident):
    clock.post.failing["2"] = [Unknown(Reason.NO_ANSWER)]
    blocked = lambda tx, gone: reaching.mark_reachable(tx, "telegram", "3", not gone)  # noqa: E731
    await school.database.write(lambda tx: blocked(tx, True))
    assert await told(clock, hours=1) == ["1"]
    await school.database.write(lambda tx: blocked(tx, False))
    said = await act(school, sending.AGAIN)
    assert said[0] == "메시지 1: 닿지 못한 2명께 다시 보내기로 했습니다."
    assert "받았는지 알 수 없는 1명께는 두 번 가지 않도록 보내지 않습니다." in said
    assert await told(clock, minutes=9) == []
    assert await told(clock, hours=1) == ["3"]


async def test_who_read_it_at_their_visit_or_was_called_does_not_get_it_again(school, taught, clock, visitor):
    await clock.passes(hours=1)
    assert TEXT in await visitor("w1").says("강좌")
    assert "다시 보낼 분이 없습니다" in await school.declines(sending.again, 1)


async def test_sending_again_can_be_undone_before_anybody_hears(school, taught, clock):
    await clock.passes(hours=1)
    before = await school.rows(select(outbox).order_by(outbox.c.id))
    await act(school, sending.AGAIN)
    (entry,) = await school.rows(select(journal.c.id).where(journal.c.action == "message-again"))
    await school.asks(undoing.undo, entry.id)
    assert await school.rows(select(outbox).order_by(outbox.c.id)) == before


async def test_what_is_taken_back_is_neither_paused_nor_sent_again(school, taught, clock):
    await clock.passes(hours=1)
    (entry,) = await school.rows(select(journal.c.id).where(journal.c.action == "message"))
    await school.asks(undoing.undo, entry.id)
    for command in (pausing.pause, pausing.go_on, sending.again):
        assert "되돌린 메시지입니다" in await school.declines(command, 1)


async def test_what_is_just_being_sent_when_it_is_taken_back_is_not_sent_later(school, taught, clock):
    school.waits(minutes=11)
    (owed, *_) = await clock._courier._claim(90)
    to = await school.database.read(lambda tx: clock._courier._leaving.choose(owed, tx))
    reply = await school.database.write(lambda tx: clock._courier._leaving.prepare(owed, to, tx))
    (entry,) = await school.rows(select(journal.c.id).where(journal.c.action == "message"))
    await school.asks(undoing.undo, entry.id)
    clock.post.failing[to.address] = [Later(school.seconds(5), Reason.TOLD_TO_WAIT)]
    await clock._courier._send(owed, to, reply)
    assert await told(clock, hours=1) == []
    assert await owed_to(school) == []


async def test_how_far_it_has_come_is_told(school, taught, clock):
    listed = "\n".join(await school.asks(progress.listed))
    assert "‘바리스타 2급’ 자리가 있는 분" in listed
    assert "11월 23일(월) 오전 10시 10분부터" in listed
    await clock.passes(hours=1)
    assert "끝남" in "\n".join(await school.asks(progress.listed, "T"))
    one = await shown(school)
    assert "받음 3명, 닿지 못함 1명" in one
    assert any(line.split()[1:4] == ["성춘향", "1983", "010-0000-0004"] for line in one.splitlines())
    assert "쓸 수 있는 대화방이 없음" in one
    assert "닿지 못한 분께만 다시 보내기: python -m bot messages 1 --to-missed" in one
    assert "되돌리려면: python -m bot undo 1" in one


async def test_a_cost_that_was_noted_is_told(school, taught):
    await school.database.write(lambda tx: tx.execute(update(announcements).values(cost=1300)))
    assert "비용: 0원 (보내기 전 어림 1,300원)" in await shown(school)
