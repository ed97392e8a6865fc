"""What a device may send of attendance, and what it is told of the rest."""

import json
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.seating import enrollments
from storage.tables import attendance, journal
from storage.teaching import sessions

pytestmark = pytest.mark.on_sqlite

PAGE, SYNC = "/desk/courses/T1/attendance/offline", "/desk/courses/T1/attendance/sync"


@pytest.fixture
async def lesson(school, resident, counter):
    """A class of T1 that is on, with one who attends; another course; and an instructor of T1 alone."""
    later = {"apply_end": school.now + timedelta(days=40)}
    mine, other = await school.opens(code="T1", **later), await school.opens(code="X1", term="2027-H1", **later)
    await resident(1).registers(mine)
    await resident(2).registers(other, mobile="010-0000-0002")
    first = await meeting(school, mine)
    school.now = first.starts_at + timedelta(minutes=10)
    return await counter.officer("instructor", "kim", courses=[mine]), mine, other


async def meeting(school, course, number=0):
    return (await school.database.read(lambda tx: sessions.of_courses(tx, [course])))[number]


async def entry(school, course, **differing):
    first = await meeting(school, course)
    (seat,) = await school.live(course)
    one = {"key": str(uuid.uuid4()), "session": first.id, "enrollment": seat, "mark": "present"}
    times = {"at": school.now.isoformat(), "starts": first.starts_at.isoformat()}
    return {**one, **times, "over": "", **differing}


async def sends(at_desk, school, *entries, **fields):
    held = {"entries": json.dumps(entries), "now": school.now.isoformat(), "officer": "1", "device": "전화", **fields}
    headers = {"origin": str(at_desk.http.base_url).rstrip("/")}
    return await at_desk.http.post(fields.pop("to", SYNC), data=held, headers=headers)


async def told(at_desk, school, *entries, **fields):
    answer = await sends(at_desk, school, *entries, **fields)
    assert answer.status_code == 200, answer.text
    return [(each["outcome"], each["why"]) for each in answer.json()["answers"]]


async def marks(school):
    query = select(attendance.c.enrollment_id, attendance.c.mark).where(attendance.c.standing == "counts")
    return [tuple(row) for row in await school.rows(query)]


async def test_what_is_sent_twice_counts_once_and_stands_in_the_journal_once_a_batch(lesson, school):
    kim, mine, _ = lesson
    one = await entry(school, mine)
    assert await told(kim, school, one, one) == [("counts", ""), ("known", "")]
    assert await told(kim, school, one) == [("known", "")]
    assert await marks(school) == [(one["enrollment"], "present")]
    rows = await school.rows(select(journal.c.args).where(journal.c.action == "sync-attendance"))
    assert [row.args["count"] for row in rows] == [2, 1]


async def test_another_course_s_class_and_people_are_refused(lesson, school):
    kim, mine, other = lesson
    theirs = await entry(school, other)
    answers = await told(
        kim,
        school,
        theirs,
        await entry(school, mine, session=theirs["session"]),
        await entry(school, mine, enrollment=theirs["enrollment"]),
    )
    assert {outcome for outcome, _ in answers} == {"refused"}
    assert await marks(school) == []
    answer = await sends(kim, school, theirs, to="/desk/courses/X1/attendance/sync")
    assert answer.status_code == 404


async def test_a_key_of_another_entry_answers_for_no_other(lesson, school):
    kim, mine, _ = lesson
    one = await entry(school, mine)
    await told(kim, school, one)
    assert (await told(kim, school, {**one, "mark": "absent"}))[0][0] == "refused"
    assert await marks(school) == [(one["enrollment"], "present")]


async def test_more_than_anybody_taps_is_refused_whole_and_said(lesson, school):
    kim, mine, _ = lesson
    one = await entry(school, mine)
    many = [{**one, "key": str(uuid.uuid4())} for _ in range(501)]
    answer = await sends(kim, school, *many)
    assert (answer.status_code, "500건까지" in answer.json()["problem"]) == (422, True)
    assert (await sends(kim, school, *many * 20)).status_code == 413
    assert await marks(school) == []


