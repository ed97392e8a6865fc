"""Somebody who talks to our skill through KakaoTalk, and whose phone shows every answer whole."""

import asyncio
import json
from itertools import count
from typing import Any, Protocol

from bot.traits import SECOND_TAP
from tests.support.everywhere import said
from tests.support.kakao.validator import findings

BOT_ID, BLOCK_ID, SECRET = "659e3b4a7407e2205bf34eae", "659e3b4a7407e2205bf34eb3", "a-secret-of-the-skill"
FALLBACK = {"id": BLOCK_ID, "name": "폴백 블록"}

_requests = count(1)


def user_key(name: str) -> str:
    """As long as KakaoTalk's are."""
    return name.encode().hex().ljust(66, "0")[:66]


def payload(user: str, utterance: str, extra: dict[str, Any] | None = None) -> dict[str, Any]:
    """A skill request of the production channel."""
    properties = {"botUserKey": user, "bot_user_key": user, "plusfriendUserKey": user[:12], "isFriend": True}
    return {
        "bot": {"id": BOT_ID, "name": "배움톡"},
        "intent": {**FALLBACK, "extra": {"reason": {"code": 1, "message": "OK"}}},
        "action": {
            "id": "65a0c0ffee",
            "name": "배움톡",
            "params": {},
            "detailParams": {},
            "clientExtra": extra or {},
        },
        "userRequest": {
            "block": FALLBACK,
            "user": {"id": user, "type": "botUserKey", "properties": properties},
            "utterance": utterance,
            "params": {"surface": "Kakaotalk.plusfriend"},
            "lang": "ko",
            "timezone": "Asia/Seoul",
        },
        "contexts": [],
    }


class Client(Protocol):
    async def post(self, path: str, *, content: bytes, headers: dict[str, str]) -> Any:
        """An answer with `status_code`, `content` and `json()`."""


class Talker:
    def __init__(self, client: Client, name: str = "하나") -> None:
        self._client = client
        self.user = user_key(name)
        self.answer: dict[str, Any] = {}

    @property
    def words(self) -> str:
        """All that the newest answer says, its labels too."""
        return "\n".join(said(self.answer["template"]))

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Everything that can be pressed, from top to bottom."""
        return list(_pressable(self.answer["template"]))

    @property
    def labels(self) -> list[str]:
        return [_label(button) for button in self.buttons]

    async def says(self, utterance: str, extra: dict[str, Any] | None = None, request_id: str = "") -> str:
        headers = {"X-Skill-Secret": SECRET, "X-Request-Id": request_id or f"chp-{next(_requests):032x}"}
        body = json.dumps(payload(self.user, utterance, extra)).encode()
        answered = await self._client.post("/kakao/skill", content=body, headers=headers)
        assert answered.status_code == 200
        self.answer = answered.json()
        assert findings(self.answer, answered.content) == []
        return self.words

    async def reads(self) -> None:
        """Nobody presses sooner on purpose."""
        await asyncio.sleep(SECOND_TAP)

    async def presses(self, label: str) -> str:
        """The first thing whose label begins so, or has it behind its number, once the answer is read."""
        await self.reads()
        return await self.taps(label)

    async def taps(self, label: str) -> str:
        """The same at once."""
        found = [each for each in self.buttons if label in (_label(each)[: len(label)], _label(each)[3:][: len(label)])]
        assert found, f"no {label!r} among {self.labels}"
        return await self.says(found[0].get("messageText") or _label(found[0]), found[0]["extra"])

    async def registers(self, course: int, mobile: str = "010-0000-0001") -> str:
        await self.fills_in(course, mobile)
        return await self.presses("이대로 신청하기")

    async def fills_in(self, course: int, mobile: str = "010-0000-0001") -> None:
        """The whole form up to its summary."""
        await self.reads()
        await self.says("신청", {"path": f"forms/enroll/{course}"})
        await self.presses("동의하고 계속")
        for words in ("청구동", "홍길동", "1983", mobile):
            await self.says(words)


def _label(button: dict[str, Any]) -> str:
    label: str = button.get("label") or button["title"]
    return label


def _pressable(answer: Any) -> list[dict[str, Any]]:
    if isinstance(answer, list):
        return [each for value in answer for each in _pressable(value)]
    if not isinstance(answer, dict):
        return []
    own = [answer] if answer.get("action") == "block" else []
    return own + [each for value in answer.values() for each in _pressable(value)]
