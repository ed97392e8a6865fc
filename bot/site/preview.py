"""A page that draws KakaoTalk's answers as a phone would, to try the channel without KakaoTalk."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.http import requests
from bot.http.headers import SHIELD_WITH_PICTURES as SHIELD
from bot.http.pages import Pages
from bot.http.requests import LONGEST_TEXT
from handlers.dialogue.organization import House

Ask = Callable[[dict[str, Any], str], Awaitable[dict[str, Any]]]

FALLBACK = {"id": "0" * 24, "name": "폴백 블록"}
SKILL = {"id": "1" * 24, "name": "배움톡"}


class Pressed(BaseModel):
    """What the page's script sends: something typed, or the button that was pressed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    utterance: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
    user: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{66}$")]
    extra: dict[str, Any] | None = None
    block: str = Field("", max_length=64)
    trigger: Literal[
        "TEXT_INPUT",
        "CARD_BUTTON_MESSAGE",
        "CARD_BUTTON_BLOCK",
        "LIST_ITEM_MESSAGE",
        "LIST_ITEM_BLOCK",
        "QUICKREPLY_BUTTON_MESSAGE",
        "QUICKREPLY_BUTTON_BLOCK",
    ] = "TEXT_INPUT"


class KakaoPreview:
    """`ask` takes a skill request and its request id through the code of the skill itself, and gives its answer."""

    def __init__(self, ask: Ask, bot_id: str, house: House) -> None:
        self._ask = ask
        self._bot = {"id": bot_id, "name": f"{house.name} {SKILL['name']}"}
        self._page = Pages(house).write("kakao_preview.html", "ko")

    def routes(self) -> list[Route]:
        return [
            Route("/kakao/preview", self.show),
            Route("/kakao/preview/say", self.say, methods=["POST"]),
        ]

    async def show(self, _: Request) -> Response:
        return HTMLResponse(self._page, headers=SHIELD)

    async def say(self, request: Request) -> Response:
        if request.headers.get("content-type") != "application/json":  # other sites can't send it unasked
            return Response(status_code=415, headers=SHIELD)
        try:
            pressed = Pressed.model_validate_json(await requests.body(request))
        except requests.TooLarge:
            return Response(status_code=413, headers=SHIELD)
        except ValidationError:
            return Response(status_code=422, headers=SHIELD)
        answer = await self._ask(_skill_request(pressed, self._bot), f"chp-{secrets.token_hex(16)}")
        return JSONResponse(answer, headers=SHIELD)


def _skill_request(pressed: Pressed, bot: dict[str, str]) -> dict[str, Any]:
    """As KakaoTalk sends it for a friend of the channel."""
    block = {"id": pressed.block, "name": "블록"} if pressed.block else FALLBACK
    return {
        "bot": bot,
        "intent": {**block, "extra": {"reason": {"code": 1, "message": "OK"}}},
        "action": {**SKILL, "params": {}, "detailParams": {}, "clientExtra": pressed.extra},
        "userRequest": {
            "block": block,
            "user": {"id": pressed.user, "type": "botUserKey", "properties": _properties(pressed.user)},
            "utterance": pressed.utterance,
            "params": {"surface": "Kakaotalk.plusfriend"},
            "lang": "ko",
            "timezone": "Asia/Seoul",
        },
        "contexts": [],
        "flow": {"trigger": {"type": pressed.trigger, "referrerBlock": FALLBACK}, "lastBlock": FALLBACK},
    }


def _properties(user: str) -> dict[str, Any]:
    friend = user[:12]
    return {
        "botUserKey": user,
        "bot_user_key": user,
        "plusfriendUserKey": friend,
        "plusfriend_user_key": friend,
        "isFriend": True,
    }
