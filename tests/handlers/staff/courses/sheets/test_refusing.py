"""What a file can't do to a course with people in it, and which numbers it may not use again."""

from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from handlers.staff.courses.sheets.importing import import_courses
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Meant
from storage.people import residents
from storage.seating import enrollments
from storage.tables import draws
from storage.teaching import courses, sessions
from tests.support.domain import typed

NOW = datetime(2026, 11, 3, tzinfo=UTC)
AFTER = datetime(2026, 11, 16, tzinfo=UTC)  # the close of applications
OVER = datetime(2026, 12, 29, 5, tzinfo=UTC)  # the last class was an hour ago


@pytest.fixture
def import_file(sqlite, rows):
    async def make(*changes, now=NOW, **meant):
        desk = Desk(Settings().to_organization(), now)
        return await sqlite.write(lambda tx: import_courses(tx, desk, rows(*changes), meant=Meant(**meant)))

    return make


@pytest.fixture
def taken(sqlite):
    """So many enrollments in each state, in the good course."""

    async def make(**states):
        await sqlite.write(lambda tx: enroll(tx, states))

    return make


def enroll(tx, states):
    course = courses.by_code(tx, ["26-01"])["26-01"]
    for number, state in enumerate(state for state, count in states.items() for _ in range(count)):
        person = residents.welcome(tx, "web", f"{state}{number}", "ko", NOW)
        enrollments.add(tx, course.id, person.id, state, "web", NOW)


async def the_course(sqlite):
    return await sqlite.read(lambda tx: courses.by_code(tx, ["26-01"])["26-01"])


METHODS = [
    ("추첨", {"applied": 3}, "선착순", "‘추첨’ → 뽑히기를 기다리는 신청이 3건 있는데, 선착순에서는 아무도"),
    ("심사", {"applied": 1}, "선착순", "‘심사’로 두어 주세요."),
    ("선착순", {"confirmed": 2, "waiting": 1}, "추첨", "대기하는 분이 1명 있어"),
]


@pytest.mark.parametrize(("before", "states", "after", "why"), METHODS)
async def test_a_method_that_would_leave_applications_undecided_is_refused(
    sqlite, import_file, taken, before, states, after, why
):
    await import_file({"선정방법": before})
    await taken(**states)
    (problem,) = (await import_file({"선정방법": after})).problems
    assert "‘선정방법’" in str(problem)
    assert why.removeprefix(f"‘{before}’ → ") in str(problem)


@pytest.mark.parametrize("change", [("추첨", "심사", {"applied": 3}), ("선착순", "추첨", {"confirmed": 1})])
async def test_a_method_by_which_everybody_is_decided_on_can_be_taken(import_file, taken, change):
    before, after, states = change
    await import_file({"선정방법": before})
    await taken(**states)
    assert (await import_file({"선정방법": after})).changed == 1


async def test_a_list_that_is_fixed_binds_the_method_and_the_close(sqlite, import_file, taken):
    await import_file({"선정방법": "추첨"})
    await taken(applied=2)
    await sqlite.write(lambda tx: tx.execute(draws.update().values(fixed_at=AFTER)))
    found = await import_file({"선정방법": "심사", "접수종료": "2026-11-25 18:00"}, now=AFTER)
    assert [str(each).split("‘")[1] for each in found.problems] == ["선정방법’: ", "접수종료’: "]
    assert "접수를 다시 열면 새로 신청한 분은 아무도 뽑지 않습니다" in str(found.problems[1])


async def test_applications_that_were_selected_from_are_not_opened_again(sqlite, import_file, taken):
    await import_file({"선정방법": "심사"})
    await taken(confirmed=1)
    await sqlite.write(lambda tx: enrollments.set_ranks(tx, [1]))
    (problem,) = (await import_file({"선정방법": "심사", "접수종료": "2026-11-25 18:00"}, now=AFTER)).problems
    assert "신청자를 이미 뽑았습니다" in str(problem)
    assert (await import_file({"선정방법": "심사", "접수종료": "2026-11-12 18:00"}, now=AFTER)).changed == 1


