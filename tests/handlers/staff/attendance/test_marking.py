"""Who was there: everybody, then the exceptions; corrected with a reason, and undone."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.staff.attendance import listing, marking
from handlers.staff.desk import undoing
from handlers.staff.desk.declined import Declined
from storage.tables import attendance, enrollments, journal


async def test_everybody_is_marked_and_then_the_exceptions(tuesday):
    told = await tuesday.marks(everyone=True)
    assert told.title == "‘바리스타 2급’(T) 1회차: 출석 3명을 적었습니다."
    await tuesday.marks(absent=[tuesday.seats[1]])
    await tuesday.marks(late=[tuesday.seats[2]])
    assert await tuesday.counting() == ["present", "absent", "late"]


@pytest.mark.on_sqlite
async def test_who_is_marked_already_stays_so_when_everybody_else_is_marked(tuesday):
    await tuesday.marks(absent=[tuesday.seats[0]])
    await tuesday.marks(everyone=True)
    assert await tuesday.counting() == ["absent", "present", "present"]


@pytest.mark.on_sqlite
async def test_who_told_beforehand_is_absent_and_may_become_excused(tuesday):
    await tuesday.is_told(tuesday.seats[0], "absent", "ahead", is_doubtful=True)
    await tuesday.marks(everyone=True)
    assert await tuesday.counting() == ["absent", "present", "present"]
    await tuesday.marks(excused=[tuesday.seats[0]], why="진단서를 받음")
    assert await tuesday.counting() == ["excused", "present", "present"]


async def test_a_late_scan_is_left_to_be_looked_at_when_everybody_else_is_marked(tuesday):
    await tuesday.is_told(tuesday.seats[0], "late", "scan", is_doubtful=True)
    told = await tuesday.marks(everyone=True)
    assert told.facts == ("따로 확인할 1명은 그대로 두었습니다.",)
    assert await tuesday.counting() == ["", "present", "present"]


async def test_who_only_waits_or_is_unknown_is_not_marked_and_nobody_else_is(tuesday):
    await tuesday.school.database.write(
        lambda tx: tx.execute(
            enrollments.update().where(enrollments.c.id == tuesday.seats[0]).values(unchecked_since=tuesday.school.now)
        )
    )
    with pytest.raises(Declined) as declined:
        await tuesday.marks(present=tuesday.seats)
    assert declined.value.items == (f"신청 {tuesday.seats[0]}: 이 과정의 수강생이 아닙니다.",)
    assert await tuesday.counting() == ["", "", ""]


@pytest.mark.parametrize(("minutes", "begun"), [(-16, False), (-15, True), (0, True)])
async def test_nobody_is_there_before_the_class_but_absence_can_be_known(tuesday, minutes, begun):
    tuesday.school.now = tuesday.first.starts_at + timedelta(minutes=minutes)
    await tuesday.marks(absent=[tuesday.seats[0]])
    await tuesday.marks(excused=[tuesday.seats[1]])
    if begun:
        await tuesday.marks(present=[tuesday.seats[2]])
    else:
        for words in ({"present": [tuesday.seats[2]]}, {"late": [tuesday.seats[2]]}, {"everyone": True}):
            with pytest.raises(Declined, match="아직 적을 수 없습니다"):
                await tuesday.marks(**words)
    assert await tuesday.counting() == ["absent", "excused", "present" if begun else ""]


async def test_a_slip_of_the_day_needs_no_reason_and_a_later_correction_does_and_keeps_both(tuesday):
    seat = tuesday.seats[0]
    await tuesday.marks(absent=[seat])
    tuesday.school.now = tuesday.first.starts_at.replace(hour=14, minute=59)  # 23:59 there
    await tuesday.marks(present=[seat])
    tuesday.school.now += timedelta(minutes=1)
    with pytest.raises(marking.NeedsReason):
        await tuesday.marks(late=[seat])
    await tuesday.marks(late=[seat], why="명단을 잘못 보았음")
    assert await tuesday.cell(seat) == [("absent", "replaced"), ("present", "replaced"), ("late", "counts")]
    rows = await tuesday.school.rows(select(attendance.c.reason, attendance.c.entered_by).order_by(attendance.c.id))
    assert rows[-1] == ("명단을 잘못 보았음", "김 주무관")


@pytest.mark.on_sqlite
async def test_what_was_never_marked_is_entered_later_without_a_reason(tuesday):
    tuesday.school.waits(days=3)
    await tuesday.marks(everyone=True, absent=[tuesday.seats[2]], way="paper")
    assert await tuesday.counting() == ["present", "present", "absent"]


@pytest.mark.on_sqlite
async def test_a_class_that_changed_places_meanwhile_is_not_taken_for_another(tuesday):
    with pytest.raises(Declined, match="순서가 바뀌었습니다"):
        await tuesday.marks(everyone=True, meeting=tuesday.meetings[1].id)
    assert await tuesday.counting() == ["", "", ""]


@pytest.mark.on_sqlite
async def test_undone_everything_is_as_it_was_with_its_reasons(tuesday):
    await tuesday.marks(absent=[tuesday.seats[0]], why="연락 없음")
    told = await tuesday.marks(present=[tuesday.seats[0]], late=[tuesday.seats[1]])
    await tuesday.school.asks(undoing.undo, told.steps[-1].args["entry"])
    assert await tuesday.counting() == ["absent", "", ""]
    (row,) = await tuesday.school.rows(select(attendance))
    assert (row.reason, row.standing) == ("연락 없음", "counts")


async def test_what_was_marked_is_undone_on_that_day_alone(tuesday):
    told = await tuesday.marks(everyone=True)
    tuesday.school.now = tuesday.first.starts_at.replace(hour=15)  # midnight there
    with pytest.raises(Declined, match="적은 날이 지나"):
        await tuesday.school.asks(undoing.undo, told.steps[-1].args["entry"])
    assert await tuesday.counting() == ["present"] * 3


@pytest.mark.on_sqlite
async def test_what_was_marked_again_since_is_not_undone(tuesday):
    told = await tuesday.marks(everyone=True)
    await tuesday.marks(absent=[tuesday.seats[0]])
    with pytest.raises(Declined, match="그 뒤에 출석 1건이 바뀌어"):
        await tuesday.school.asks(undoing.undo, told.steps[-1].args["entry"])
    assert await tuesday.counting() == ["absent", "present", "present"]


async def test_who_teaches_undoes_what_they_did_themselves_in_this_course_alone(tuesday):
    told = await tuesday.marks(everyone=True)
    other = await tuesday.school.opens(code="X")
    entry = told.steps[-1].args["entry"]
    assert other
    with pytest.raises(Declined, match="이 강좌의 출석에서"):
        await tuesday.school.asks(marking.undo, "X", entry, only_own=False)
    with pytest.raises(Declined, match="김 주무관 님이 적은"):
        await tuesday.school.asks(marking.undo, "T", entry, only_own=True)
    await tuesday.school.asks(marking.undo, "T", entry, only_own=False)
    assert await tuesday.counting() == ["", "", ""]


async def test_the_journal_says_who_was_marked_and_never_why(tuesday):
    await tuesday.marks(excused=[tuesday.seats[0]], why="수술을 받음")
    (row,) = await tuesday.school.rows(select(journal).where(journal.c.action == "mark-attendance"))
    assert "수술" not in f"{row.args}{row.changes}"
    assert row.args["excused"] == [tuesday.seats[0]]


@pytest.mark.on_both
async def test_ten_officers_at_once_leave_one_mark_and_all_they_said(tuesday):
    marks = ["present", "late", "absent", "excused", "left_early"] * 2
    seat = tuesday.seats[0]
    await asyncio.gather(
        *(tuesday.does(marking.MARK, f"{n}번", number=1, **{mark: [seat]}) for n, mark in enumerate(marks))
    )
    standings = [standing for _, standing in await tuesday.cell(seat)]
    assert (standings.count("counts"), set(standings)) == (1, {"counts", "replaced"})
    rows = await tuesday.school.rows(select(journal.c.changes).where(journal.c.action == "mark-attendance"))
    added = [change for (changed,) in rows for change in changed if change[2] is None]
    assert len(added) == len(standings)  # each act knows its own row, and nobody else's


@pytest.mark.on_sqlite
async def test_a_list_tells_what_each_ones_attendance_comes_to(tuesday):
    await tuesday.marks(everyone=True, absent=[tuesday.seats[1]])
    said = "\n".join(await tuesday.school.asks(listing.show, "T"))
    assert "김하나" in said
    assert "25%" in said
    assert "결···" in said
    assert "적지 않은 분 3명" in (await tuesday.school.asks(listing.show, "T", 2))[0]
