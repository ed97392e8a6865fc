"""KakaoTalk's way to the real process."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.support.kakao.talker import Talker

AGAIN = "다시 확인하기"


@dataclass(frozen=True)
class Answered:
    status_code: int
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class Wire:
    """A client that is quick enough not to be what is measured."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def post(self, path: str, content: bytes, headers: dict[str, str]) -> Answered:
        async with self._session.post(path, data=content, headers=headers) as answer:
            return Answered(answer.status, await answer.read())


class Patient(Talker):
    """Asks again for an answer that takes longer than KakaoTalk waits."""

    async def says(self, utterance: str, extra: dict[str, Any] | None = None, request_id: str = "") -> str:
        await super().says(utterance, extra, request_id)
        return await self.presses(AGAIN) if AGAIN in self.labels else self.words
