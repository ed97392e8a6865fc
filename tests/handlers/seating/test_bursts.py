"""Applications that come in bursts from one place keep their turn, and count once an officer has looked at them."""

import re
from collections import Counter

import pytest
from sqlalchemy import select

from handlers.seating import bursts
from handlers.staff.courses import applications, selections
from handlers.staff.desk import acts, undoing
from handlers.staff.notices import owed
from storage import tables
from storage.asking import rounds
from storage.teaching import courses
from tests.support.domain import MONDAY

pytestmark = pytest.mark.on_sqlite

FORM_STEPS = 6  # messages between the form's first question and its summary


@pytest.fixture
def burst(school, visitor):
    """burst(course, 5): so many new people of one address, each filling in within so many seconds."""
    came = iter(range(1, 1000))

    async def come(course, people, seconds=0, source="10.0.0.1"):
        told = []
        for number in [next(came) for _ in range(people)]:
            one = visitor(f"w{number}")
            one.source = source
            await one.fills_in(course, mobile=f"010-1000-{number:04}")
            school.waits(seconds=seconds)
            told.append((one, await one.submits(course)))
        return told

    return come


async def states(school, course):
    rows = await school.rows(
        select(tables.enrollments).where(tables.enrollments.c.course_id == course).order_by(tables.enrollments.c.id)
    )
    return [(row.state, row.unchecked_since is not None) for row in rows]


async def code_of(school, course):
    return (await school.database.read(lambda tx: courses.find(tx, course))).code


async def acts_as_officer(school, act, **words):
    return await school.asks(lambda tx, desk: acts.perform(tx, desk, act, words, again=True))


async def test_hasty_applications_of_one_address_wait_for_an_officer_after_the_first_few(school, burst):
    course = await school.opens(capacity=15)
    told = await burst(course, 12)
    assert Counter(is_unchecked for _, is_unchecked in await states(school, course)) == {
        False: bursts.UNSEEN,
        True: 12 - bursts.UNSEEN,
    }
    assert "담당자가 확인한 뒤 알려 드려요" in told[-1][1]


async def test_a_class_of_sixty_behind_one_address_is_served_at_once(school, burst):
    course = await school.opens(capacity=60)
    await burst(course, 60, seconds=FORM_STEPS + 1)
    assert await states(school, course) == [("confirmed", False)] * 60


async def test_hasty_people_of_many_addresses_are_no_burst(school, burst):
    course = await school.opens()
    for number in range(8):
        await burst(course, 1, source=f"10.0.0.{number}")
    assert await states(school, course) == [("confirmed", False)] * 8


async def test_more_than_any_class_from_one_address_waits_however_slow(school, burst, monkeypatch):
    monkeypatch.setattr(bursts, "CROWD", 5)
    course = await school.opens()
    await burst(course, 7, seconds=60)
    assert [is_unchecked for _, is_unchecked in await states(school, course)] == [False] * 5 + [True] * 2


async def test_a_burst_over_several_courses_is_one(school, burst):
    for _ in range(bursts.UNSEEN):
        await burst(await school.opens(), 1)
    course = await school.opens()
    await burst(course, 1)
    assert await states(school, course) == [("confirmed", True)]


@pytest.mark.on_both
async def test_where_somebody_comes_from_can_not_be_read(school, burst):
    await burst(await school.opens(), 1)
    (row,) = await school.rows(select(tables.enrollments.c.source))
    assert "10.0.0.1" not in row.source


# --- while nobody has looked yet ---


async def test_a_seat_that_waits_for_an_officer_is_nobody_elses(school, burst, visitor):
    course = await school.opens(capacity=4, waitlist_capacity=2)
    await burst(course, 4)
    assert "대기 1번" in await visitor("honest").registers(course, mobile="010-0000-9999")
    assert (await states(school, course))[3:] == [("confirmed", True), ("waiting", False)]


async def test_a_script_fills_no_line_before_honest_people(school, burst, visitor):
    course = await school.opens(capacity=3, waitlist_capacity=2)
    told = await burst(course, 9)
    assert "모두 찼어요" in told[-1][1]
    assert "대기 3번으로 접수" in await visitor("honest").registers(course, mobile="010-0000-9999")


async def test_a_freed_seat_stays_free_while_it_is_the_turn_of_an_unchecked_one(school, burst, visitor):
    course = await school.opens(capacity=3, waitlist_capacity=2)
    (first, _), *_ = await burst(course, 4)
    await visitor("honest").registers(course, mobile="010-0000-9999")
    await first.goes_to("mine/1/cancel/yes")
    assert [state for state, _ in await states(school, course)] == ["cancelled", *["confirmed"] * 2, *["waiting"] * 2]
    await acts_as_officer(school, applications.CHECK, code=await code_of(school, course), numbers=[4])
    assert (await states(school, course))[3] == ("offered", False)


