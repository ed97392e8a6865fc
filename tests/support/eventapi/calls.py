"""What a call has to be like: whatever isn't written so is refused."""

from dataclasses import dataclass
from typing import Any

from handlers.language.letters.widths import units

MOST_USERS, LONGEST_TEXT, LONGEST_USER = 100, 1000, 70


class Wrong(Exception):
    """Refused with a status, a code and words, as Kakao's APIs are."""

    def __init__(self, words: str, status: int = 400, code: int = -2) -> None:
        super().__init__(words)
        self.status = status
        self.body = {"msg": words, "code": code}


@dataclass(frozen=True)
class Talk:
    """Something said to many."""

    text: str
    users: tuple[str, ...]


def read(body: Any, event_name: str) -> Talk:
    """Raises Wrong."""
    called, users = _keys(body, "call", {"event", "user"}, {"params"}), body["user"]
    event = _keys(called["event"], "event", {"name", "data"})
    if event["name"] != event_name:
        raise Wrong("event is not found in deployed blocks")
    data = _keys(event["data"], "event.data", {"text"})
    _text(data["text"])
    if not isinstance(users, list) or not 1 <= len(users) <= MOST_USERS:
        raise Wrong(f"user must have 1 to {MOST_USERS} elements")
    ids = tuple(_user(each) for each in users)
    if len(set(ids)) < len(ids):
        raise Wrong("user has duplicates")
    return Talk(data["text"], ids)


def _keys(given: Any, name: str, required: set[str], allowed: set[str] = frozenset()) -> dict[str, Any]:  # type: ignore[assignment]
    if not isinstance(given, dict) or required - set(given) or set(given) - required - allowed:
        raise Wrong(f"{name} is malformed")
    return given


def _text(text: Any) -> None:
    if not isinstance(text, str) or not text.strip() or units(text) > LONGEST_TEXT:
        raise Wrong("event.data.text is malformed")


def _user(given: Any) -> str:
    user = _keys(given, "user", {"type", "id"}, {"properties"})
    if user["type"] != "botUserKey":
        raise Wrong(f"user.type {user['type']!r} is not supported")
    if not isinstance(user["id"], str) or not 1 <= len(user["id"]) <= LONGEST_USER:
        raise Wrong(f"user.id {user['id']!r} is malformed")
    return user["id"]
