"""Calls to other services: what certainly never left, and answers that are read only so far."""

import aiohttp

_UNSENT = aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL


class TooLong(ValueError):
    """An answer that is longer than anything that was asked for."""


def is_unsent(error: Exception) -> bool:
    """Whether the call certainly never reached the other side: repeating it can do nothing twice."""
    return isinstance(error, _UNSENT)


async def bounded(content: aiohttp.StreamReader, most: int) -> bytes:
    """All of an answer; raises TooLong beyond so many bytes."""
    data = bytearray()
    async for chunk in content.iter_chunked(65_536):
        data += chunk
        if len(data) > most:
            raise TooLong
    return bytes(data)
