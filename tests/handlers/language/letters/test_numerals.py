"""Numbers that are spelt are read as digits where they tell an age or a year, and nowhere else."""

import pytest

from handlers.language.letters.numerals import with_digits


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("예순여덟", "68살"),
        ("스무살", "20살"),
        ("쉰", "50살"),
        ("천구백육십년생", "1960년생"),
        ("이천삼년", "2003년"),
        ("육이년생", "62년생"),
        ("백세", "백세"),
        ("칠십이세", "72세"),
        ("백칠세", "107세"),
        ("삼일동", "삼일동"),
        ("팔삼", "83"),
        ("팔십삼이요", "83이요"),
        ("천구백팔십삼", "1983"),
    ],
)
def test_numbers_that_are_spelt_are_digits(said, read):
    assert with_digits(said) == read
