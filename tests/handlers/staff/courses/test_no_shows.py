"""Who had a seat and never came: listed, warned or kept out for a term, unless an officer lets it pass."""

from datetime import datetime

import pytest
from sqlalchemy import select

from handlers.staff.courses.completion import completing, no_shows
from handlers.staff.desk import acts, undoing
from handlers.staff.persons.merging import MERGE
from storage.tables import enrollments, journal
from tests.support.domain import SEOUL
from tests.support.people.attending import has_classes, marks

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
async def missed(school, resident):
    """A course T1 of 2026-H2 that is over, in which the first never came and the second did, once."""

    async def make(rule="ban", first="결" * 4, second="출결결결", **differing):
        course = await school.opens(code="T1", no_show=rule, term="2026-H2", **differing)
        for number in (1, 2):
            await resident(number).registers(course, mobile=f"010-0000-{number:04}")
        school.waits(days=60)
        await has_classes(school, course, 4)
        for seat, said in zip(await school.live(course), (first, second), strict=True):
            await marks(school, course, seat, said)
        return course

    return make


async def next_term(school, term="2027-H1", **differing):
    school.now = datetime(2027, 2, 1, 10, tzinfo=SEOUL)
    window = {"apply_start": (-1,), "apply_end": (7,), "start_date": (14,), "end_date": (50,)}
    return await school.opens(**school.dated({"term": term, "title": "제과", **window, **differing}))


def listed(told):
    return [(row[0], row[2]) for table in told.tables if table.title == no_shows.TITLE for row in table.rows]


async def waives(school, number=1, reason="입원"):
    return await school.gets(acts.perform, no_shows.WAIVE, {"code": "T1", "number": number, "reason": reason})


async def test_who_never_came_is_listed_with_what_the_rule_comes_to(school, missed):
    await missed()
    told = await school.gets(completing.show, "T1")
    assert listed(told) == [("1", "다음 학기에 신청할 수 없습니다")]


@pytest.mark.parametrize(
    ("rule", "first"), [("none", "결결결결"), ("ban", "결결결인"), ("ban", "----"), ("ban", "결결지결")]
)
async def test_who_came_was_excused_or_was_not_marked_is_none(school, missed, rule, first):
    await missed(rule, first)
    assert listed(await school.gets(completing.show, "T1")) == []


@pytest.mark.on_both
async def test_they_are_kept_out_of_the_next_term_and_told_why(school, missed, resident):
    await missed()
    course = await next_term(school)
    said = await resident(1).goes_to(f"forms/enroll/{course}")
    assert "지난 학기에 ‘바리스타 2급’ 자리를 받고 한 번도 나오지 않으셔서, 이번 학기(6월 30일(수)까지)" in said
    assert "전화해 주세요" in said
    second = resident(2)
    await second.goes_to(f"forms/enroll/{course}")
    assert "신청이 접수되었습니다" in await second.presses("이대로 신청하기")


async def test_the_same_term_and_the_one_after_the_next_are_open(school, missed, resident):
    await missed()
    for term in ("2026-H2", "2027-H2"):
        course = await next_term(school, term, term_limit=0)
        assert "한 번도 나오지" not in await resident(1).goes_to(f"forms/enroll/{course}")


async def test_it_is_let_pass_with_a_reason_until_that_is_undone(school, missed, resident):
    await missed()
    assert "까닭을 적어 주세요" in await school.declines(no_shows.waive, "T1", 1, " ")
    assert "오지 않은 분의 자리가 아닙니다" in await school.declines(no_shows.waive, "T1", 2, "입원")
    told = await waives(school)
    assert listed(await school.gets(completing.show, "T1")) == [("1", "예외")]
    course = await next_term(school)
    assert "한 번도 나오지" not in await resident(1).goes_to(f"forms/enroll/{course}")
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert "한 번도 나오지" in await resident(1).goes_to(f"forms/enroll/{course}")


async def test_a_reason_stands_in_no_row_of_the_journal(school, missed):
    await missed()
    await waives(school)
    rows = await school.rows(select(journal.c.changes).where(journal.c.action == "waive-no-show"))
    assert "입원" not in str(rows)
    assert "*" in str(rows)


async def test_a_corrected_mark_lifts_it_at_once(school, missed, resident):
    course = await missed()
    await marks(school, course, 1, "출")
    later = await next_term(school)
    assert "한 번도 나오지" not in await resident(1).goes_to(f"forms/enroll/{later}")


async def test_of_merged_records_one_that_came_is_enough(school, missed, resident):
    await missed()
    first, second = [each.resident_id for each in await school.rows(select(enrollments).order_by(enrollments.c.id))]
    await school.gets(acts.perform, MERGE, {"kept": first, "gone": second})
    assert listed(await school.gets(completing.show, "T1")) == []


async def test_merged_records_are_kept_out_as_one_person(school, missed, resident):
    await missed()
    await resident(3).registers(
        await next_term(school, "2026-H2", code="N0", start_date=(200,), end_date=(250,)), mobile="010-0000-0003"
    )
    rows = await school.rows(select(enrollments.c.resident_id).order_by(enrollments.c.id.desc()))
    third = rows[0].resident_id
    await school.gets(acts.perform, MERGE, {"kept": third, "gone": 1})
    course = await next_term(school)
    assert "한 번도 나오지" in await resident(3).goes_to(f"forms/enroll/{course}")


async def test_the_desk_needs_a_reason_to_register_them(counter, school, missed):
    await missed()
    await next_term(school, code="N1")
    officer = await counter.officer()
    await officer.opens("/desk/register?course=N1")
    typed = {"name": "홍길동", "mobile": "010-0000-0001", "birth_year": "1983", "dong": "청구동", "aloud": "1"}
    assert "같은 분인가요?" in await officer.presses("접수하기", **typed)
    shown = await officer.presses("고른 분으로 접수하기", **typed)
    assert "지난 학기 ‘바리스타 2급’에 자리를 받고 한 번도 오지 않아 6월 30일(수)까지 신청할 수 없습니다." in shown
    shown = await officer.presses("접수하기", override="팀장 승인", aloud="1")
    assert "전화로 접수했습니다" in shown


async def test_an_officer_lets_it_pass_on_the_page_that_completes(counter, school, missed):
    await missed()
    officer = await counter.officer()
    await officer.opens("/desk/courses/T1/complete")
    await officer.presses("예외로 하기", reason="입원")
    rows = await school.rows(select(enrollments.c.no_show_waived).order_by(enrollments.c.id))
    assert [row.no_show_waived for row in rows] == ["입원", ""]
