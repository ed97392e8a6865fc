"""Skill requests: whatever KakaoTalk, its development channel and its test console send, read within limits."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, ValidatorFunctionWrapHandler
from pydantic import WrapValidator as Wrap

from bot import traits
from bot.http import requests
from bot.messages.incoming import Incoming
from handlers.dialogue.conversation import Said
from handlers.language.hidden_numbers import contains_resident_number

T = TypeVar("T")

NAME = traits.KAKAO
USER_KEY = "botUserKey"  # the type of whoever really writes
WELCOME = "웰컴 블록"  # what KakaoTalk calls the block that opens the chat
LONGEST_TEXT = 1000


class UnreadableRequest(Exception):
    """Nobody can be told from this request who said what."""


def _or_none(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(value)
    except ValidationError:
        return None


Perhaps = Annotated[T | None, Wrap(_or_none)]  # new kinds of values may come at any time, and must break nothing
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]{1,160}$")]


class Part(BaseModel):
    """A part of a request; what we don't know in it is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class Bot(Part):
    id: Perhaps[str] = None


class Block(Part):
    name: Perhaps[str] = None


class Extra(Part):
    """What our own buttons carry; in the test console it can be anything."""

    model_config = ConfigDict(coerce_numbers_to_str=False)

    path: Perhaps[str] = None
    more: Perhaps[Key] = None
    page: Perhaps[Annotated[int, Field(ge=0, le=1000)]] = None
    again: Perhaps[Key] = None


class Action(Part):
    extra: Perhaps[Extra] = Field(None, alias="clientExtra")


class Properties(Part):
    is_friend: Perhaps[bool] = Field(None, alias="isFriend")


class User(Part):
    type: Perhaps[str] = None
    properties: Perhaps[Properties] = None
    id: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[!-~]{1,200}$")]


class UserRequest(Part):
    user: User
    utterance: Perhaps[str] = None
    block: Perhaps[Block] = None


class SkillRequest(Part):
    request: UserRequest = Field(alias="userRequest")
    action: Perhaps[Action] = None
    bot: Perhaps[Bot] = None

    @property
    def bot_id(self) -> str:
        """Empty when the request doesn't tell; on the development channel it ends with "!"."""
        return ((self.bot and self.bot.id) or "").removesuffix("!")

    @property
    def is_friend(self) -> bool | None:
        """Of the channel; None where it isn't told, as of whoever tries the bot in the admin centre."""
        user = self.request.user
        is_told = user.type == USER_KEY and user.properties is not None
        return bool(user.properties and user.properties.is_friend) if is_told else None

    @property
    def extra(self) -> Extra:
        return (self.action and self.action.extra) or Extra()

    @property
    def said(self) -> Said:
        """Registration numbers are gone before anything is stored or logged."""
        if self.extra.path:
            return Said(path=requests.path_of(self.extra.path))
        if self.request.block and self.request.block.name == WELCOME:
            return Said(path="start")
        text = requests.clean(self.request.utterance or "")[:LONGEST_TEXT]
        return Said(text=text) if text else Said(other="unreadable")


@dataclass(frozen=True)
class Turned:
    """Another page of a reply is asked for."""

    address: str
    key: str
    page: int

    @property
    def extra(self) -> dict[str, Any]:
        return {"more": self.key, "page": self.page}


@dataclass(frozen=True)
class Awaited:
    """The reply is asked for that took too long."""

    address: str
    key: str


def parse(payload: Any) -> SkillRequest:
    """Raises UnreadableRequest."""
    try:
        return SkillRequest.model_validate(payload)
    except (ValidationError, RecursionError) as error:
        raise UnreadableRequest from error


def read(request: SkillRequest, request_id: str, digest: Callable[..., str]) -> Incoming | Turned | Awaited:
    address, extra = request.request.user.id, request.extra
    if extra.more:
        return Turned(address, extra.more, extra.page or 0)
    if extra.again:
        return Awaited(address, extra.again)
    said = request.said
    body = {name: value for name, value in vars(said).items() if value}
    return Incoming(NAME, _key(request_id, address, said, digest), address, said, body)


def _key(request_id: str, address: str, said: Said, digest: Callable[..., str]) -> str:
    """KakaoTalk's own id; and a digest, lest a proxy that repeats an id makes two messages one.

    Without our key nobody tells from the digest what was said.
    """
    known = request_id or secrets.token_hex(16)
    told_apart = digest("kakao message", known, address, said.text, said.path)
    shown = re.sub("[^A-Za-z0-9-]", "", known)[:80]
    return told_apart if contains_resident_number(known) else f"{shown}.{told_apart[:16]}"
