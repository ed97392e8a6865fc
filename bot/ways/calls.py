"""Calls that can't be made twice: one that was never sent is told from one whose outcome is unknown."""

import aiohttp

from bot.http.calls import is_unsent


class CallError(Exception):
    """There was no answer. It never mentions an address, a number or a key."""


class Unsent(CallError):
    """The call certainly never arrived: repeating it can't tell anybody twice."""


class Unanswered(CallError):
    """It may have arrived."""


def session(most: int) -> aiohttp.ClientSession:
    """A connection a call: of one that the other side has just closed nobody knows what became of the call."""
    connector = aiohttp.TCPConnector(limit=most, force_close=True)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


def failure(error: Exception) -> CallError:
    """To be raised outside the handler, so that aiohttp's own exception, with the address, isn't even its context."""
    name = type(error).__name__
    return Unsent(name) if is_unsent(error) else Unanswered(name)
