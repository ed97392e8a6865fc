"""Lotteries: what is fixed before anybody knows the result, and what an insider with the database can't do unseen."""

from datetime import datetime

import pytest
from sqlalchemy import update

from handlers.seating import lottery, protocol
from handlers.staff.courses import applications, lotteries
from handlers.staff.notices import owed
from storage.seating import draws
from storage.tables import draws as table
from storage.tables import enrollments
from tests.support.domain import MONDAY, PUBLIC_VALUE, SEOUL, SETTINGS

pytestmark = pytest.mark.on_sqlite

CLOSED = datetime(2026, 12, 1, 9, tzinfo=SEOUL)  # a Tuesday
COMES_OUT = datetime(2026, 12, 5, 20, 45, tzinfo=SEOUL)


@pytest.fixture
async def lot(school, resident):
    """T, with two seats and five applications, whose registration is over."""
    found = await school.opens(code="T", capacity=2, waitlist_capacity=2, selection="lottery")
    await school.promises_lotteries()
    for number in range(1, 6):
        await resident(number).registers(found, mobile=f"010-0000-{number:04}")
    school.now = CLOSED
    return found


async def found(school, lot):
    return await school.database.read(lambda tx: draws.get(tx, lot))


async def outcome(school):
    return [row.state for row in await school.rows(enrollments.select().order_by(enrollments.c.id))]


async def clock_goes_on(school, lot):
    organization = SETTINGS.to_organization()
    await school.database.write(lambda tx: lottery.go_on(tx, organization, lot, school.now))


async def test_the_list_is_fixed_and_published_before_the_value_is_known(school, lot, visitor):
    await clock_goes_on(school, lot)
    fixed = await found(school, lot)
    assert (fixed.fixed_at, fixed.public_at, fixed.drawn_at) == (CLOSED, COMES_OUT, None)
    assert fixed.applications_hash[:16] in (await visitor("looks").goes_to(f"courses/{lot}/draw")).replace(" ", "")
    written = await school.asks(lotteries.write, "T")
    assert fixed.applications_hash in written
    assert fixed.seed not in written


async def test_nothing_in_the_database_tells_who_is_drawn_before_the_value_is_out(school, lot):
    """Whoever reads all of it finds another winner for each value that may come."""
    await clock_goes_on(school, lot)
    fixed = await found(school, lot)
    first = {protocol.order(f"{fixed.seed}:{value}", fixed.applications)[0] for value in range(100)}
    assert first == {1, 2, 3, 4, 5}
    assert "공개값이 나온 뒤에 합니다" in await school.declines(lotteries.draw, "T", PUBLIC_VALUE)
    assert set(await outcome(school)) == {"applied"}


@pytest.mark.on_both
async def test_lottery_numbers_are_dealt_at_random_after_the_close(school, lot):
    dealt, unfixed = set(), update(table).values(fixed_at=None, applications=None)
    for _ in range(8):
        await clock_goes_on(school, lot)
        dealt.add(tuple(number for _, _, number in (await found(school, lot)).applications))
        await school.database.write(lambda tx: tx.execute(unfixed))
    assert len(dealt) > 1
    assert {tuple(sorted(each)) for each in dealt} == {(1, 2, 3, 4, 5)}


@pytest.mark.on_both
async def test_nobody_is_added_to_a_list_that_is_fixed(school, lot, resident):
    await clock_goes_on(school, lot)
    await school.changes(lot, apply_end=CLOSED + school.days(2))
    assert "접수가 끝났어요" in await resident(9).goes_to(f"forms/enroll/{lot}")


async def test_who_gives_up_before_the_draw_is_passed_over_and_the_protocol_says_so(school, lot, resident):
    await school.hears_the_public_value("T")
    await resident(3).goes_to("mine/3/cancel/yes")
    await school.asks(lotteries.draw, "T", PUBLIC_VALUE)
    assert (await outcome(school)).count("confirmed") == 2
    assert (await school.gets(lotteries.verify, "T")).is_good
    assert "그 사이 취소한 신청: 3" in await school.asks(lotteries.write, "T")


@pytest.mark.parametrize("written", ["3,12,19,27,33,41,7", "07 03 12 19 27 33 41", "３·１２·１９·２７·３３·４１·７"])
async def test_a_value_is_the_same_however_it_is_written(school, lot, written):
    await school.draws("T", written)
    assert (await found(school, lot)).public_value == "3 7 12 19 27 33 41"


async def test_a_value_with_a_number_too_few_is_asked_for_again(school, lot):
    await school.hears_the_public_value("T")
    assert "숫자 7개를 적어 주세요" in await school.declines(lotteries.draw, "T", "3 12 19")


async def test_officers_are_told_where_they_look_that_a_value_is_awaited(school, lot):
    await school.hears_the_public_value("T")
    lines = await school.asks(owed.show, everything=False)
    assert "공개값을 적으면 추첨하는 과정: 1개" in lines
    assert "draw T --value" in "\n".join(lines)


