"""Two hundred residents of KakaoTalk at once: how long they wait for the real process, whose answer is its response.

Once as a city does it, each reading what was said before the next word; and once all in the same moment, where who is
last waits for all the others. The client writes bytes that were made before, so that it isn't what is measured.
"""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Sequence
from itertools import count
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from tests.bench.contestants import served
from tests.bench.figures import Figure, Size
from tests.support.kakao.talker import SECRET, payload, user_key

AT_ONCE = 200
SILENT = 4.0  # seconds after which the service may hang up just when somebody speaks
WORDS = ("강좌", "강좌 7호", "도움말", "내 신청", "바리스타", "시작")
READING = 1.0, 3.0  # seconds between an answer and the next word
TALK: dict[Size, float] = {"quick": 6, "usual": 12, "long": 60}  # seconds a round
ROUNDS: dict[Size, int] = {"quick": 1, "usual": 3, "long": 5}
_requests = count(1)


class Phone:
    """One resident, whose connection KakaoTalk keeps open."""

    def __init__(self, url: str, name: str) -> None:
        self._place = urlsplit(url)
        self._bodies = {word: json.dumps(payload(user_key(name), word)).encode() for word in WORDS}

    async def connects(self) -> None:
        self._spoke_at = time.perf_counter()
        self._reader, self._writer = await asyncio.open_connection(self._place.hostname, self._place.port)

    async def says(self, word: str) -> float:
        """Seconds until the whole answer is there."""
        body = self._bodies[word]
        head = (
            f"POST /kakao/skill HTTP/1.1\r\nHost: {self._place.netloc}\r\nX-Skill-Secret: {SECRET}\r\n"
            f"X-Request-Id: chp-{next(_requests):032x}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        if self._reader.at_eof() or time.perf_counter() - self._spoke_at > SILENT:
            await self.connects()
        began = time.perf_counter()
        self._writer.write(head.encode() + body)
        answer = await self._answer()
        self._spoke_at = time.perf_counter()
        took = time.perf_counter() - began
        assert b'"template"' in answer, answer
        return took

    async def _answer(self) -> bytes:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        assert head.startswith("http/1.1 200"), head
        return await self._reader.readexactly(int(head.partition("content-length: ")[2].partition("\r\n")[0]))

    async def leaves(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()


async def measure(folder: Path, size: Size) -> AsyncIterator[Figure]:
    async with served(folder) as service:
        phones = [Phone(service.url, f"{number}") for number in range(AT_ONCE)]
        await asyncio.gather(*(phone.connects() for phone in phones))
        for word in WORDS:  # as residents who have come before
            await _burst(phones, (word,))
        talks = [await _talk(phones, TALK[size]) for _ in range(ROUNDS[size])]
        bursts = [await _burst(phones, WORDS) for _ in range(3 * ROUNDS[size])]
        await asyncio.gather(*(phone.leaves() for phone in phones))
    rate = sum(map(len, talks)) / (TALK[size] * len(talks))
    about = f"{AT_ONCE} in conversation"
    yield Figure(f"{about}: p99", _of(talks, 98), "ms", at_most=100, remark=f"{rate:.0f} messages a second")
    yield Figure(f"{about}: median", _of(talks, 49), "ms")
    yield Figure(f"{AT_ONCE} in the same moment: p99", _of(bursts, 98), "ms", at_most=100)
    yield Figure(f"{AT_ONCE} in the same moment: median", _of(bursts, 49), "ms")


async def _burst(phones: Sequence[Phone], words: Sequence[str]) -> list[float]:
    said = (phone.says(words[number % len(words)]) for number, phone in enumerate(phones))
    return await asyncio.gather(*said)


async def _talk(phones: Sequence[Phone], seconds: float) -> list[float]:
    took: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_talks(phone, until, random.Random(n), took) for n, phone in enumerate(phones)))
    return took


async def _talks(phone: Phone, until: float, chance: random.Random, took: list[float]) -> None:
    await asyncio.sleep(chance.uniform(0, READING[1]))
    while time.perf_counter() < until:
        took.append(await phone.says(chance.choice(WORDS)))
        await asyncio.sleep(chance.uniform(*READING))


def _of(rounds: Sequence[Sequence[float]], percent: int) -> tuple[float, ...]:
    return tuple(quantiles(each, n=100)[percent] * 1000 for each in rounds)
