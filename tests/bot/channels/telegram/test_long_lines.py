"""A line that is too long for a message on Telegram goes on in the next one."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import writing
from handlers.dialogue.reply import Button, Card, Reply
from handlers.language.letters.widths import units
from tests.support.sentences.signs import signed, whole


@given(signed, st.integers(20, 60))
def test_no_message_is_too_long_and_none_begins_within_a_sign(text, limit):
    parts = writing.texts(Reply(text), limit)
    assert [part for part in parts if units(part) > limit] == []
    assert "".join(parts) == text
    assert set(accumulate(map(len, parts))) <= whole(text)


def test_a_part_of_a_list_goes_on_with_its_numbers():
    one = (Card("꽃꽂이", button=Button("꽃꽂이", "courses/7")),)
    last = Reply("이어서 보여 드려요.", cards=one, before=6, whole=Reply("", cards=one * 7))
    assert "7. 꽃꽂이" in writing.plain(last)[0]
    assert writing.keyboard(last) == {"inline_keyboard": [[{"text": "7. 꽃꽂이", "callback_data": "courses/7"}]]}
