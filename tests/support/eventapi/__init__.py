"""A strict double of KakaoTalk's Event API, the network's edge of the tests."""

from tests.support.eventapi.server import BOT_ID, KEY, PRICE, EventServer

__all__ = ["BOT_ID", "KEY", "PRICE", "EventServer"]
