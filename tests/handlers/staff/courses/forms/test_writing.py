"""What a form shows of a course is read as the same course."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.staff.courses.forms.form import new, written_as
from handlers.staff.courses.forms.groups import BY_FIELD, GROUPS
from handlers.staff.courses.forms.writing import row_of, texts_of
from handlers.staff.courses.sheets.columns import read
from storage.teaching.course import Course
from tests.support.domain import COURSE, SEOUL

KNOWN = Course(id=0, code="26-01", **COURSE)
APART = {
    "apply_end": datetime(2026, 11, 30, 14, 59, 59, tzinfo=UTC),
    "start_time": time(6, 30),
    "end_time": time(23, 59, 59),
    "weekdays": (0, 2, 4),
    "every_weeks": 2,
    "days_off": (date(2026, 12, 15), date(2026, 12, 22)),
    "priority": ("청년", "경력단절여성"),
    "lift": "no",
    "open_to": "anyone",
    "counts_toward_kpi": False,
    "description": "한 줄\n두 줄",
    "waitlist_capacity": 0,
    "material_fee": 1_200_000,
    "minimum_age": 65,
    "offline_seats": 5,
    "offline_until": datetime(2026, 11, 28, 0, 0, tzinfo=UTC),
    "map": "https://map.example.org/1",
    "state": "suspended",
}


def test_every_column_of_the_sheet_stands_in_one_group_of_the_form():
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(BY_FIELD)


@pytest.mark.parametrize("field", ["code", *APART])
def test_what_is_written_into_a_form_is_read_as_the_same_course(field):
    course = replace(KNOWN, **{field: APART.get(field, "26-01")})
    assert read(row_of(texts_of(course, SEOUL)), SEOUL) == (course, [])


@given(st.times().map(lambda at: at.replace(microsecond=0)))
def test_any_time_is_written_so_that_it_is_read_as_itself(at):
    course = replace(KNOWN, start_time=at, daypart="day")
    found, _ = read(row_of(texts_of(course, SEOUL)), SEOUL)
    assert found
    assert found.start_time == at


def test_an_empty_form_means_what_an_empty_row_means():
    [course, *_], _ = zip(*(read(row_of({**texts, **GIVEN}), SEOUL) for texts in ({}, new().texts)), strict=True)
    assert course
    assert read(row_of({**new().texts, **GIVEN}), SEOUL)[0] == replace(course, state="published")


GIVEN = {
    name: texts_of(KNOWN, SEOUL)[name]
    for name in (
        "code", "title", "term", "venue", "capacity", "apply_start", "apply_end", "start_date", "end_date", "weekdays",
        "start_time", "end_time",
    )
}  # fmt: skip


def test_the_number_of_a_known_course_is_no_field_of_its_form():
    assert "code" not in written_as("26-01", texts_of(KNOWN, SEOUL)).texts
