"""What offices write in one cell, or leave out of it: ends, rhythms and years."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.staff.courses.sheets import columns
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files import spans

SEOUL = ZoneInfo("Asia/Seoul")


# --- ends ---


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("14:00~17:00", time(14), time(17)),
        ("14:00 - 17:00", time(14), time(17)),
        ("14:00∼17:00", time(14), time(17)),
        ("14:00ㅡ17:00", time(14), time(17)),
        ("14시~17시", time(14), time(17)),
        ("14~17시", time(14), time(17)),
        ("14시 30분부터 17시까지", time(14, 30), time(17)),
        ("오후 2시~5시", time(14), time(17)),
        ("저녁 7시~9시", time(19), time(21)),
        ("오전 10시~12시", time(10), time(12)),
        ("오전 10시 ~ 오후 1시", time(10), time(13)),
        ("10:00~13:00 (3시간)", time(10), time(13)),
    ],
)
@pytest.mark.parametrize("header", ["교육시간", "수업 시간", "시작시간"])
def test_both_times_may_stand_in_one_cell(renamed, cell, start, end, header, as_course):
    course = as_course(renamed({"시작시간": header, "종료시간": None}, 시작시간=cell))
    assert (course.start_time, course.end_time) == (start, end)


@pytest.mark.parametrize("end", [None, "", "17:00", time(17), "14:00~17:00", "오후 5시"])
def test_an_end_that_is_told_twice_may_be_the_same(renamed, end, as_course):
    assert as_course(renamed(시작시간="14:00~17:00", 종료시간=end)).end_time == time(17)


def test_an_end_that_is_told_twice_otherwise_is_asked_about(renamed):
    _, [problem] = columns.read(renamed(시작시간="14:00~17:00", 종료시간=time(20)), SEOUL)
    assert str(problem).endswith("‘종료시간’: ‘20:00’ → ‘시작시간’의 ‘14:00~17:00’과 다릅니다. 맞는 쪽만 남겨 주세요.")


@pytest.mark.parametrize("cell", ["60시간", "14:00", "2시~5시", "14:00~", "10:00~12:00, 14:00~16:00", "오전 10시~1시"])
def test_what_tells_no_two_times_is_refused(renamed, cell):
    row = renamed({"시작시간": "교육시간", "종료시간": None}, 시작시간=cell)
    course, problems = columns.read(row, SEOUL)
    assert course is None
    assert all("‘교육시간’" in str(problem) for problem in problems)
    assert problems


def test_a_missing_end_is_told_in_its_row(renamed):
    assert COLUMNS.header_problems([renamed({"종료시간": None})]) == []
    _, [problem] = columns.read(renamed({"종료시간": None}), SEOUL)
    assert str(problem).startswith("과정 2행 ‘종료시간’: 빈칸 → 꼭 있어야 합니다.")


@pytest.mark.parametrize(
    "cell",
    [
        "2026-12-01 ~ 2026-12-29",
        "2026. 12. 1.(화) ~ 12. 29.(화)",
        "2026.12.1.~12.29.",
        "2026년 12월 1일부터 29일까지",
        "12월 1일 ~ 12월 29일",
        "12/1~12/29",
        "12.1(화)~29(화)",
        "2026-12-01 ~ 12-29",
        "2026. 12. 1. ~ 12. 29.(4주)",
        "2026. 12. 1. ~ 12. 29.(총 5회)",
        "26-12-01 ~ 26-12-29 (5회, 15시간)",
        "2026. 12. 1. ~ 12. 29. [4주/5회]",
        "12월 1일 화요일 ~ 12월 29일 화요일",
    ],
)
def test_both_days_may_stand_in_one_cell(renamed, cell, as_course):
    course = as_course(renamed({"시작일": "교육기간", "종료일": None}, 시작일=cell))
    assert (course.start_date, course.end_date) == (date(2026, 12, 1), date(2026, 12, 29))


@pytest.mark.parametrize(
    ("cell", "opens", "closes"),
    [
        ("2026. 11. 2. ~ 11. 13.", (2, 9, 0), (13, 23, 59)),
        ("11월 2일 10:00 ~ 11월 13일 18:00", (2, 10, 0), (13, 18, 0)),
        ("2026-11-02 09:00 ~ 18:00", (2, 9, 0), (2, 18, 0)),
        ("2026. 11. 2. 09:00 ~ 11. 13. 18:00", (2, 9, 0), (13, 18, 0)),
        ("11. 2. 9시 ~ 11. 13. 18시", (2, 9, 0), (13, 18, 0)),
    ],
)
def test_applications_open_and_close_in_one_cell(renamed, cell, opens, closes, as_course):
    course = as_course(renamed({"접수시작": "접수기간", "접수종료": None}, 접수시작=cell))
    read = (course.apply_start, course.apply_end.replace(second=0))
    assert read == tuple(datetime(2026, 11, *at, tzinfo=SEOUL) for at in (opens, closes))


@pytest.mark.parametrize("cell", ["2026. 12. 1. ~ 12. 29. 화,목", "12.1 ~ 12.29 (총 5회까지)", "12월", "상시"])
def test_what_is_more_or_less_than_two_days_is_told_once_with_how_to_write_them(renamed, cell):
    _, [problem] = columns.read(renamed({"시작일": "교육기간", "종료일": None}, 시작일=cell), SEOUL)
    assert str(problem).endswith(f"‘교육기간’: ‘{cell}’ → {spans.BOTH}")


# --- every other week, and extra classes ---


@pytest.mark.parametrize("cell", ["격주 화", "화(격주)", "격주 화요일", "2주마다 화"])
def test_every_other_week_may_stand_with_the_weekdays(renamed, cell, as_course):
    course = as_course(renamed(요일=cell))
    assert (course.weekdays, course.every_weeks) == ((1,), 2)


@pytest.mark.parametrize(("cell", "weeks"), [("격주", 2), ("매주", 1), (None, 1), ("2주마다", 2)])
def test_every_other_week_may_have_its_own_column(renamed, cell, weeks, as_course):
    assert as_course(renamed(주기=cell)).every_weeks == weeks


def test_a_rhythm_that_is_told_twice_otherwise_is_asked_about(renamed):
    _, [problem] = columns.read(renamed(요일="매주 화", 주기="격주"), SEOUL)
    assert "‘주기’: ‘격주’ → ‘요일’의 ‘매주 화’와 다릅니다." in str(problem)


@pytest.mark.parametrize("cell", ["1·3주 화", "격월 화", "격주"])
def test_another_rhythm_is_refused(renamed, cell):
    assert columns.read(renamed(요일=cell), SEOUL)[0] is None


def test_extra_classes_are_read_as_days(renamed, as_course):
    assert as_course(renamed(보강일="12월 5일, 2026-12-12")).extra_days == (date(2026, 12, 5), date(2026, 12, 12))


@pytest.mark.parametrize(
    ("change", "told"), [({}, "교육기간"), ({"휴강일": "2027-01-05", "종료일": "2027-01-26"}, "휴강일")]
)
def test_an_extra_class_that_cannot_be_is_refused(renamed, change, told):
    _, [problem] = columns.read(renamed(보강일="2027-01-05", **change), SEOUL)
    assert "2027-01-05: " in str(problem)
    assert told in str(problem)


# --- years ---


@pytest.mark.parametrize("cell", ["12월 1일", "12월1일(화)", "12. 1.", "12.1.(화)", "12/1"])
def test_the_year_of_a_day_is_that_of_the_term(renamed, cell, as_course):
    assert as_course(renamed(시작일=cell)).start_date == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("term", "start", "field", "cell", "read"),
    [
        ("2027년 상반기", "3월 2일", "접수시작", "12월 1일", date(2026, 12, 1)),
        ("2027년 상반기", "3월 2일", "접수시작", "2월 1일", date(2027, 2, 1)),
        ("2026년 하반기", "11월 3일", "종료일", "2월 23일", date(2027, 2, 23)),
        ("2026년 하반기", "11월 3일", "종료일", "12월 29일", date(2026, 12, 29)),
        ("2026년 하반기", "2027-01-05", "종료일", "2월 23일", date(2027, 2, 23)),
    ],
)
def test_a_day_without_a_year_lies_beside_the_first_class(renamed, term, start, field, cell, read):
    named = {
        "학기": term,
        "시작일": start,
        "종료일": "2027-03-30",
        "접수시작": "2026-11-02",
        "접수종료": "2026-11-02 18:00",
    }
    values, problems = COLUMNS.read(renamed(**{**named, field: cell}))
    assert problems == []
    found = values["apply_start" if field == "접수시작" else "end_date"]
    assert (found.year, found.month, found.day) == (read.year, read.month, read.day)


def test_days_off_without_a_year_lie_within_the_course(renamed, as_course):
    course = as_course(renamed(시작일="2026-12-01", 종료일="2027-01-26", 휴강일="12월 8일, 1월 5일"))
    assert course.days_off == (date(2026, 12, 8), date(2027, 1, 5))


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("시작일", "3월 2일"),  # not in the second half of a year
        ("시작일", "13월 1일"),
        ("시작일", "12월"),
        ("시작일", "26.12"),
        ("접수시작", "1월 4일"),  # eleven months before
        ("종료일", "2월 30일"),
    ],
)
def test_a_day_whose_year_is_not_sure_is_refused(renamed, field, cell):
    _, [problem] = columns.read(renamed(**{field: cell}), SEOUL)
    assert f"‘{field}’: ‘{cell}’ → 날짜" in str(problem)


def test_a_weekday_that_is_another_in_that_year_is_refused(renamed):
    _, [problem] = columns.read(renamed(시작일="12월 1일(수)"), SEOUL)
    assert "이 날은 화요일입니다" in str(problem)
