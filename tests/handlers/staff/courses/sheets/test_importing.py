"""Importing: all or nothing, twice is once, and what is changed stays what it was to those who know it."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.settings import Settings
from bot.terminal.typed import typed
from handlers.staff.courses.sheets import importing as course_imports
from handlers.staff.courses.sheets import template
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import summary
from handlers.staff.files import workbook
from handlers.staff.files.reading import sheets
from handlers.staff.reports.lines import of_told
from storage import tables
from storage.people import residents
from storage.seating import enrollments
from storage.teaching import courses, sessions
from tests.support.databases.statements import statements

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 3, tzinfo=UTC)
CLOSED = {date(2026, 12, 22): "시설 점검"}


def importing(rows, closed_days=None, now=NOW, only_check=False):
    desk = Desk(replace(Settings().to_organization(), closed_days=closed_days or {}), now)
    return lambda tx: course_imports.import_courses(tx, desk, rows, only_check)


def lines(report):
    return of_told(summary([report]), typed)


def told(report):
    return "\n".join(lines(report))


def the_course(tx):
    return courses.by_code(tx, ["26-01"])["26-01"]


def the_sessions(tx):
    return sessions.of_courses(tx, [the_course(tx).id])


def count_courses(tx):
    return tx.execute(select(func.count()).select_from(tables.courses)).scalar_one()


def seat_three(tx):
    for number in range(3):
        resident = residents.welcome(tx, "web", f"r{number}", "ko", NOW)
        enrollments.add(tx, the_course(tx).id, resident.id, "confirmed", "web", NOW)


async def test_a_course_is_kept_as_it_was_written(sqlite, rows):
    await sqlite.write(importing(rows({"휴강일": "2026-12-15"}), CLOSED))
    course = await sqlite.read(the_course)
    assert (course.capacity, course.term, course.weekdays, course.material_fee) == (15, "2026-H2", (1,), 120_000)
    assert course.apply_end == datetime(2026, 11, 13, 23, 59, 59, tzinfo=SEOUL)
    assert [session.starts_at.astimezone(SEOUL).day for session in await sqlite.read(the_sessions)] == [1, 8, 29]


async def test_skipped_days_are_told_by_course_with_their_reasons(sqlite, rows):
    report = await sqlite.write(importing(rows({"요일": "화,금"}), CLOSED))
    assert lines(report) == [
        "새로 1개, 바뀜 0개, 그대로 0개입니다.",
        "새로 등록하는 과정입니다.",
        "- 26-01 바리스타 2급: 접수 11월 2일(월) 오전 9시 ~ 11월 13일(금) 오후 11시 59분, "
        "수업 12월 1일(화) ~ 12월 29일(화) 매주 화·금요일 오전 10시~오후 1시 7회, "
        "정원 15명(대기 10명), 선착순, 재료비 120,000원, 실습실 A, 공개",
        "쉬는 날이라 수업을 넣지 않은 날입니다.",
        "- 바리스타 2급(26-01): 12월 22일(화) 시설 점검, 12월 25일(금) 기독탄신일",
    ]


async def test_importing_twice_changes_nothing(sqlite, rows):
    await sqlite.write(importing(rows()))
    before = await sqlite.read(the_sessions)
    report = await sqlite.write(importing(rows()))
    assert lines(report) == ["새로 0개, 바뀜 0개, 그대로 1개입니다."]
    assert await sqlite.read(the_sessions) == before


async def test_a_changed_row_changes_the_course_of_its_number(sqlite, rows):
    await sqlite.write(importing(rows()))
    before = await sqlite.read(the_course)
    report = await sqlite.write(importing(rows({"과정명": "바리스타 1급"}, {"과정번호": "26-02"})))
    assert told(report).startswith("새로 1개, 바뀜 1개, 그대로 0개입니다.")
    after = await sqlite.read(the_course)
    assert (after.id, after.title) == (before.id, "바리스타 1급")


async def test_a_moved_session_keeps_its_id_and_only_it_is_revised(sqlite, rows):
    await sqlite.write(importing(rows({"휴강일": "2026-12-29"})))
    before = await sqlite.read(the_sessions)
    await sqlite.write(importing(rows({"휴강일": "2026-12-22"})))
    after = await sqlite.read(the_sessions)
    assert [session.id for session in after] == [session.id for session in before]
    assert [session.revision for session in after] == [0, 0, 0, 1]
    assert after[3].starts_at.astimezone(SEOUL).day == 29


async def test_sessions_come_and_go_at_the_end(sqlite, rows):
    await sqlite.write(importing(rows()))
    before = await sqlite.read(the_sessions)
    await sqlite.write(importing(rows({"종료일": "2026-12-08"})))
    assert await sqlite.read(the_sessions) == before[:2]
    await sqlite.write(importing(rows({"종료일": "2026-12-15"})))
    assert [session.number for session in await sqlite.read(the_sessions)] == [1, 2, 3]


async def test_a_day_that_is_closed_later_changes_the_course(sqlite, rows):
    await sqlite.write(importing(rows()))
    assert (await sqlite.write(importing(rows(), CLOSED))).changed == 1


async def test_one_bad_row_and_nothing_is_imported(sqlite, rows):
    report = await sqlite.write(
        importing(rows({}, {"과정번호": "26-02", "정원": "많이", "요일": "언젠가"}, {"학기": None}))
    )
    assert lines(report)[0] == "고칠 곳이 3군데 있어 아무것도 등록하지 않았습니다."
    assert "과정 3행 C13열 ‘정원’: ‘많이’" in lines(report)[1]
    assert await sqlite.read(count_courses) == 0


async def test_one_bad_row_changes_no_course_that_is_there(sqlite, rows):
    await sqlite.write(importing(rows()))
    await sqlite.write(importing(rows({"과정명": "딴 이름"}, {"과정번호": "26-02", "정원": 0})))
    assert (await sqlite.read(the_course)).title == "바리스타 2급"


CONFLICTS = [
    ({"종료일": "2026-11-30"}, "종료일", "시작일"),
    ({"종료일": "2029-11-30"}, "종료일", "2년"),
    ({"접수종료": "2026-11-01"}, "접수종료", "접수시작"),
    ({"접수종료": "2026-12-30"}, "접수종료", "종료일"),
    ({"종료시간": "10:00"}, "종료시간", "시작시간"),
    ({"최소인원": 16}, "최소인원", "정원"),
    ({"종료일": "2026-12-01", "요일": "금"}, "요일", "하루도 없습니다"),
    ({"시작일": "2026-12-25", "종료일": "2026-12-25", "요일": "금"}, "요일", "12월 25일(금) 기독탄신일"),
]


@pytest.mark.parametrize(("change", "header", "why"), CONFLICTS)
def test_cells_that_contradict_each_other_are_told(rows, change, header, why):
    [problem] = course_imports.check(rows(change), SEOUL, {}).problems
    assert f"‘{header}’" in problem.place
    assert why in problem.expected


def test_the_same_number_twice_names_both_rows(rows):
    [problem] = course_imports.check(rows({}, {}), SEOUL, {}).problems
    assert "3행" in problem.place
    assert "과정 2행에 같은 번호" in problem.expected


async def test_capacity_cannot_go_below_the_seats_that_are_held(sqlite, rows):
    await sqlite.write(importing(rows()))
    await sqlite.write(seat_three)
    report = await sqlite.write(importing(rows({"정원": 2, "최소인원": 0})))
    assert "‘2’ → 이미 3명이 자리를 얻어" in told(report)
    assert (await sqlite.write(importing(rows({"정원": 3, "최소인원": 0})))).problems == ()


async def test_a_preview_tells_the_same_and_writes_nothing(sqlite, rows):
    preview = await sqlite.read(importing(rows(), only_check=True))
    assert await sqlite.read(count_courses) == 0
    assert preview == await sqlite.write(importing(rows()))


async def test_a_registration_that_is_over_already_is_told(sqlite, rows):
    report = await sqlite.write(importing(rows(), now=datetime(2027, 11, 3, tzinfo=UTC)))
    assert "접수기간이 이미 지난 과정이 있습니다. 연도를 확인해 주세요: 바리스타 2급" in told(report)


async def test_the_template_can_be_imported_as_it_is(sqlite, tmp_path):
    for today in (date(2026, 1, 1), date(2026, 11, 23), date(2028, 2, 29)):
        (tmp_path / "courses.xlsx").write_bytes(workbook.write(template.pages(today)))
        rows = sheets.read(tmp_path / "courses.xlsx")
        assert [row.number for row in rows] == [2]
        assert (await sqlite.write(importing(rows))).problems == ()


def test_the_template_offers_choices_that_can_be_read_and_explains_every_column(tmp_path):
    (tmp_path / "courses.xlsx").write_bytes(workbook.write(template.pages(date(2026, 11, 23))))
    book = load_workbook(tmp_path / "courses.xlsx")
    offered = {rule.error: rule.formula1.strip('"').split(",") for rule in book["과정"].data_validations.dataValidation}
    chosen = [column for column in COLUMNS.all if column.kind.choices]
    assert all(column.kind.parse(word) is not None for column in chosen for word in offered[column.kind.expected])
    assert {column.header for column in COLUMNS.all} <= {row[0].value for row in book["설명"].iter_rows()}
    assert book["과정"].freeze_panes == "C2"


async def test_cp949_csv_and_excel_give_the_same_course(sqlite, rows, tmp_path, workbook):
    cells = {name: str(value) for name, value in rows()[0].cells.items()}
    with (tmp_path / "courses.csv").open("w", encoding="cp949", newline="") as file:
        csv.writer(file).writerows([["2026년 과정"], cells.keys(), cells.values()])
    await sqlite.write(importing(sheets.read(tmp_path / "courses.csv")))
    retyped = cells | {"시작일": datetime(2026, 12, 1), "종료시간": datetime(2026, 12, 1, 13).time(), "정원": 15}  # noqa: DTZ001
    report = await sqlite.write(importing(sheets.read(workbook([], list(retyped), list(retyped.values())))))
    assert report.same == 1


async def test_each_course_more_takes_one_statement_more(sqlite, rows):
    asked = {}
    for count in (10, 1000):
        with statements() as asked[count]:
            many = rows(*({"과정번호": f"N{count}-{number}"} for number in range(count)))
            assert (await sqlite.write(importing(many))).new == count
    assert len(asked[1000]) <= len(asked[10]) + 990


HEADERS = st.sampled_from([column.header for column in COLUMNS.all])
JUNK = st.one_of(st.none(), st.text(max_size=30), st.integers(), st.floats(), st.datetimes(), st.times(), st.booleans())


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=HEADERS, junk=JUNK)
def test_junk_in_a_cell_is_imported_or_the_cell_is_named(rows, header, junk):
    checked = course_imports.check(rows({header: junk}, {"과정번호": "26-02"}), SEOUL, {})
    if not checked.problems:
        assert [one.course.code for one in checked.planned][1:] == ["26-02"]
    for problem in checked.problems:
        assert header in str(problem)
        assert "2행" in str(problem)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=HEADERS, junk=JUNK)
async def test_junk_never_leaves_half_a_file(sqlite, rows, header, junk):
    await sqlite.write(lambda tx: tx.execute(tables.sessions.delete()) and tx.execute(tables.courses.delete()))
    report = await sqlite.write(importing(rows({header: junk}, {"과정번호": "26-02"})))
    assert await sqlite.read(count_courses) == (0 if report.problems or report.questions else 2)


async def test_a_row_that_says_nothing_of_the_state_leaves_it(sqlite, rows):
    await sqlite.write(importing(rows({"상태": "접수중지"})))
    await sqlite.write(importing(rows({"장소": "다른 방"})))
    course = await sqlite.read(the_course)
    assert (course.state, course.venue) == ("suspended", "다른 방")


async def test_courses_without_a_sort_beside_others_that_have_one_are_told(sqlite, rows):
    named = {"과정번호": "26-02", "과정명": "제과", "분류": ""}
    report = await sqlite.write(importing(rows({}, named)))
    assert "‘분류’가 비어 ‘기타’에 넣는 과정이 있습니다: 제과" in told(report)
    assert "분류" not in told(await sqlite.write(importing(rows(named | {"과정번호": "26-03"}))))


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (200000000, "02-0000-0000"),
        (200000000.0, "02-0000-0000"),
        ("1000000001", "010-0000-0001"),
        ("3100000000.0", "031-0000-0000"),
        (15880000, "15880000"),
        ("평생학습팀 02-000-0000", "평생학습팀 02-000-0000"),
        ("없음", ""),
    ],
)
def test_a_number_to_call_gets_the_zero_back_that_excel_took(rows, cell, kept):
    values, _ = COLUMNS.read(rows({"문의처": cell})[0])
    assert values["contact"] == kept
