"""A course is proposed once more for a coming term, on the same weekdays, and nothing is made by looking at it."""

from datetime import date

import pytest

from handlers.staff.courses.forms import copying
from storage.tables import courses
from tests.support.domain import SEOUL


async def copy_of(school, **differing):
    course = await school.opens(**{"code": "2026-2-07", **differing})
    code = (await school.rows(courses.select().where(courses.c.id == course)))[0].code
    return await school.gets(copying.copied, code)


@pytest.mark.on_sqlite
async def test_the_days_are_half_a_year_later_on_the_same_weekdays(school):
    texts = (await copy_of(school)).texts
    assert (texts["code"], texts["term"]) == ("2027-1-07", "2027년 상반기")
    assert (texts["start_date"], texts["end_date"]) == ("2027-06-08", "2027-06-29")
    assert date.fromisoformat(texts["start_date"]).weekday() == date(2026, 12, 8).weekday()
    assert texts["apply_start"] == "2027-05-21 10:00"


@pytest.mark.on_sqlite
async def test_all_else_stays_and_nothing_is_made(school):
    shown = await copy_of(school, supplies="앞치마", days_off=(date(2026, 12, 15),), state="hidden")
    assert [shown.texts[name] for name in ("supplies", "days_off", "state")] == ["앞치마", "", "공개"]
    assert shown.code == ""
    assert len(await school.rows(courses.select())) == 1


@pytest.mark.on_sqlite
async def test_it_lasts_as_much_longer_as_holidays_take_classes_away(school):
    shown = await copy_of(
        school, start_date=date(2026, 4, 4), end_date=date(2026, 4, 25), weekdays=(5,), term="2026-H1"
    )
    # Of four Saturdays one is 개천절.
    assert (shown.texts["start_date"], shown.texts["end_date"]) == ("2027-04-03", "2027-04-24")


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("code", "term", "start", "proposed"),
    [
        ("26-01", "2026-H2", date(2026, 12, 8), "27-01"),
        ("26-1-03", "2026-H1", date(2026, 6, 2), "26-2-03"),
        ("T-7", "2026-H2", date(2026, 12, 8), "T-8"),
        ("요리", "2026-H2", date(2026, 12, 8), "요리-2"),
        ("24-01", "2024-H1", date(2024, 3, 5), "27-01"),
    ],
)
async def test_the_number_is_one_that_is_free(school, code, term, start, proposed):
    shown = await copy_of(school, code=code, term=term, start_date=start, end_date=start + school.days(21))
    assert shown.texts["code"] == proposed


async def test_a_course_of_long_ago_is_proposed_for_a_term_that_is_to_come(school):
    shown = await copy_of(school, term="2024-H1", start_date=date(2024, 3, 5), end_date=date(2024, 3, 26))
    assert date.fromisoformat(shown.texts["start_date"]) > school.now.astimezone(SEOUL).date()
    assert shown.texts["term"] == "2027년 상반기"