# --- what an insider who can write does is found by the protocol that was published ---


def _forge_list(tx):
    listed = draws.get(tx, 1).applications
    forged = [[one, group, number + 1000 * (one == 1)] for one, group, number in listed]
    tx.execute(update(table).values(applications=forged, applications_hash=protocol.applications_hash(forged)))


FORGED = {
    "the list": _forge_list,
    "the seed": lambda tx: tx.execute(update(table).values(seed="another")),
    "the promise": lambda tx: tx.execute(update(table).values(public_name="", public_at=None)),
}


@pytest.mark.on_both
@pytest.mark.parametrize("what", FORGED)
async def test_what_is_changed_consistently_after_it_was_published_is_found(school, lot, what):
    await clock_goes_on(school, lot)
    published = await school.asks(lotteries.write, "T")
    assert (await school.gets(lotteries.verify, "T", published)).is_good
    await school.database.write(FORGED[what])
    if what != "the promise":
        await school.draws("T")
    assert not (await school.gets(lotteries.verify, "T", published)).is_good


async def test_a_draw_agrees_with_what_was_published_before_and_after(school, lot):
    await clock_goes_on(school, lot)
    published = await school.asks(lotteries.write, "T")
    await school.draws("T")
    for each in (published, await school.asks(lotteries.write, "T")):
        assert (await school.gets(lotteries.verify, "T", each)).is_good


async def test_officers_end_nobody_between_the_list_and_the_draw(school, lot):
    await clock_goes_on(school, lot)
    assert "추첨한 뒤에 끝내 주세요" in await school.declines(applications.end, "T", "까닭", [1])
    await school.draws("T")
    first, *_ = await school.live(lot)
    assert "끝냈습니다" in (await school.asks(applications.end, "T", "까닭", [first]))[0]


# --- without a value, by an officer's word ---


async def test_without_a_value_it_is_drawn_at_once_and_the_protocol_says_so(school, lot):
    told = await school.asks(lotteries.draw, "T", alone=True)
    assert "바꾸지 않았다고 밝힐 수 없습니다" in "\n".join(told)
    assert (await outcome(school)).count("confirmed") == 2
    assert "섞는 공개값: 없음(담당자가 공개값 없이 추첨하기로" in await school.asks(lotteries.write, "T")
    assert (await school.gets(lotteries.verify, "T")).is_good


async def test_said_before_the_close_the_clock_draws_without_a_value(school, lot):
    school.now = MONDAY
    assert "저절로 추첨합니다" in (await school.asks(lotteries.draw, "T", alone=True))[0]
    school.now = CLOSED
    await clock_goes_on(school, lot)
    assert (await outcome(school)).count("confirmed") == 2


async def test_once_the_list_is_fixed_nobody_can_choose_to_do_without(school, lot):
    """Else whoever reads the database could take the better of two results."""
    await clock_goes_on(school, lot)
    assert "나온 값을 적어 주세요" in await school.declines(lotteries.draw, "T", alone=True)


@pytest.mark.on_both
async def test_a_value_that_comes_after_the_course_began_is_not_waited_for(school, lot):
    await school.changes(lot, start_date=CLOSED.date() + school.days(2))
    await clock_goes_on(school, lot)
    assert (await found(school, lot)).fixed_at is None
    assert "draw T --without-public-value" in "\n".join(await school.asks(owed.show, everything=False))
    assert "개강 뒤에야" in await school.declines(lotteries.draw, "T")


async def test_a_list_is_not_fixed_before_an_officer_has_looked_at_what_came_in_a_burst(school, lot):
    unchecked = update(enrollments).where(enrollments.c.id == 2).values(unchecked_since=MONDAY)
    await school.database.write(lambda tx: tx.execute(unchecked))
    await clock_goes_on(school, lot)
    assert (await found(school, lot)).fixed_at is None
    assert "먼저 확인할 신청이 1건" in await school.declines(lotteries.draw, "T")


@pytest.mark.on_both
async def test_a_course_that_was_drawn_before_there_were_values_still_agrees(school, lot):
    listed = [[number, 0] for number in range(1, 6)]
    old = draws.Draw(lot, "seed", applications=tuple(map(tuple, listed)))
    ranks = {number: place for place, number in enumerate(protocol.order("seed", old.applications), 1)}

    def as_it_was(tx):
        kept = {"seed": "seed", "drawn_at": CLOSED, "seats": 2, "applications": listed, "public_name": None}
        tx.execute(update(table).values(**kept, applications_hash=protocol.applications_hash(listed)))
        for number, place in ranks.items():
            tx.execute(update(enrollments).where(enrollments.c.id == number).values(rank=place))

    await school.database.write(as_it_was)
    assert (await school.gets(lotteries.verify, "T")).is_good
