"""One polite question to a feed: bounded, repeated when that may help, and silent about the key."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.http.calls import TooLong, bounded
from handlers.language.letters.encodings import decoded

LARGEST = 20_000_000  # bytes of one answer
RETRIES = 2
TORN = 100  # of so many letters one may be unreadable


class FeedError(Exception):
    """The feed gave nothing that can be used; the message says why in Korean, and never holds what it sent."""


class _Passing(FeedError):
    """Perhaps not the next time."""


@dataclass(frozen=True)
class Manners:
    """In seconds: how long an answer may take, how long we wait between two pages, and before asking again."""

    patience: float = 30.0
    pause: float = 0.5
    backoff: float = 2.0


class Fetcher:
    """Asks with a key, which no error, log or text that comes out of here holds."""

    def __init__(self, session: aiohttp.ClientSession, key: str, manners: Manners) -> None:
        self._session = session
        self._key = key
        self._manners = manners

    async def pause(self) -> None:
        await asyncio.sleep(self._manners.pause)

    async def text(self, url: str, asked: Mapping[str, str] | None = None) -> str:
        for attempt in range(RETRIES):
            try:
                return await self._text(url, asked)
            except _Passing:
                await asyncio.sleep(self._manners.backoff * 2**attempt)
        return await self._text(url, asked)

    async def _text(self, url: str, asked: Mapping[str, str] | None) -> str:
        within = aiohttp.ClientTimeout(total=self._manners.patience)
        try:
            # A redirect would take the key to another organization.
            async with self._session.get(url, params=asked, allow_redirects=False, timeout=within) as answer:
                _check(answer.status)
                data = await bounded(answer.content, LARGEST)
        except TooLong:
            raise FeedError("답이 너무 큽니다") from None
        except TimeoutError:
            raise _Passing("답이 너무 늦습니다") from None
        except (aiohttp.ClientError, OSError) as error:  # whose own words hold the address, and so the key
            raise _Passing(f"연결하지 못했습니다({type(error).__name__})") from None
        return _decoded(data).replace(self._key, "")


def _check(status: int) -> None:
    if status >= 500 or status == 429:
        raise _Passing(f"서버 오류입니다(HTTP {status})")
    if status != 200:
        raise FeedError(f"받을 수 없습니다(HTTP {status})")


def _decoded(data: bytes) -> str:
    """Single letters that are torn, as where a text was cut by its bytes, cost no more than themselves."""
    try:
        return decoded(data)
    except UnicodeDecodeError:
        text = min((data.decode(encoding, "replace") for encoding in ("utf-8", "cp949")), key=_torn)
    if _torn(text) * TORN > len(text):
        raise FeedError("글자를 읽을 수 없습니다(UTF-8도 EUC-KR도 아닙니다)")
    return text


def _torn(text: str) -> int:
    return text.count("\N{REPLACEMENT CHARACTER}")
