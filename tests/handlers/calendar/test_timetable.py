"""Class days: the right weekdays, without holidays, closed days and days off."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from handlers.calendar.timetable import plan

SEOUL = ZoneInfo("Asia/Seoul")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def planned(start, end, weekdays, days_off=(), closed_days=None):
    return plan(start, end, weekdays, time(10), time(12), days_off, closed_days or {}, SEOUL)


def test_classes_are_on_the_weekdays_of_the_span_both_ends_included():
    days = [start.date() for start, _ in planned(date(2026, 12, 1), date(2026, 12, 10), {1, 3}).sessions]
    assert days == [date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 8), date(2026, 12, 10)]


def test_a_class_is_at_its_time_in_seoul():
    [(start, end)] = planned(date(2026, 12, 1), date(2026, 12, 1), {1}).sessions
    assert start == datetime(2026, 12, 1, 1, tzinfo=UTC)
    assert end - start == timedelta(hours=2)


def test_public_holidays_are_skipped_with_their_korean_names():
    skipped = dict(planned(date(2026, 9, 21), date(2026, 10, 9), range(7)).skipped)
    assert skipped[date(2026, 9, 25)] == "추석"
    assert skipped[date(2026, 10, 5)] == "개천절 대체 휴일"
    assert skipped[date(2026, 10, 9)] == "한글날"


def test_closed_days_and_days_off_are_skipped_with_their_reasons():
    closed = {date(2026, 12, 1): "시설 점검"}
    found = planned(date(2026, 12, 1), date(2026, 12, 15), {1}, {date(2026, 12, 8)}, closed)
    assert found.skipped == ((date(2026, 12, 1), "시설 점검"), (date(2026, 12, 8), "휴강일"))
    assert len(found.sessions) == 1


def test_a_day_off_on_another_weekday_changes_nothing():
    assert planned(date(2026, 12, 1), date(2026, 12, 8), {1}, {date(2026, 12, 2)}).skipped == ()


def days_of(end, weekdays, **rhythm):
    """The days from 1 December 2026, a Tuesday, on which there is a class."""
    found = plan(date(2026, 12, 1), date(*end), weekdays, time(10), time(12), (), {}, SEOUL, **rhythm)
    return [(start.astimezone(SEOUL).month, start.astimezone(SEOUL).day) for start, _ in found.sessions]


def test_every_other_week_begins_with_that_of_the_first_class():
    assert days_of((2026, 12, 31), {1, 3}, every_weeks=2) == [(12, 1), (12, 3), (12, 15), (12, 17), (12, 29), (12, 31)]
    assert days_of((2026, 12, 31), {0}, every_weeks=2) == [(12, 7), (12, 21)]


def test_a_holiday_moves_no_week_of_every_other_one():
    assert days_of((2027, 1, 29), {4}, every_weeks=2) == [(12, 4), (12, 18), (1, 15), (1, 29)]  # without 1 January


def test_there_is_a_class_on_an_extra_day_whatever_day_it_is():
    extra = (date(2026, 12, 5), date(2026, 12, 8), date(2026, 12, 25), date(2027, 3, 2))
    assert days_of((2026, 12, 31), {1}, extra_days=extra) == [
        *[(12, 1), (12, 5), (12, 8), (12, 15), (12, 22), (12, 25), (12, 29)]
    ]


@given(DAYS, st.integers(0, 120), st.sets(st.integers(0, 6)), st.sets(DAYS, max_size=5))
def test_every_class_day_is_either_met_or_skipped(start, length, weekdays, days_off):
    end = start + timedelta(days=length)
    found = planned(start, end, weekdays, days_off)
    days = sorted([begin.date() for begin, _ in found.sessions] + [day for day, _ in found.skipped])
    assert days == [day for n in range(length + 1) if (day := start + timedelta(days=n)).weekday() in weekdays]
    assert not {begin.date() for begin, _ in found.sessions} & days_off
