"""A voice message is answered with a drawing of the keyboard, how to speak to it, and a way to talk to somebody."""

import pytest

from tests.support.botapi import contents
from tests.support.older.phones import PHONES

pytestmark = [pytest.mark.filterwarnings("ignore:Please use 'Bot"), pytest.mark.on_sqlite]


@pytest.fixture
async def phone(answering):
    async with PHONES["telegram"](answering) as phone:
        yield phone


@pytest.mark.parametrize("kind", ["voice", "audio", "video_note"])
async def test_who_speaks_is_shown_how_to_speak_to_the_keyboard(phone, kind):
    await phone._sends({kind: contents.voice()["voice"]})
    assert phone.screen.photo.data.startswith(b"\x89PNG")
    assert "자판의 마이크를 누르고 말씀하세요" in phone.words
    await phone.taps("전화 받기")
    assert "담당자가 전화드려요" in phone.words


async def test_in_a_form_the_question_stays_below_the_drawing(phone, school):
    await school.opens()
    for said in ("바리스타", "신청하기", "텔레그램으로 계속", "동의하고 계속", "청구동"):
        await phone.says(said)
    await phone._sends(contents.voice())
    assert phone.screen.photo
    assert "이름을 적어 주세요" in phone.words
    await phone.says("홍길동")
    assert "태어난 해" in phone.words
