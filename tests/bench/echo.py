"""A bare echo bot as python-telegram-bot's own example has it: the yardstick, a process of its own."""

import argparse

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_text(update.message.text or "")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.echo", description=__doc__)
    parser.add_argument("--token", required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--concurrent", action="store_true", help="concurrent_updates(True)")
    given = parser.parse_args()
    builder = Application.builder().token(given.token).base_url(f"{given.api}/bot").concurrent_updates(given.concurrent)
    application = builder.build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
