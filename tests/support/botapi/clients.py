"""python-telegram-bot's own client, pointed at the double."""

from telegram import Bot

from bot.channels.telegram.http import AiohttpRequest
from tests.support.botapi.server import BotApi


def a_bot(api: BotApi, token: str | None = None) -> Bot:
    return Bot(
        token or api.token,
        base_url=f"{api.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=4),
    )
