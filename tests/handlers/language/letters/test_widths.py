"""Texts are cut to a limit in UTF-16 units, and whatever is seen as one sign stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from handlers.language.letters.widths import first_part, fitting, units, width, within
from tests.support.sentences.signs import ACCENT, FAMILY, FLAG, HAN, signed, whole


@given(signed, st.integers(0, 60))
def test_a_cut_tears_no_sign_never_exceeds_the_limit_and_takes_all_that_fits(text, limit):
    at = fitting(text, limit)
    assert at in whole(text)
    assert units(text[:at]) <= limit
    assert at == len(text) or units(text[:at] + next(iter_graphemes(text[at:]))) > limit


@given(signed, st.integers(1, 60))
def test_what_is_shortened_keeps_the_limit_and_only_whole_signs(text, limit):
    short = within(text, limit)
    assert units(short) <= limit
    assert short == text or len(short) - 1 in whole(text)


def test_a_sign_longer_than_any_piece_is_torn_rather_than_waited_for():
    assert units(FAMILY) == 11
    assert [first_part(FAMILY, limit) for limit in (11, 10, 1)] == [7, 5, 1]


@pytest.mark.parametrize(
    ("text", "wide"), [("수강", 4), ("ab", 2), (FAMILY, 2), (FLAG, 2), (HAN, 2), (ACCENT, 1), ("", 0)]
)
def test_a_text_is_as_wide_as_it_is_seen(text, wide):
    assert width(text) == wide
