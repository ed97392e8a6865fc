"""A line that is too long for a message on Telegram goes on in the next one."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import writing
from handlers.dialogue.reply import Reply
from handlers.language.letters.widths import units
from tests.support.signs import signed, whole


@given(signed, st.integers(20, 60))
def test_no_message_is_too_long_and_none_begins_within_a_sign(text, limit):
    parts = writing.texts(Reply(text), limit)
    assert [part for part in parts if units(part) > limit] == []
    assert "".join(parts) == text
    assert set(accumulate(map(len, parts))) <= whole(text)
