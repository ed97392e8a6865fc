"""The same conversations in each chat and in both languages; BAEUMTOK_TRANSCRIPTS=folder writes down what was shown."""

import os
from pathlib import Path

import pytest

from tests.support.older.phones import PHONES
from tests.support.sentences import conversations
from tests.support.sentences.conversations import Talk

pytestmark = [pytest.mark.filterwarnings("ignore:Please use 'Bot"), pytest.mark.on_sqlite]

SCRIPT = Path(__file__).with_name("conversations.toml")
TRANSCRIPTS = os.environ.get("BAEUMTOK_TRANSCRIPTS")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("chat", PHONES)
async def test_what_is_said_in_sentences_is_answered_alike_in_each_chat(school, answering, chat, language):
    await conversations.opens(school)
    async with PHONES[chat](answering) as phone:
        talk = Talk(phone, chat, language, school)
        try:
            await talk.begins()
            for lines in conversations.script(SCRIPT, language).values():
                await talk.plays(lines)
        finally:
            if TRANSCRIPTS:
                Path(TRANSCRIPTS, f"{chat}-{language}.txt").write_text("\n".join(talk.told), encoding="utf-8")
