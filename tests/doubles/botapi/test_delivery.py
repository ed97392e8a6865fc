"""Updates reach the bot by polling or by webhook, and stay until they are confirmed."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict

from tests.support.botapi import BotApi
from tests.support.waiting import until


@dataclass
class Hook:
    """The bot's own webhook, which answers what the test wants."""

    statuses: list[int] = field(default_factory=list)
    got: list[tuple[int, str]] = field(default_factory=list)
    url: str = ""
    is_open: asyncio.Event = field(default_factory=asyncio.Event)
    inside: dict[int, int] = field(default_factory=dict)
    most_inside: int = 0

    async def handle(self, request: web.BaseRequest) -> web.Response:
        update = json.loads(await request.read())
        chat_id = update["message"]["chat"]["id"]
        self.inside[chat_id] = self.inside.get(chat_id, 0) + 1
        self.most_inside = max(self.most_inside, self.inside[chat_id])
        await self.is_open.wait()
        self.inside[chat_id] -= 1
        self.got.append((update["update_id"], request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    hook.is_open.set()
    runner = web.ServerRunner(web.Server(hook.handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    yield hook
    await runner.cleanup()


async def emptied(api: BotApi) -> None:
    await until(lambda: not api.updates.pending)


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(api: BotApi, bot: Bot):
    first = await api.person(1).says("하나")
    second = await api.person(1).says("둘")
    assert [update.update_id for update in await bot.get_updates()] == [first, second]
    assert [update.update_id for update in await bot.get_updates(offset=second)] == [second]
    assert [update.update_id for update in await bot.get_updates()] == [second]
    assert not await bot.get_updates(offset=second + 1)


async def test_a_negative_offset_forgets_all_but_the_last(api: BotApi, bot: Bot):
    ids = [await api.person(1).says(f"{number}") for number in range(5)]
    assert [update.update_id for update in await bot.get_updates(offset=-2)] == ids[-2:]
    assert [update.update_id for update in await bot.get_updates()] == ids[-2:]


async def test_a_limit_is_kept_and_a_long_poll_waits(api: BotApi, bot: Bot):
    waiting = asyncio.create_task(bot.get_updates(timeout=5, limit=1))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    first = await api.person(1).says("하나")
    await api.person(1).says("둘")
    assert [update.update_id for update in await waiting] == [first]


async def test_only_allowed_kinds_are_queued_from_then_on(api: BotApi, bot: Bot):
    await bot.get_updates(allowed_updates=["message"])
    api.person(1).blocks()
    message = await api.person(1).says("안녕")
    assert [update.update_id for update in await bot.get_updates()] == [message]


async def test_a_redelivered_update_comes_though_it_was_confirmed(api: BotApi, bot: Bot):
    update_id = await api.person(1).says("하나")
    await bot.get_updates(offset=update_id + 1)
    api.redeliver(update_id)
    assert [update.update_id for update in await bot.get_updates(offset=update_id + 1)] == [update_id]
    assert not await bot.get_updates(offset=update_id + 1)


async def test_polling_beside_a_webhook_is_a_conflict(bot: Bot, hook: Hook):
    await bot.set_webhook(hook.url)
    with pytest.raises(Conflict, match="use deleteWebhook to delete the webhook first"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_webhook_gets_waiting_and_new_updates_with_the_secret(api: BotApi, bot: Bot, hook: Hook):
    waiting = await api.person(1).says("전")
    await bot.set_webhook(hook.url, secret_token="s3cret")
    fresh = await api.person(2).says("후")
    await emptied(api)
    assert sorted(hook.got) == [(waiting, "s3cret"), (fresh, "s3cret")]


async def test_a_refused_delivery_is_retried_in_order(api: BotApi, bot: Bot, hook: Hook):
    hook.statuses = [500, 503, 200]
    await bot.set_webhook(hook.url)
    first = await api.person(1).says("하나")
    second = await api.person(1).says("둘")
    await emptied(api)
    assert [update_id for update_id, _ in hook.got] == [first, first, first, second]
    assert (
        await bot.get_webhook_info()
    ).last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_webhook_gets_one_update_a_chat_and_many_chats_at_once(api: BotApi, bot: Bot, hook: Hook):
    hook.is_open.clear()
    await bot.set_webhook(hook.url)
    for number in range(3):
        for user_id in range(1, 11):
            await api.person(user_id).says(f"{number}")
    await until(lambda: sum(hook.inside.values()) == 10)
    hook.is_open.set()
    await emptied(api)
    assert hook.most_inside == 1


async def test_a_webhook_secret_has_only_letters_digits_and_dashes(bot: Bot, hook: Hook):
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook(hook.url, secret_token="비밀")
