"""How much an account may say in a day: what goes beyond is told so, and neither stored nor done."""

from contextlib import suppress

import pytest
from sqlalchemy import select

from bot.http.limits import Days
from storage.tables import inbox
from tests.support.botapi import contents

pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use 'Bot")]


@pytest.fixture
def kept(school, taking, stranger):
    """How many messages of the stranger are stored, where a day has room for three."""
    taking._days = Days(session=3).of_session

    async def count():
        return len(await school.rows(select(inbox.c.id).where(inbox.c.address == str(stranger.id))))

    return count


async def says(stranger, all_taken, count):
    for _ in range(count):
        await stranger.says("도움말")
    await all_taken()


async def test_an_account_that_says_too_much_is_told_so_once(stranger, all_taken, kept):
    await says(stranger, all_taken, 8)
    (told,) = [message.text for message in stranger.messages if "오늘 여기서 보낸 메시지가 많아서" in message.text]
    assert (await kept(), len(stranger.messages), "02-000-0000" in told) == (3, 4, True)


async def test_a_press_that_is_too_much_is_told_so_each_time(stranger, all_taken, kept):
    await says(stranger, all_taken, 3)
    for _ in range(2):
        await stranger.presses("강좌 찾기")
        await all_taken()
    toasts = stranger.chat.toasts
    assert (await kept(), len(toasts), "천천히 받고 있어요" in stranger.toast) == (3, 2, True)


async def test_one_account_uses_up_nobody_elses_day(api, stranger, all_taken, kept):
    await says(stranger, all_taken, 5)
    assert "강좌" in (await api.person(3).asks("도움말")).text


async def test_what_could_not_be_kept_and_so_comes_again_does_not_count(taking, stranger, kept, monkeypatch):
    update = {"message": {**stranger._message(stranger.chat), **contents.text("강좌")}, "update_id": 5}
    with monkeypatch.context() as broken:
        broken.setattr(taking._inflow, "take", lambda _: 1 / 0)
        for _ in range(5):
            with suppress(ZeroDivisionError):
                await taking.take([update])
    await taking.take([update])
    assert await kept() == 1
