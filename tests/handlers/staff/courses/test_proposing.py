"""Who completes as attendance proposes it, at the borders of the rule; an officer decides, and says why otherwise."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from handlers.staff.courses.classes import adding, moving
from handlers.staff.courses.completion import completing
from handlers.staff.desk import acts, undoing
from handlers.staff.persons.merging import MERGE
from storage.tables import enrollments, journal
from tests.support.people.attending import has_classes, marks, states

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def course_over(school, resident):
    """A course T1 that is over, with one seat for each word of marks, and ten classes unless said otherwise."""

    async def make(*said, classes=10, **differing):
        course = await school.opens(code="T1", capacity=20, **differing)
        for number in range(1, len(said) + 1):
            await resident(number).registers(course, mobile=f"010-0000-{number:04}")
        school.waits(days=60)
        await has_classes(school, course, classes)
        for seat, each in zip(await school.live(course), said, strict=True):
            await marks(school, course, seat, each)
        return course

    return make


async def proposed(school, code="T1"):
    """By application: classes, share, proposal and what to look at."""
    seen = await school.gets(completing.see, code)
    return [(row[4], row[10], row[11], row[12]) for row in seen.people.rows]


async def completes(school, **args):
    given = {"code": "T1", **args}
    return await school.gets(acts.perform, completing.COMPLETE, given)


@pytest.mark.parametrize(
    ("said", "classes", "share", "word"),
    [
        ("출" * 799 + "결" * 201, 1000, "79.9%", "미수료"),
        ("출" * 8 + "결" * 2, 10, "80%", "수료"),
        ("출" * 7 + "인" + "결" * 2, 10, "80%", "수료"),
        ("출" * 7 + "결" * 3, 10, "70%", "미수료"),
        ("출" * 7 + "지지조", 10, "90%", "수료"),
    ],
)
async def test_the_share_decides_and_is_never_rounded_up(school, course_over, said, classes, share, word):
    course = await course_over(said, classes=classes)
    assert [each[1:3] for each in await proposed(school)] == [(share, word)]
    await completes(school, proposed=True)
    assert await states(school, course) == ["completed" if word == "수료" else "not_completed"]


async def test_an_excused_absence_is_told(school, course_over):
    await course_over("출" * 7 + "인" + "결" * 2)
    assert (await proposed(school))[0][3] == "인정결석 1회"


async def test_a_course_has_its_own_share_and_may_not_count_being_late(school, course_over):
    await course_over("지" * 7 + "결" * 3, completion_percent=70, lates_per_absence=0)
    assert await proposed(school) == [("10", "70%", "수료", "")]
    told = await school.gets(completing.show, "T1")
    assert told.facts[0] == "수료 기준: 수업의 70% 이상 출석. 지각·조퇴는 출석, 인정결석은 출석으로 셉니다."


async def test_a_dropped_class_does_not_count_until_it_is_back(school, course_over):
    await course_over("출" * 8 + "결" * 3, classes=11)
    assert (await proposed(school))[0][1:3] == ("72.7%", "미수료")
    school.waits(days=-2)  # before the last class, so that it can be dropped
    dropped = await school.gets(acts.perform, moving.DROP, {"code": "T1", "number": 11})
    assert (await proposed(school))[0][1:3] == ("80%", "수료")
    await school.gets(undoing.undo, dropped.steps[-1].args["entry"])
    assert (await proposed(school))[0][1:3] == ("72.7%", "미수료")


async def test_an_added_class_must_be_marked_first(school, course_over):
    await course_over("출" * 8 + "결" * 2)
    day = (school.now + timedelta(days=3)).date()
    await school.gets(acts.perform, adding.ADD, {"code": "T1", "when": f"{day} 14:00"})
    assert (await proposed(school))[0][2:] == ("없음", "적지 않은 수업 1회")


async def test_nothing_is_proposed_of_who_has_a_class_unmarked(school, course_over):
    course = await course_over("출" * 9, "출" * 10)
    assert [each[2:] for each in await proposed(school)] == [("없음", "적지 않은 수업 1회"), ("수료", "")]
    declined = await school.declines(completing.complete, "T1", proposed=True)
    assert "제안이 없는 분이 1명 있습니다" in declined
    assert "적지 않은 수업 1회" in declined
    told = await completes(school, numbers=await school.live(course))
    assert "출석을 다 적지 않아 제안이 없는 분 1명: 수료 1명, 미수료 0명." in told.facts


async def test_who_joined_late_from_the_line_is_measured_by_the_classes_that_were_left(school, course_over):
    course = await course_over("--" + "출" * 7 + "결")
    first = (await school.gets(completing.see, "T1")).open_still[0]
    seated = school.now - timedelta(days=9, minutes=-1)
    these = update(enrollments).where(enrollments.c.id == first).values(seated_at=seated)
    await school.database.write(lambda tx: tx.execute(these))
    assert await proposed(school) == [("8", "87.5%", "수료", "늦게 합류(앞선 수업 2회는 세지 않음)")]
    assert course


async def test_who_left_is_in_no_list(school, course_over, resident):
    course = await course_over("출" * 10, "결" * 10)
    gone = (await school.live(course))[1]
    left = update(enrollments).where(enrollments.c.id == gone).values(state="cancelled", ended_at=school.now)
    await school.database.write(lambda tx: tx.execute(left))
    await completes(school, proposed=True)
    assert await states(school, course) == ["completed", "cancelled"]


async def test_another_decision_needs_a_reason_which_the_journal_keeps(school, course_over):
    course = await course_over("출" * 7 + "결" * 3, "출" * 10)
    everybody = await school.live(course)
    declined = await school.declines(completing.complete, "T1", everybody, True)
    assert "제안과 다르게 정하는 분이 1명 있습니다" in declined
    assert f"신청 {everybody[0]}: 출석률 70%라 제안은 미수료인데 수료" in declined
    told = await completes(school, numbers=everybody, reason="보강에 나왔습니다")
    assert "제안과 다르게 정하는 분 1명. 까닭: 보강에 나왔습니다" in told.facts
    rows = await school.rows(select(journal.c.args).where(journal.c.action == "complete"))
    assert rows[0].args["reason"] == "보강에 나왔습니다"
    assert await states(school, course) == ["completed", "completed"]


async def test_where_nothing_was_taken_all_is_as_before_and_says_so(school, course_over):
    course = await course_over("", "")
    seen = await school.gets(completing.see, "T1")
    assert (len(seen.people.columns), seen.ticked) == (5, await school.live(course))
    assert "출석을 적지 않은 과정이라" in seen.told.notes[-1]
    assert "제안이 없습니다" in await school.declines(completing.complete, "T1", proposed=True)
    await completes(school, numbers=[], completed=False)
    assert await states(school, course) == ["completed", "completed"]


async def test_a_page_ticks_what_is_proposed_and_asks_why_otherwise(counter, school, course_over):
    course = await course_over("출" * 7 + "결" * 3, "출" * 10)
    bad, good = await school.live(course)
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/complete")
    ticked = [
        each.attributes["value"] for each in officer.page.all("input", name="completed") if "checked" in each.attributes
    ]
    assert ticked == [str(good)]
    await officer.presses("누구에게 알리는지", completed=[str(bad), str(good)])
    assert officer.answer.status_code == 422
    await officer.presses("누구에게 알리는지", completed=[str(bad), str(good)], reason="병원 서류를 뒤에 냈습니다")
    await officer.presses("그대로 하기")
    assert await states(school, course) == ["completed", "completed"]


async def test_attendance_goes_along_when_records_are_merged(school, course_over):
    """Of two seats of one person one stays, with what was said of it."""
    course = await course_over("출" * 10, "결" * 10, "출" * 8 + "결" * 2)
    kept, gone = [row.resident_id for row in await school.rows(select(enrollments).order_by(enrollments.c.id))][1:]
    away = update(enrollments).where(enrollments.c.resident_id == kept).values(state="cancelled", ended_at=school.now)
    await school.database.write(lambda tx: tx.execute(away))
    await school.gets(acts.perform, MERGE, {"kept": kept, "gone": gone})
    assert [each[1:3] for each in await proposed(school)] == [("100%", "수료"), ("80%", "수료")]
    assert course
