"""Whether a request says what the dealer takes, with nothing missing, misspelled, too many or of a wrong type."""

import re
from typing import Any

_BODY = {"messages": list, "allowDuplicates": bool, "showMessageList": bool, "strict": bool, "scheduledDate": str}
_MESSAGE = {
    "to": str,
    "from": str,
    "text": str,
    "type": str,
    "country": str,
    "autoTypeDetect": bool,
    "kakaoOptions": dict,
    "customFields": dict,
}
_KAKAO = {"pfId": str, "templateId": str, "variables": dict, "disableSms": bool, "buttons": list}
_VARIABLE = re.compile(r"#\{[^{}]+\}")


class Malformed(Exception):
    """The whole request is refused, and nothing of it is sent."""


def check(body: Any) -> list[dict[str, Any]]:
    """The messages. Raises Malformed."""
    _types(body, _BODY, required=("messages",))
    if not 1 <= len(body["messages"]) <= 10_000:
        raise Malformed("messages")
    for each in body["messages"]:
        _check_message(each)
    return list(body["messages"])


def _check_message(message: Any) -> None:
    _types(message, _MESSAGE, required=("to", "kakaoOptions"))
    _types(message["kakaoOptions"], _KAKAO, required=("pfId", "templateId"))
    if not re.fullmatch(r"0\d{8,10}", message["to"]) or message.get("type", "ATA") != "ATA":
        raise Malformed("to, type")
    given, custom = message["kakaoOptions"].get("variables", {}), message.get("customFields", {})
    if not all(_VARIABLE.fullmatch(name) and isinstance(value, str) for name, value in given.items()):
        raise Malformed("variables")
    if not all(len(name) <= 30 and isinstance(value, str) and len(value) <= 100 for name, value in custom.items()):
        raise Malformed("customFields")


def _types(found: Any, fields: dict[str, type], required: tuple[str, ...]) -> None:
    if not isinstance(found, dict):
        raise Malformed("no object")
    if unknown := set(found) - set(fields):
        raise Malformed(f"unknown: {unknown}")
    if missing := [name for name in required if name not in found]:
        raise Malformed(f"missing: {missing}")
    if wrong := [name for name, value in found.items() if not isinstance(value, fields[name])]:
        raise Malformed(f"wrong type: {wrong}")
