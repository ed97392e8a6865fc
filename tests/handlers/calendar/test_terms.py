"""Half-years, and what is called otherwise."""

from datetime import date

import pytest

from handlers.calendar.terms import before, last_day


@pytest.mark.parametrize(
    ("term", "earlier"),
    [("2026-H2", "2026-H1"), ("2026-H1", "2025-H2"), ("next", ""), ("1", ""), ("2026-H3", ""), ("", "")],
)
def test_the_term_before_is_known_of_half_years_alone(term, earlier):
    assert before(term) == earlier


def test_a_term_ends_with_its_half_year():
    assert (last_day("2026-H1"), last_day("2026-H2")) == (date(2026, 6, 30), date(2026, 12, 31))
