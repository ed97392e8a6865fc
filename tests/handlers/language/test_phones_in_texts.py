"""Telephone numbers in running text: which are noticed by whom."""

import pytest

from handlers.language.phones import contains_mobile, contains_number, mask_numbers


@pytest.mark.parametrize(
    ("text", "number", "mobile", "masked"),
    [
        ("문의 010-0000-0000", True, True, "문의 *"),
        ("문의 02)000-0000", True, False, "문의 *"),
        ("문의 +82 10 0000 0000", True, False, "문의 *"),
        ("문의 0505-000-0000", True, False, "문의 *"),
        ("문의 1588-0000", True, False, "문의 1588-0000"),
        ("0 1 0 0 0 0 0 0 0 0 0", True, False, "0 1 0 0 0 0 0 0 0 0 0"),
        ("시급 11,000원, 2026-12-24 18:00", False, False, "시급 11,000원, 2026-12-24 18:00"),
    ],
)
def test_a_number_is_noticed_as_its_use_demands(text, number, mobile, masked):
    assert (contains_number(text), contains_mobile(text), mask_numbers(text, "*")) == (number, mobile, masked)
