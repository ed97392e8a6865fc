"""Acts of officers over the Bot API double: seen before they are done, undone unheard, and corrected once heard."""

from functools import partial

import pytest
from sqlalchemy import select

from bot.desk import Gate
from handlers.staff.courses import closing, selections
from handlers.staff.courses.classes import moving
from handlers.staff.courses.completion import completing
from handlers.staff.desk import acts, undoing
from handlers.staff.desk.acts import DoneAlready
from handlers.staff.desk.declined import Declined
from storage.audit import changes, scopes
from storage.audit.journal import Officer
from storage.tables import appointments, enrollments, outbox, residents
from tests.support.clock.term import term
from tests.support.people.attending import marks

BEGINS = "11-23 10:00"


pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use 'Bot")]

OFFICER = Officer("담당자 A", "command")


class AtGate:
    """An officer at the gate, and three residents of Telegram who hear of what they do."""

    def __init__(self, term, people):
        self.term = term
        self.school = term.school
        self.people = people
        organization = term.organization
        self.gate = Gate(self.school.database, organization, OFFICER, lambda: self.school.now)

    async def opens(self, **differing):
        """A course in which all three have seats, and its number."""
        course = await self.school.opens(code="26-01", title="꽃차", **differing)
        for number in range(len(self.people)):
            await self.school.database.write(partial(seat, course=course, number=number, now=self.school.now))
        await self.later(minutes=20)
        return "26-01"

    async def previews(self, act, **args):
        return await self.gate.preview(partial(acts.perform, act=act, args=args))

    async def does(self, act, again=False, **args):
        return await self.gate.act(partial(acts.perform, act=act, args=args, again=again))

    async def undoes(self, told):
        return await self.gate.act(partial(undoing.undo, entry=told.steps[-1].args["entry"]))

    async def later(self, **time):
        self.school.waits(**time)
        before = len(self.term.pushes)
        await self.term.ticks()
        return [(push.name, push.text.splitlines()[0]) for push in self.term.pushes[before:]]

    async def everything(self):
        tables = {**scopes.of_courses(["26-01"]), appointments: appointments.c.id > 0}
        return await self.school.database.read(lambda tx: changes.snapshot(tx, tables))


def seat(tx, course, number, now):
    resident = tx.execute(select(residents.c.id).order_by(residents.c.id)).scalars().all()[number]
    row = {"course_id": course, "resident_id": resident, "state": "confirmed", "channel": "telegram", "applied_at": now}
    tx.execute(enrollments.insert(), row)


@pytest.fixture
async def officer(school, settings):
    async with term(school, settings, BEGINS) as playing:
        yield AtGate(playing, await playing.knows("하나", "라온", "다나"))


CLOSE = {"act": closing.CLOSE, "reason": "강사 사정"}
MOVE = {"act": moving.MOVE, "number": 2, "when": "2026-12-16 15:00"}
DROP = {"act": moving.DROP, "number": 2}


@pytest.mark.on_both
@pytest.mark.parametrize("what", [CLOSE, MOVE, DROP], ids=["close", "move", "drop"])
async def test_an_act_is_seen_before_it_is_done_and_undone_before_anybody_is_told(officer, what):
    code = await officer.opens()
    before = await officer.everything()
    shown = await officer.previews(code=code, **what)
    assert shown.reach.lines() == ["3명에게 저절로 알립니다 (텔레그램 3명)."]
    assert await officer.everything() == before
    done = await officer.does(code=code, **what)
    assert await officer.everything() != before
    assert await officer.later(minutes=9) == []
    undone = await officer.undoes(done)
    assert (undone.reach, undone.notes) == (None, ("아직 아무에게도 알리지 않았습니다.",))
    assert same(await officer.everything(), before)
    assert await officer.later(minutes=60) == []


@pytest.mark.parametrize("what", [CLOSE, MOVE, DROP], ids=["close", "move", "drop"])
async def test_after_the_grace_everybody_is_told_and_undoing_tells_the_correction(officer, what):
    code = await officer.opens()
    before = await officer.everything()
    done = await officer.does(code=code, **what)
    told = await officer.later(minutes=10)
    assert sorted(name for name, _ in told) == ["다나", "라온", "하나"]
    assert await officer.later(minutes=10) == []
    undone = await officer.undoes(done)
    assert undone.reach.people == 3
    assert same(await officer.everything(), before)
    corrected = await officer.later(minutes=1)
    assert {text for _, text in corrected} == {
        "죄송합니다. 앞서 보내 드린 ‘꽃차’ 안내는 잘못된 것이었어요. 강좌는 처음 알려 드린 대로 해요. "
        "다음 수업은 12월 8일(화) 오전 10시예요."
    }
    assert len(corrected) == 3
    assert await officer.later(minutes=60) == []


