"""Texts of signs that are made of several code points, to be cut."""

from itertools import accumulate

from hypothesis import strategies as st
from wcwidth import iter_graphemes

FAMILY, FLAG, THUMB = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f1f0\U0001f1f7", "👍🏽"
HAN, ACCENT = "\u1112\u1161\u11ab", "e\u0301"
_one = st.characters(exclude_categories=["C", "Z"], exclude_characters="&<>")
signed = st.lists(st.one_of(st.sampled_from([FAMILY, FLAG, THUMB, HAN, ACCENT, "가", "a"]), _one)).map("".join)


def whole(text: str) -> set[int]:
    """The places at which no sign is torn."""
    return {0, *accumulate(map(len, iter_graphemes(text)))}
