"""Telephone numbers stand in texts as telephones find them: whole, plain, and nothing glued to them but Hangul."""

import re

import pytest

from bot.channels.telegram import writing
from handlers.dialogue import texts
from handlers.dialogue.reply import Card, Reply

PHONE = "02-000-0000"
WITH_PHONE = [
    (language, key)
    for language in texts.LANGUAGES
    for key, words in texts.catalogue(language).items()
    if "{phone" in words
]


@pytest.mark.parametrize(("language", "key"), WITH_PHONE)
def test_a_number_is_found_by_a_telephone(language, key):
    said = texts.say(language, key, **dict.fromkeys(texts.fields(language, key), "x") | {"phone": PHONE})
    (html,) = writing.texts(Reply(said, (Card("문의", facts=(("문의", PHONE),)),)))
    around = re.findall(rf"(.?){PHONE}(.?)", html, re.DOTALL)
    assert len(around) == said.count(PHONE) + 1
    assert [pair for pair in around if re.search(r"[A-Za-z0-9<>&-]", "".join(pair))] == []
