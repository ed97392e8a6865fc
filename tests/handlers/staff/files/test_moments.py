"""Days, times, weekdays and terms as officers write them: read as they are meant, or refused."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.staff.files import moments
from handlers.staff.files.cells import Wrong

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
DATE_FORMS = (
    "{d:%Y-%m-%d}",
    "{d.year}.{d.month}.{d.day}.",
    "{d.year}. {d.month}. {d.day}.",
    " {d.year}. {d.month}. {d.day}",
    "'{d:%y}. {d.month}. {d.day}.",
    "’{d:%y}.{d.month}.{d.day}.",
    "{d:%Y%m%d}",
    "{d.year}/{d.month}/{d.day}",
    "{d.year}년 {d.month}월 {d.day}일",
    "{d.year}. {d.month}. {d.day}.({w})",
    "{d:%Y-%m-%d} ({w}요일)",
    "{d.year}년 {d.month}월 {d.day}일 {w}요일",
    "{d.year}. {d.month}. {d.day} {w}요일",
)


def written(form, day):
    return form.format(d=day, w=moments.WEEKDAYS[day.weekday()])


# --- days ---


@given(DAYS, st.sampled_from(DATE_FORMS))
def test_a_day_is_the_same_in_every_form(day, form):
    assert moments.day(written(form, day)) == day


@given(DAYS)
def test_a_day_that_excel_typed_or_numbered_is_the_same_as_text(day):
    typed = datetime.combine(day, time())
    serial = (day - date(1899, 12, 30)).days
    assert moments.day(typed) == moments.day(day) == moments.day(serial) == moments.day(str(serial)) == day


@given(st.lists(DAYS, min_size=1, max_size=4, unique=True), st.sampled_from(DATE_FORMS), st.sampled_from(",;·\n"))
def test_days_off_are_read_in_every_form(days, form, separator):
    text = f"{separator} ".join(written(form, day) for day in days)
    assert moments.days(text) == tuple(sorted(days))


@pytest.mark.parametrize(
    "text",
    [
        "12/1/26",
        "12-1-26",
        "12-01-2026",
        "2026-13-01",
        "2026-02-30",
        "12월 1일",
        "미정",
        "1899-12-31",
        "2026-12-01 10:00",
        "",
        "1",
    ],
)
def test_what_may_be_another_day_is_not_a_day(text):
    with pytest.raises(ValueError):
        moments.day(text)


@pytest.mark.parametrize("midnight", ["2026-12-01 00:00:00", "2026-12-01T00:00:00", "2026-12-01 0:00"])
def test_a_day_that_an_export_wrote_with_its_midnight_is_the_day(midnight):
    assert moments.day(midnight) == date(2026, 12, 1)


def test_a_day_with_the_wrong_weekday_is_refused_with_the_right_one():
    with pytest.raises(Wrong, match="화요일"):
        moments.day("2026. 12. 1.(수)")


@pytest.mark.parametrize("text", ["12. 8.", "2026-12-08 오후", "2026-12-08 ~ 12-10", "매주 화요일"])
def test_days_off_that_are_not_whole_dates_are_refused(text):
    with pytest.raises(Wrong):
        moments.days(text)


# --- moments ---

MOMENTS = {
    "2026-12-01 09:30": datetime(2026, 12, 1, 9, 30),  # noqa: DTZ001
    "2026.12.1. 오전 9시": datetime(2026, 12, 1, 9),  # noqa: DTZ001
    "2026. 12. 1.(화) 오후 6시까지": datetime(2026, 12, 1, 18),  # noqa: DTZ001
    "2026-12-1 14:00": datetime(2026, 12, 1, 14),  # noqa: DTZ001
    "2026-12-01T09:00:00": datetime(2026, 12, 1, 9),  # noqa: DTZ001
    "2026-12-01T00:00:00Z": datetime(2026, 12, 1, tzinfo=UTC),
    "2026-12-01 24:00": datetime(2026, 12, 1, 23, 59, 59),  # noqa: DTZ001
    "46357.75": datetime(2026, 12, 1, 18),  # noqa: DTZ001
}


@pytest.mark.parametrize(("text", "moment"), MOMENTS.items())
def test_a_moment_is_read_as_it_is_meant(text, moment):
    assert moments.opening(text) == moment


@given(DAYS, st.sampled_from(DATE_FORMS))
def test_a_day_alone_opens_at_nine_and_closes_at_its_last_second(day, form):
    text = written(form, day)
    assert moments.opening(text) == datetime.combine(day, time(9))
    assert moments.closing(text) == datetime.combine(day, time(23, 59, 59))
    assert moments.closing(datetime.combine(day, time())) == datetime.combine(day, time(23, 59, 59))


@given(DAYS, st.times().map(lambda moment: moment.replace(microsecond=0)), st.sampled_from(DATE_FORMS))
def test_a_day_and_a_time_are_the_same_in_every_form(day, at, form):
    assert moments.opening(f"{written(form, day)} {at:%H:%M:%S}") == datetime.combine(day, at)


def test_registration_does_not_close_at_a_midnight_that_could_be_two():
    with pytest.raises(Wrong, match="0시"):
        moments.closing("2026-12-01 00:00")


# --- times ---

CLOCKS = {
    "10:00": time(10),
    "오전 10시": time(10),
    "14시": time(14),
    "오후 2시 30분": time(14, 30),
    "오후2:30": time(14, 30),
    "2:30 PM": time(14, 30),
    "저녁 7시 반": time(19, 30),
    "낮 12시": time(12),
    "오전 6:30": time(6, 30),
    "19：00": time(19),
    time(19, 0): time(19),
    timedelta(hours=19): time(19),
    0.75: time(18),
    "00:00": time(0),
    "0시 30분": time(0, 30),
    "오전 12시": time(0),
    time(0): time(0),
    0.0: time(0),
    "24:00": time(23, 59, 59),
    "24시": time(23, 59, 59),
    timedelta(days=1): time(23, 59, 59),
    1.0: time(23, 59, 59),
    datetime(1900, 1, 1): time(23, 59, 59),  # noqa: DTZ001 - what openpyxl makes of a cell of 24:00
}


@pytest.mark.parametrize(("value", "at"), CLOCKS.items())
def test_a_time_is_read_as_it_is_meant(value, at):
    assert moments.clock(value) == at


@pytest.mark.parametrize(
    "value",
    [
        "2시",
        "2:30",
        time(2),
        "오전 14시",
        "25:00",
        "24:30",
        "오후 24:00",
        "10:00~12:00",
        "열 시",
        "오전 2:00 PM",
        10,
        "",
    ],
)
def test_a_time_that_could_be_another_is_refused(value):
    with pytest.raises(ValueError):
        moments.clock(value)


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("2026-12-15 00:00", datetime(2026, 12, 15)),  # noqa: DTZ001
        ("2026-12-15 24:00", datetime(2026, 12, 16)),  # noqa: DTZ001
        ("2026-12-31 24시", datetime(2027, 1, 1)),  # noqa: DTZ001
    ],
)
def test_a_class_begins_at_either_midnight(said, begins):
    assert moments.meeting(said, time(10)) == begins


# --- weekdays and terms ---


@given(st.sets(st.integers(0, 6), min_size=1), st.sampled_from([",", "·", "ㆍ", "", ", ", "/", " "]), st.booleans())
def test_weekdays_are_the_same_in_every_form(days, separator, long):
    text = separator.join(moments.WEEKDAYS[day] + ("요일" if long else "") for day in days)
    assert moments.weekdays(f"매주 {text}") == tuple(sorted(days))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("월~금", (0, 1, 2, 3, 4)),
        ("금∼월", (0, 4, 5, 6)),
        ("평일", (0, 1, 2, 3, 4)),
        ("월·수~금", (0, 2, 3, 4)),
        ("월요일부터 금요일까지", (0, 1, 2, 3, 4)),
        ("주중", (0, 1, 2, 3, 4)),
        ("화&목", (1, 3)),
        ("화+목", (1, 3)),
        ("평일(월~금)", (0, 1, 2, 3, 4)),
        ("평일(화, 목)", (1, 3)),
        ("주말(토)", (5,)),
        ("화,목(주2회)", (1, 3)),
        ("주 2회(화, 목)", (1, 3)),
    ],
)
def test_a_span_of_weekdays_is_all_of_them(text, days):
    assert moments.weekdays(text) == days


@pytest.mark.parametrize("value", ["", "격주 화", "화목토반", "월-수-금", "Tue", 3, None, "주말(금)", "평일 화"])
def test_what_is_not_weekdays_is_refused(value):
    with pytest.raises(Wrong):
        moments.weekdays(value)


def test_weekdays_that_are_not_as_many_as_told_are_refused():
    with pytest.raises(Wrong, match=r"주 3회.*2개"):
        moments.weekdays("화,목(주3회)")


@pytest.mark.parametrize("text", ["2026-H2", "2026년 하반기", "2026 하반기", "2026h2", "'26년 하반기"])
def test_a_term_is_the_same_in_every_form(text):
    assert moments.term(text) == "2026-H2"


@pytest.mark.parametrize("text", ["26-12-01", "26-12-1", "26-12-01(화)", "26-12-01 00:00:00"])
def test_a_short_year_before_dashes_is_one_where_it_can_be_no_month(text):
    assert moments.day(text) == date(2026, 12, 1)


def test_a_moment_may_have_a_short_year_before_dashes():
    assert moments.opening("26-12-01 10:30") == datetime(2026, 12, 1, 10, 30)  # noqa: DTZ001