async def test_a_course_with_open_applications_is_not_begun_by_a_date(import_file, taken):
    await import_file({"선정방법": "심사"})
    await taken(applied=2)
    early = {"선정방법": "심사", "시작일": "2026-11-03"}
    (problem,) = (await import_file(early, as_written=True)).problems
    assert "아직 뽑지 않은 신청이 2건 있는데" in str(problem)


async def test_a_course_is_closed_by_the_command_that_tells_why_and_not_by_a_word(sqlite, import_file, taken):
    await import_file()
    await taken(confirmed=2)
    report = await import_file({"상태": "폐강"})
    assert "신청한 2명에게 까닭을 알려야 하니 칸을 비우고" in str(report.problems[0])
    assert [typed(step) for step in report.steps] == ["python -m bot close-course 26-01 --reason '신청 인원 부족'"]
    assert (await the_course(sqlite)).state == "published"


async def test_a_new_course_is_not_closed_by_a_word_either(import_file):
    (problem,) = (await import_file({"상태": "폐강"})).problems
    assert "파일로는 폐강할 수 없습니다" in str(problem)


async def test_a_course_that_is_over_is_not_closed(import_file):
    await import_file()
    report = await import_file({"상태": "폐강"}, now=datetime(2027, 1, 4, tzinfo=UTC))
    assert "이미 끝난 과정이라 폐강할 수 없습니다" in str(report.problems[0])
    assert report.steps == ()


ANOTHER = [{"과정명": "꽃차소믈리에"}, {"학기": "2026년 상반기", "과정명": "바리스타2급"}]


@pytest.mark.parametrize("change", ANOTHER)
async def test_another_title_or_term_under_a_number_with_people_is_refused_unless_it_is_said(
    sqlite, import_file, taken, change
):
    await import_file()
    await taken(confirmed=3, waiting=1)
    report = await import_file(change, as_written=True)
    ((code, why),) = report.reused
    assert (code, "4명이 신청한 ‘바리스타 2급’(2026년 하반기)의 번호입니다" in str(why)) == ("26-01", True)
    assert (await the_course(sqlite)).title == "바리스타 2급"
    assert (await import_file(change, as_written=True, same_courses=frozenset(["26-01"]))).changed == 1


async def test_a_title_without_people_or_written_otherwise_is_changed(import_file, taken):
    await import_file()
    assert (await import_file({"과정명": "바리스타 1급"})).changed == 1
    await taken(confirmed=1)
    assert (await import_file({"과정명": "바리스타1급"})).changed == 1


async def test_nothing_changes_after_the_last_class_unless_it_is_said_and_nobody_is_told(sqlite, import_file, taken):
    await import_file()
    await taken(confirmed=2)
    report = await import_file({"장소": "2층"}, now=OVER)
    ((_, why),) = report.reused
    assert "12월 29일(화)에 끝난 ‘바리스타 2급’의 번호입니다. 2명이 신청했습니다." in str(why)
    assert "바꾸려는 것: 장소 ‘실습실 A’ → ‘2층’" in str(why)
    said = await import_file({"장소": "2층"}, now=OVER, same_courses=frozenset(["26-01"]))
    assert (said.changed, said.concerned) == (1, frozenset())


async def test_the_same_file_after_the_last_class_is_the_same(import_file):
    await import_file()
    assert (await import_file(now=OVER)).same == 1


async def test_an_application_that_waits_for_an_officer_changes_nothing_of_the_course(sqlite, import_file, taken):
    await import_file()
    await taken(waiting=1)
    await sqlite.write(lambda tx: tx.execute(enrollments.enrollments.update().values(unchecked_since=NOW)))
    assert (await import_file()).same == 1


async def test_classes_that_are_added_or_restored_reach_those_with_a_seat(sqlite, import_file, taken):
    await import_file({"휴강일": "2026-12-22"})
    await taken(confirmed=2, waiting=1)
    report = await import_file({"휴강일": ""})
    assert (report.changed, len(report.concerned)) == (1, 2)
    added = await sqlite.read(lambda tx: sessions.changes(tx, 1, datetime(2026, 1, 1, tzinfo=UTC)))
    assert [(each.old_starts_at, each.new_starts_at.day) for each in added] == [(None, 22)]