@pytest.mark.parametrize(
    ("days", "minutes", "why"),
    [(0, 6, "앞으로 올 시각"), (-1, 0, "수업 날보다 앞섭니다"), (3650 * 20, 0, "읽을 수 없는"), (400, 0, "앞으로")],
)
async def test_a_time_that_can_t_be_is_refused(lesson, school, days, minutes, why):
    kim, mine, _ = lesson
    at = school.now + timedelta(days=days, minutes=minutes)
    ((outcome, said),) = await told(kim, school, await entry(school, mine, at=at.isoformat()))
    assert (outcome, why in said) == ("refused", True)
    assert await marks(school) == []


async def test_a_clock_that_is_off_is_corrected_and_that_is_said(lesson, school):
    kim, mine, _ = lesson
    wrong = school.now - timedelta(hours=30)
    one = await entry(school, mine, at=(wrong - timedelta(minutes=3)).isoformat())
    answer = await sends(kim, school, one, now=wrong.isoformat())
    assert "1800분 느립니다" in answer.json()["note"]
    (row,) = await school.rows(select(attendance.c.marked_at))
    assert row.marked_at == school.now - timedelta(minutes=3)


async def test_a_class_that_was_dropped_or_moved_meanwhile_takes_nothing(lesson, school):
    kim, mine, _ = lesson
    one, first = await entry(school, mine), await meeting(school, mine)
    there = (first.starts_at + timedelta(days=1), first.ends_at + timedelta(days=1))
    await school.database.write(lambda tx: sessions.move(tx, first, there, school.now))
    assert "옮겨졌습니다" in (await told(kim, school, one))[0][1]
    moved = await meeting(school, mine)
    await school.database.write(lambda tx: sessions.drop(tx, moved, school.now))
    assert "없어졌습니다" in (await told(kim, school, one))[0][1]
    assert await marks(school) == []


async def test_whoever_has_left_the_course_takes_nothing(lesson, school):
    kim, mine, _ = lesson
    one = await entry(school, mine)
    await school.database.write(lambda tx: enrollments.end(tx, one["enrollment"], "cancelled", school.now))
    assert "본인취소" in (await told(kim, school, one))[0][1]
    assert await marks(school) == []


async def test_what_another_officer_tapped_isn_t_taken_without_asking(lesson, school):
    kim, mine, _ = lesson
    answer = await sends(kim, school, await entry(school, mine), officer="2")
    assert (answer.status_code, answer.json()["officer"]["name"]) == (409, "kim 님")
    assert await marks(school) == []


@pytest.mark.parametrize("entries", ["", "{}", "[1]", "[", "[[]]"])
async def test_junk_is_refused_and_said(lesson, school, entries):
    kim, *_ = lesson
    answer = await sends(kim, school, entries=entries)
    assert (answer.status_code, "읽을 수 없어" in answer.json()["problem"]) == (422, True)
    answer = await sends(kim, school, {"key": "<script>", "mark": "x"})
    assert answer.json()["answers"][0]["why"] == "읽을 수 없는 기록입니다."


async def test_scripts_in_names_stay_words(lesson, school):
    kim, mine, _ = lesson
    mark = "</script><script>alert(1)</script>"
    await school.database.write(lambda tx: tx.exec_driver_sql("UPDATE officers SET name = ?", (mark,)))
    await told(kim, school, await entry(school, mine), device=mark, written_by=mark)
    page = await kim.http.get(PAGE)
    assert "</script><script>" not in page.text
    (row,) = await school.rows(select(journal.c.args).where(journal.c.action == "sync-attendance"))
    assert row.args["device"] == mark[:30]  # kept as it was typed, and written where nothing of it runs


async def test_the_page_keeps_names_and_no_numbers(lesson, school):
    kim, *_ = lesson
    page = await kim.http.get(PAGE)
    assert json.dumps("홍길동") in page.text
    assert "0000-0001" not in page.text
    assert "00000001" not in page.text
    assert page.headers["x-keep"] == "1"
    school.waits(hours=4)  # the class is over
    kept = await kim.http.get(f"{PAGE}?class=1", follow_redirects=True)
    assert "x-keep" not in kept.headers