@pytest.mark.parametrize("grace", [5, 15], ids=["untold", "told"])
async def test_what_was_undone_can_be_done_again_and_is_told_again(officer, grace):
    code = await officer.opens()
    for _ in range(2):
        done = await officer.does(code=code, **CLOSE)
        await officer.later(minutes=grace)
        await officer.undoes(done)
        await officer.later(minutes=1)
    await officer.does(code=code, **CLOSE)
    assert len(await officer.later(minutes=11)) == 3


async def test_the_same_words_again_change_nothing(officer):
    code = await officer.opens()
    await officer.does(code=code, **DROP)
    before = await officer.everything()
    with pytest.raises(DoneAlready, match="수업 없애기: 이미 했습니다"):
        await officer.does(code=code, **DROP)
    assert await officer.everything() == before
    await officer.does(code=code, again=True, **DROP)
    assert await officer.everything() != before


@pytest.mark.on_both
async def test_a_change_of_todays_class_is_told_at_once(officer):
    code = await officer.opens(start_date=officer.school.day(2026, 11, 23), start_time=officer.school.time(14))
    done = await officer.does(moving.MOVE, code=code, number=1, when="2026-11-23 16:00")
    assert done.is_urgent
    assert not done.reach.minutes
    assert len(await officer.later(seconds=5)) == 3


@pytest.mark.on_both
async def test_selecting_is_undone_with_nobody_told_and_can_be_done_otherwise(officer):
    code = await officer.opens(selection="review", capacity=1, apply_end=officer.school.now + officer.school.days(0.01))
    await officer.school.database.write(lambda tx: tx.execute(enrollments.update().values(state="applied")))
    before = await officer.everything()
    done = await officer.does(selections.SELECT, code=code, numbers=[1])
    await officer.later(minutes=5)
    await officer.undoes(done)
    assert await officer.everything() == before
    await officer.does(selections.SELECT, code=code, numbers=[2])
    told = dict(await officer.later(minutes=11))
    assert [name for name, text in told.items() if "선정되셨어요" in text] == ["라온"]


@pytest.mark.on_both
async def test_a_result_that_was_told_is_corrected(officer):
    code = await officer.opens()
    officer.school.now = officer.school.now.replace(month=12, day=30)
    await officer.later(minutes=1)
    done = await officer.does(completing.COMPLETE, code=code, numbers=[1], completed=True)
    assert [name for name, text in await officer.later(minutes=11) if "수료하셨어요" in text] == ["하나"]
    await officer.undoes(done)
    [(name, text)] = await officer.later(minutes=1)
    assert (name, text[:42]) == ("하나", "죄송합니다. 앞서 보내 드린 ‘꽃차’ 결과 안내는 잘못된 것이라 거두었어요.")


@pytest.mark.parametrize("told_after", [0, 5, 30])
@pytest.mark.parametrize("again_after", [0, 5, 30])
async def test_nobody_is_congratulated_twice(officer, told_after, again_after):
    code = await officer.opens()
    officer.school.now = officer.school.now.replace(month=12, day=30)
    await officer.later(minutes=1)
    done = await officer.does(completing.COMPLETE, code=code, numbers=[1], completed=True)
    heard = await officer.later(minutes=told_after) if told_after else []
    await officer.undoes(done)
    heard += await officer.later(minutes=again_after) if again_after else []
    await officer.does(completing.COMPLETE, code=code, numbers=[1], completed=True)
    heard += await officer.later(minutes=60)
    corrected = told_after == 30 and again_after > 0
    assert [text.startswith("‘꽃차’를 수료하셨어요") for _, text in heard].count(True) == 1
    assert [("잘못된 것이라" in text) for _, text in heard].count(True) == corrected
    assert [("수료하신 것이 맞아요" in text) for _, text in heard].count(True) == corrected
    assert {name for name, _ in heard} == {"하나"}


