"""Money of a budget as officers write it, in won however large; what can be read in two ways is refused."""

import pytest

from handlers.staff.files.cells import Wrong
from handlers.staff.year.entries.cells.amounts import money, year


@pytest.mark.parametrize(
    ("written", "won"),
    [
        (50_000_000, 50_000_000),
        (50_000_000.0, 50_000_000),
        ("50,000,000", 50_000_000),
        ("50,000,000원", 50_000_000),
        ("₩1,200,000", 1_200_000),
        ("20백만원", 20_000_000),
        ("188백만원", 188_000_000),
        ("2천만원", 20_000_000),
        ("2천3백만 원", 23_000_000),
        ("6만5천원", 65_000),
        ("6.5만원", 65_000),
        ("1억 2천만원", 120_000_000),
        ("1.5억", 150_000_000),
        ("1,500만원", 15_000_000),
        ("0", 0),
        ("-300,000", -300_000),
        ("△300,000", -300_000),
        ("▲30만원", -300_000),
        ("(300,000)", -300_000),
        (-300_000, -300_000),
    ],
)
def test_money_is_read_as_it_is_meant(written, won):
    assert money(written) == won


@pytest.mark.parametrize(
    "written",
    ["", "-", "원", "만원", "많음", "12.5", 12.5, "5만만", "천만", "3천2천", "1,20,000", "1e6", True, float("nan"),
     "2조", 10**13, "20 30", "오천만원"],
)  # fmt: skip
def test_what_is_no_sum_of_money_is_refused(written):
    with pytest.raises(Wrong):
        money(written)


def test_a_year_is_one_of_this_century():
    assert [year(written) for written in (2023, "2023년", "2023년도", "'23")] == [2023] * 4
    for written in ("23", "1999", "2023-01", "", 20_230):
        with pytest.raises(Wrong):
            year(written)
