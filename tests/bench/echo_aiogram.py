"""The same bare echo on aiogram, as its own example has it; it has an environment of its own."""

import argparse
import asyncio

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python echo_aiogram.py", description=__doc__)
    parser.add_argument("--token", required=True)
    parser.add_argument("--api", required=True)
    given = parser.parse_args()
    session = AiohttpSession(api=TelegramAPIServer.from_base(given.api))
    await dispatcher.start_polling(Bot(given.token, session=session))


if __name__ == "__main__":
    asyncio.run(main())
