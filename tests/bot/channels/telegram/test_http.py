"""Requests reach Telegram whole, and a failure tells whether anything can have been sent."""

import asyncio
import logging
import socket
import traceback
from collections.abc import Iterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.channels.telegram.http import AiohttpRequest, Unsent
from tests.support.botapi import TOKEN, BotApi
from tests.support.waiting import until


@pytest.fixture
def deaf_url() -> Iterator[str]:
    """A server that never accepts: its queue of connections is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        waiting = [socket.socket() for _ in range(4)]
        for connection in waiting:
            connection.setblocking(False)
            connection.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        for connection in waiting:
            connection.close()


def a_bot(url: str, request: AiohttpRequest | None = None) -> Bot:
    return Bot(TOKEN, base_url=f"{url}/bot", request=request or AiohttpRequest(), get_updates_request=AiohttpRequest())


async def failure_of(bot: Bot, **how: float) -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await bot.send_message(1, "안녕하세요", **how)
    return raised.value


async def test_nested_parameters_and_hangul_go_out_as_json(api: BotApi, bot: Bot):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("신청 🎓", callback_data="courses/1/enroll")]])
    await bot.send_message(1, "한글 <b>굵게</b>", parse_mode="HTML", reply_markup=markup, disable_notification=True)
    assert api.person(1).screen.text == "한글 굵게"
    assert api.person(1).screen.labels == ["신청 🎓"]
    assert api.person(1).screen.silent


async def test_a_file_is_uploaded_with_its_korean_name(api: BotApi, bot: Bot):
    await bot.send_document(1, b"\x00\xff" * 100_000, filename='수료증 "1".pdf', caption="수료를 축하합니다")
    document = api.person(1).screen.document
    assert document
    assert (document.name, document.mime) == ('수료증 "1".pdf', "application/pdf")
    assert document.data == b"\x00\xff" * 100_000
    assert api.person(1).screen.text == "수료를 축하합니다"


async def test_a_refused_connection_sent_nothing(api: BotApi):
    await api.stop()
    async with AiohttpRequest() as request:
        with pytest.raises(Unsent):
            await request.post(f"{api.url}/bot{TOKEN}/getMe")
    await api.start()


async def test_an_unknown_host_sent_nothing():
    async with AiohttpRequest() as request:
        with pytest.raises(Unsent):
            await request.post(f"http://bot-api.invalid/bot{TOKEN}/getMe")


async def test_a_connection_not_made_in_time_sent_nothing(deaf_url: str):
    async with AiohttpRequest(connect_timeout=0.1, pool_timeout=0.1) as request:
        with pytest.raises(Unsent):
            await request.post(f"{deaf_url}/bot{TOKEN}/getMe")


async def test_a_full_pool_sent_nothing(api: BotApi):
    async with a_bot(api.url, AiohttpRequest(connections=1, read_timeout=60)) as bot:
        slow = api.fail("sendMessage", "timeout", seconds=60)
        first = asyncio.create_task(bot.send_message(1, "첫째"))
        await until(lambda: api.faults.struck)
        assert type(await failure_of(bot, pool_timeout=0.05, connect_timeout=0.05)) is Unsent
        slow.over.set()
        await first
    assert [message.text for message in api.person(1).messages] == ["첫째"]


async def test_a_client_that_is_not_running_sent_nothing(api: BotApi):
    request = AiohttpRequest()
    with pytest.raises(Unsent):
        await request.post(f"{api.url}/bot{TOKEN}/getMe")
    async with request:
        assert await request.post(f"{api.url}/bot{TOKEN}/getMe")
    with pytest.raises(Unsent):
        await request.post(f"{api.url}/bot{TOKEN}/getMe")


@pytest.mark.parametrize("after", [False, True])
async def test_silence_after_sending_has_an_unknown_outcome(api: BotApi, bot: Bot, after: bool):
    api.fail("sendMessage", "timeout", after=after)
    assert type(await failure_of(bot, read_timeout=0.1)) is TimedOut
    await until(lambda: api.calls("sendMessage (timeout)"))
    assert len(api.person(1).messages) == after


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", ["reset", "garbage", 502])
async def test_a_lost_answer_has_an_unknown_outcome(api: BotApi, bot: Bot, kind: int | str, after: bool):
    api.fail("sendMessage", kind, after=after)
    assert type(await failure_of(bot)) is NetworkError
    assert len(api.person(1).messages) == after


async def test_a_broken_answer_is_not_logged(api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture):
    api.fail("sendMessage", "garbage")
    with caplog.at_level(logging.INFO):
        await failure_of(bot)
    assert "message_id" not in caplog.text


@pytest.mark.parametrize("kind", ["reset", "timeout", "garbage", 500, 502])
async def test_no_failure_and_no_log_mentions_the_token(
    api: BotApi, bot: Bot, kind: int | str, caplog: pytest.LogCaptureFixture
):
    api.fail("sendMessage", kind)
    with caplog.at_level(logging.DEBUG, "aiohttp"), caplog.at_level(logging.INFO):
        failure = await failure_of(bot, **({"read_timeout": 0.1} if kind == "timeout" else {}))
    assert TOKEN not in "".join(traceback.format_exception(failure)) + caplog.text
    assert TOKEN not in repr((failure.__cause__, failure.__context__))


async def test_a_refused_connection_does_not_mention_the_token(deaf_url: str):
    async with AiohttpRequest(connect_timeout=0.05, pool_timeout=0.05) as request:
        with pytest.raises(Unsent) as raised:
            await request.post(f"{deaf_url}/bot{TOKEN}/getMe")
    assert TOKEN not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None


async def test_a_connection_is_used_again(api: BotApi, bot: Bot):
    for number in range(5):
        await bot.send_message(1, f"{number}")
    assert len(api._runner.server.connections) == 1
