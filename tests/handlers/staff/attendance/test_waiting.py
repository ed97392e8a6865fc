"""What waits for an officer: taken, taken as something else, or put aside."""

import pytest

from handlers.staff.attendance import grid, waiting
from handlers.staff.attendance.waiting import DECIDE
from handlers.staff.desk import undoing
from handlers.staff.desk.declined import Declined


async def listed(tuesday):
    return waiting.waiting(await tuesday.school.gets(grid.show, "T"))


async def decides(tuesday, **words):
    numbers = [each.entry.id for each in await listed(tuesday)]
    return await tuesday.does(DECIDE, numbers=numbers, **words)


async def test_a_late_scan_is_listed_with_its_time_and_counts_once_it_is_taken(tuesday):
    await tuesday.is_told(tuesday.seats[0], "late", "scan", is_doubtful=True)
    (one,) = await listed(tuesday)
    assert waiting.said(one.entry and (await tuesday.school.gets(grid.show, "T")).desk, one.entry) == (
        "지각, QR 12월 8일(화) 오전 10시 10분"
    )
    await decides(tuesday)
    assert await tuesday.counting() == ["late", "", ""]
    assert await listed(tuesday) == []


@pytest.mark.on_sqlite
async def test_a_scan_put_aside_changes_nothing_that_counts_and_can_be_taken_back(tuesday):
    await tuesday.marks(absent=[tuesday.seats[0]])
    await tuesday.is_told(tuesday.seats[0], "present", "scan")
    told = await decides(tuesday, dismiss=True)
    assert await tuesday.cell(tuesday.seats[0]) == [("absent", "counts"), ("present", "dismissed")]
    await tuesday.school.asks(undoing.undo, told.steps[-1].args["entry"])
    assert await tuesday.cell(tuesday.seats[0]) == [("absent", "counts"), ("present", "open")]


@pytest.mark.on_sqlite
async def test_of_two_devices_the_one_that_waits_can_be_taken(tuesday):
    seat = tuesday.seats[0]
    await tuesday.is_told(seat, "present", "device", key="a", entered_by="가 강사")
    tuesday.school.waits(minutes=1)
    await tuesday.is_told(seat, "absent", "device", key="b", entered_by="나 강사")
    (one,) = await listed(tuesday)
    assert (one.entry.mark, one.counting.mark) == ("absent", "present")
    await decides(tuesday)
    assert [mark for mark, standing in await tuesday.cell(seat) if standing == "counts"] == ["absent"]


async def test_what_was_told_beforehand_waits_below_and_can_be_excused(tuesday):
    tuesday.school.now = tuesday.first.starts_at.replace(hour=0)
    await tuesday.is_told(tuesday.seats[0], "absent", "ahead", is_doubtful=True, reason="병원")
    (one,) = await listed(tuesday)
    assert (one.is_early, one.choices) == (True, ("absent", "excused"))
    await decides(tuesday, mark="인정결석")
    assert await tuesday.counting() == ["excused", "", ""]


async def test_what_is_decided_or_of_another_course_is_not_decided_again(tuesday):
    await tuesday.is_told(tuesday.seats[0], "late", "scan", is_doubtful=True)
    (one,) = await listed(tuesday)
    await decides(tuesday)
    await tuesday.school.opens(code="X")
    for code, why in (("T", "이미 정한 출석입니다"), ("X", "이 과정에서 확인할 출석이 아닙니다")):
        with pytest.raises(Declined) as declined:
            await tuesday.does(DECIDE, code=code, numbers=[one.entry.id])
        assert why in declined.value.items[0]
