"""Printing days, times and sums."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language.days import dates

TUESDAY = date(2024, 3, 5)
LANGUAGES = st.sampled_from(["ko", "en"])


def test_the_weekday_of_a_day_is_computed():
    assert dates.day(TUESDAY, "ko") == "3월 5일(화)"
    assert dates.day(date(2025, 3, 5), "ko") == "3월 5일(수)"
    assert dates.day(TUESDAY, "en") == "Tue 5 Mar"


def test_the_year_is_shown_when_it_is_not_this_one():
    assert dates.day(date(2027, 3, 5), "ko", today=TUESDAY) == "2027년 3월 5일(금)"
    assert dates.day(date(2027, 3, 5), "en", today=TUESDAY) == "Fri 5 Mar 2027"
    assert dates.day(TUESDAY, "ko", today=date(2024, 12, 31)) == "3월 5일(화)"


@pytest.mark.parametrize(
    ("hour", "minute", "korean", "english"),
    [
        (0, 0, "오전 0시", "12 am"),
        (9, 5, "오전 9시 5분", "9:05 am"),
        (12, 0, "낮 12시", "12 noon"),
        (12, 30, "낮 12시 30분", "12:30 pm"),
        (14, 0, "오후 2시", "2 pm"),
        (23, 59, "오후 11시 59분", "11:59 pm"),
    ],
)
def test_a_time_is_told_by_the_half_of_the_day(hour, minute, korean, english):
    assert dates.clock(time(hour, minute), "ko") == korean
    assert dates.clock(time(hour, minute), "en") == english


def test_a_moment_is_told_as_clocks_in_seoul_show_it():
    late_in_london = datetime(2024, 3, 4, 16, 30, tzinfo=UTC)
    assert dates.moment(late_in_london, "ko") == "3월 5일(화) 오전 1시 30분"
    assert dates.moment(late_in_london, "en") == "Tue 5 Mar, 1:30 am"
    assert dates.moment(late_in_london, "ko", ZoneInfo("UTC")) == "3월 4일(월) 오후 4시 30분"


def test_a_moment_without_a_timezone_is_refused():
    with pytest.raises(ValueError):
        dates.moment(datetime(2024, 3, 5, 14), "ko")  # noqa: DTZ001


def test_a_moment_is_not_taken_for_a_day():
    with pytest.raises(TypeError):
        dates.day(datetime(2024, 3, 5, 23, tzinfo=UTC), "ko")


def test_a_span_shows_the_years_that_differ():
    assert dates.span(TUESDAY, date(2024, 5, 23), "ko") == "3월 5일(화) ~ 5월 23일(목)"
    assert dates.span(TUESDAY, date(2024, 5, 23), "en") == "Tue 5 Mar – Thu 23 May"
    assert dates.span(date(2024, 12, 3), date(2025, 1, 9), "ko") == "12월 3일(화) ~ 2025년 1월 9일(목)"
    assert dates.span(TUESDAY, date(2024, 5, 23), "ko", today=date(2026, 1, 1)) == "2024년 3월 5일(화) ~ 5월 23일(목)"


def test_a_span_of_one_day_is_that_day():
    assert dates.span(TUESDAY, TUESDAY, "ko") == "3월 5일(화)"


@pytest.mark.parametrize(
    ("start", "end", "korean", "english"),
    [
        (time(10), time(13), "오전 10시~오후 1시", "10 am–1 pm"),
        (time(10), time(12), "오전 10시~낮 12시", "10 am–12 noon"),
        (time(14), time(17, 30), "오후 2시~5시 30분", "2–5:30 pm"),
        (time(12), time(15), "낮 12시~오후 3시", "12 noon–3 pm"),
    ],
)
def test_hours_name_a_half_of_the_day_once(start, end, korean, english):
    assert dates.hours(start, end, "ko") == korean
    assert dates.hours(start, end, "en") == english


def test_weekdays_are_told_in_order():
    assert dates.weekdays([3, 1], "ko") == "화·목"
    assert dates.weekdays([5], "en") == "Sat"


def test_money_is_grouped_and_nothing_is_free():
    assert (dates.money(120000, "ko"), dates.money(0, "ko")) == ("120,000원", "무료")
    assert (dates.money(120000, "en"), dates.money(0, "en")) == ("KRW 120,000", "free")


@pytest.mark.parametrize(
    ("left", "korean", "english"),
    [
        (timedelta(days=3, hours=4, minutes=59), "3일 4시간", "3 days 4 hours"),
        (timedelta(days=1, minutes=5), "1일", "1 day"),
        (timedelta(hours=1, minutes=1), "1시간 1분", "1 hour 1 minute"),
        (timedelta(minutes=25, seconds=59), "25분", "25 minutes"),
        (timedelta(seconds=59), "1분 미만", "less than a minute"),
        (timedelta(days=-1), "1분 미만", "less than a minute"),
    ],
)
def test_the_time_left_is_told_in_two_units(left, korean, english):
    assert dates.remaining(left, "ko") == korean
    assert dates.remaining(left, "en") == english


def test_an_age_is_counted_by_years():
    assert dates.age_in(1983, TUESDAY) == 41


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)), LANGUAGES)  # noqa: DTZ001
def test_midnight_is_never_called_so(at, language):
    told = dates.moment(at, language)
    assert told == told.strip()
    assert "자정" not in told
    assert "24시" not in told