async def test_who_waits_for_an_officer_takes_no_offer_and_attends_nothing(school, burst):
    course = await school.opens(capacity=4)
    *_, (last, _) = await burst(course, 4)
    assert "담당자가 확인하고 있어요" in await last.goes_to("mine/4/accept")
    assert "담당자 확인 중" in await last.goes_to("mine")
    resident = (await school.rows(select(tables.enrollments.c.resident_id)))[-1].resident_id
    assert not await school.database.read(lambda tx: rounds.attends(tx, course, [resident]))


async def test_nobody_is_selected_before_an_officer_has_looked(school, burst):
    course = await school.opens(selection="review")
    await burst(course, 5)
    school.now = MONDAY + school.days(8)
    assert "먼저 확인할 신청이 2건" in await school.declines(selections.accept, await code_of(school, course), [1])


# --- what officers do ---


async def test_officers_see_what_waits_for_them_where_they_look_already(school, burst):
    course = await school.opens()
    await burst(course, 9)
    lines = await school.asks(owed.show, everything=False)
    assert "담당자가 확인할 신청: 6건" in lines
    code = await code_of(school, course)
    assert f"applications {code}" in "\n".join(lines)
    assert re.search(rf"{code} +바리스타 2급 +1 ", "\n".join(await school.asks(applications.show)))
    assert f"end-applications {code} --burst 1" in "\n".join(await school.asks(applications.show, code))


async def test_a_slow_burst_is_shown_though_it_counts(school, burst):
    await burst(await school.opens(), applications.MANY, seconds=60)
    assert f"{applications.MANY}건" in "\n".join(await school.asks(applications.show))
    assert "확인할 신청" not in "\n".join(await school.asks(owed.show, everything=False))


async def test_what_an_officer_confirms_counts_in_the_order_it_came(school, burst):
    course = await school.opens(capacity=4, waitlist_capacity=2)
    people = await burst(course, 5)
    told = await acts_as_officer(school, applications.CHECK, code=await code_of(school, course), burst=1)
    assert "신청 2건을 확인했습니다." in told[0]
    assert await states(school, course) == [("confirmed", False)] * 4 + [("waiting", False)]
    assert "대기 1번" in await people[-1][0].goes_to("mine/5")


@pytest.mark.on_both
async def test_a_burst_that_is_ended_gives_its_seats_to_the_line_and_is_undone_unheard(school, burst, visitor):
    course = await school.opens(capacity=5, waitlist_capacity=5)
    await burst(course, 5)
    await visitor("honest").registers(course, mobile="010-0000-9999")
    before, code = await states(school, course), await code_of(school, course)
    told = await acts_as_officer(school, applications.END, code=code, burst=1, reason="장난 신청", junk=True)
    assert "신청한 쪽에는 알리지 않습니다" in "\n".join(told)
    assert [state for state, _ in await states(school, course)] == ["removed"] * 5 + ["offered"]
    entry = int(told[-1].split()[-1])
    await school.asks(undoing.undo, entry)
    assert await states(school, course) == before


@pytest.mark.parametrize(("words", "left"), [({"numbers": [2]}, 4), ({"everything": True}, 0)])
async def test_officers_end_one_application_or_all_of_a_course(school, burst, words, left):
    course = await school.opens()
    await burst(course, 5)
    await acts_as_officer(school, applications.END, code=await code_of(school, course), reason="접수 잘못", **words)
    assert len(await school.live(course)) == left


async def test_who_is_ended_can_not_take_that_back_themselves(school, burst):
    course = await school.opens()
    (one, _), *_ = await burst(course, 2)
    await acts_as_officer(school, applications.END, code=await code_of(school, course), reason="중복", numbers=[1])
    assert "그 사이" in await one.goes_to("mine/1/back")


async def test_what_is_not_there_can_not_be_ended(school, burst):
    course = await school.opens()
    await burst(course, 2)
    code = await code_of(school, course)
    assert "이런 신청이 없습니다" in await school.declines(applications.end, code, "까닭", burst=7)
    assert "신청 99: 이 과정의 신청이 아닙니다" in await school.declines(applications.end, code, "까닭", [99])
    assert "까닭을 적어 주세요" in await school.declines(applications.end, code, " ", [1])
    assert "확인할 신청이 없습니다" in await school.declines(applications.check, code, [1])


async def test_who_is_held_can_put_the_days_to_look_into_a_calendar(school, burst):
    (*_, (held, _)) = await burst(await school.opens(), bursts.UNSEEN + 1)
    await held.presses("볼 날 달력에 넣기")
    assert b"DTSTART;TZID=Asia/Seoul:20261124T100000" in held.screen.file.content