async def test_who_was_congratulated_by_mistake_is_told_so(officer):
    code = await officer.opens()
    officer.school.now = officer.school.now.replace(month=12, day=30)
    done = await officer.does(completing.COMPLETE, code=code, numbers=[1], completed=True)
    await officer.later(minutes=11)
    await officer.undoes(done)
    await officer.does(completing.COMPLETE, code=code, numbers=[2], completed=True)
    heard = await officer.later(minutes=11)
    assert sorted((name, text[:30]) for name, text in heard) == [
        ("라온", "‘꽃차’를 수료하셨어요. 축하드려요!"),
        ("하나", "죄송합니다. 앞서 보내 드린 ‘꽃차’ 수료 안내는 잘못"),
    ]


async def test_who_completed_can_be_undone_for_a_day(officer):
    code = await officer.opens()
    officer.school.now = officer.school.now.replace(month=12, day=30)
    done = await officer.does(completing.COMPLETE, code=code, numbers=[1], completed=True)
    officer.school.waits(hours=24, seconds=1)
    with pytest.raises(Declined, match="24시간이 지나 되돌릴 수 없습니다"):
        await officer.undoes(done)


@pytest.mark.parametrize("waits", [0, 5, 30])
async def test_who_never_came_is_told_once_after_completion_and_not_before(officer, waits):
    code = await officer.opens(no_show="warn")
    await marks(officer.school, 1, 2, "결결결결")
    officer.school.now = officer.school.now.replace(month=12, day=30)
    assert await officer.later(minutes=1) == []
    heard = []
    for _ in range(2):
        done = await officer.does(completing.COMPLETE, code=code, numbers=[1, 3], completed=True)
        assert done.reach.people in (3, 1)
        heard += await officer.later(minutes=30)
        await officer.undoes(done)
        heard += await officer.later(minutes=waits) if waits else []
    warned = [(name, text) for name, text in heard if "한 번도 나오지" in text]
    assert [name for name, _ in warned] == ["라온"]


@pytest.mark.on_both
async def test_what_somebody_changed_since_is_not_undone(officer):
    code = await officer.opens()
    done = await officer.does(code=code, **CLOSE)
    await officer.school.changes(1, cancel_reason="다른 까닭")
    with pytest.raises(Declined, match="그 뒤에 과정 1건이 바뀌어 되돌릴 수 없습니다"):
        await officer.undoes(done)


async def test_undoing_twice_undoes_once(officer):
    code = await officer.opens()
    done = await officer.does(code=code, **CLOSE)
    await officer.undoes(done)
    before = await officer.everything()
    with pytest.raises(DoneAlready, match="이미 되돌렸습니다"):
        await officer.undoes(done)
    assert await officer.everything() == before


@pytest.mark.on_both
async def test_who_was_told_on_the_way_is_corrected_and_the_others_hear_nothing(officer):
    """Undone while notices go out: one has left, one is being sent, one is still owed."""
    code = await officer.opens()
    done = await officer.does(code=code, **CLOSE)
    officer.school.waits(minutes=10)
    await officer.term._duties.plan_notices()

    def half_sent(tx):
        ids = tx.execute(select(outbox.c.id).order_by(outbox.c.resident_id)).scalars().all()
        now = officer.school.now
        tx.execute(outbox.update().where(outbox.c.id == ids[0]).values(started_at=now, outcome="sent", settled_at=now))
        tx.execute(outbox.update().where(outbox.c.id == ids[1]).values(started_at=now))

    await officer.school.database.write(half_sent)
    assert (await officer.undoes(done)).reach.people == 2
    assert [name for name, _ in await officer.later(minutes=1)] == ["하나", "라온"]


@pytest.mark.on_both
async def test_processes_that_die_between_an_act_and_its_telling_tell_it_once(officer):
    """Each of them knows nothing of what the ones before it planned or sent."""
    code = await officer.opens()
    await officer.does(code=code, **CLOSE)
    told = []
    for minutes in (5, 5, 5, 5):
        officer.term.restarts()
        officer.school.waits(minutes=minutes)
        await officer.term._duties.plan_notices()  # and dies before anything is sent
        officer.term.restarts()
        told += await officer.later(seconds=1)
    assert sorted(name for name, _ in told) == ["다나", "라온", "하나"]


def same(one, other):
    """But for revisions, which only grow."""

    def bare(found):
        return {key: {name: value for name, value in row.items() if name != "revision"} for key, row in found.items()}

    return bare(one) == bare(other)
