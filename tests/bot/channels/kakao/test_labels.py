"""What is too long for KakaoTalk goes on in the next bubble or is shortened, between two signs."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from bot.channels.kakao.labels import LABEL, pieces, shortened
from handlers.language.letters.widths import units
from tests.support.sentences.signs import FAMILY, signed, whole


@given(signed, st.integers(20, 60))
def test_no_bubble_is_too_long_and_none_begins_within_a_sign(text, limit):
    parts = list(pieces(text, limit))
    assert [part for part in parts if units(part) > limit] == []
    assert "".join(parts) == text
    assert set(accumulate(map(len, parts))) <= whole(text)


@given(st.lists(signed.map(lambda text: FAMILY + text + FAMILY), min_size=1, max_size=4))
def test_a_shortened_label_is_made_of_whole_signs(long):
    for label, short in zip(long, shortened(long), strict=True):
        assert units(short) <= LABEL
        assert set(iter_graphemes(short.rpartition(" (")[0] or short)) <= {"…", *iter_graphemes(label)}
