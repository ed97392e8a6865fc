"""What each method takes, and how it arrives: JSON, form, multipart or query, nested values as JSON strings.

Telegram ignores parameters that it doesn't know; this double refuses them, so that a misspelt name can't hide.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.support.botapi.errors import bad_request

Params = dict[str, Any]
Reader = Callable[[str, Any], Any]


@dataclass(frozen=True)
class Upload:
    name: str
    mime: str
    data: bytes


def whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise bad_request(f"{name} must be an integer")
    try:
        return int(value)
    except ValueError:
        raise bad_request(f"{name} must be an integer") from None


def flag(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in ("true", "1", "yes", "false", "0", "no", ""):
        return str(value).lower() in ("true", "1", "yes")
    raise bad_request(f"{name} must be a Boolean")


def words(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise bad_request(f"{name} must be a String")
    return value


def nested(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        raise bad_request(f"can't parse {name}: not valid JSON") from None


def file(_name: str, value: Any) -> Any:
    return value


def chat(name: str, value: Any) -> int | str:
    return value if isinstance(value, str) and value.startswith("@") else whole(name, value)


_TARGET: dict[str, Reader] = {"chat_id": chat, "business_connection_id": words}
_SENDING: dict[str, Reader] = _TARGET | {
    **dict.fromkeys(("message_thread_id", "direct_messages_topic_id"), whole),
    **dict.fromkeys(("disable_notification", "protect_content", "allow_paid_broadcast"), flag),
    **dict.fromkeys(("reply_parameters", "reply_markup", "suggested_post_parameters"), nested),
    "message_effect_id": words,
}
_TEXT: dict[str, Reader] = {
    "text": words,
    "parse_mode": words,
    **dict.fromkeys(("entities", "link_preview_options"), nested),
}
_CAPTION: dict[str, Reader] = {
    "caption": words,
    "parse_mode": words,
    "caption_entities": nested,
    "show_caption_above_media": flag,
}
_EDITING: dict[str, Reader] = _TARGET | {"message_id": whole, "inline_message_id": words, "reply_markup": nested}
_COMMANDS: dict[str, Reader] = {"scope": nested, "language_code": words}

METHODS: dict[str, dict[str, Reader]] = {
    "getMe": {},
    "getUpdates": {**dict.fromkeys(("offset", "limit", "timeout"), whole), "allowed_updates": nested},
    "setWebhook": {
        **dict.fromkeys(("url", "ip_address", "secret_token"), words),
        "certificate": file,
        "max_connections": whole,
        "allowed_updates": nested,
        "drop_pending_updates": flag,
    },
    "deleteWebhook": {"drop_pending_updates": flag},
    "getWebhookInfo": {},
    "sendMessage": _SENDING | _TEXT,
    "sendDocument": _SENDING | _CAPTION | {"document": file, "thumbnail": file, "disable_content_type_detection": flag},
    "sendPhoto": _SENDING | _CAPTION | {"photo": file, "has_spoiler": flag},
    "sendChatAction": _TARGET | {"message_thread_id": whole, "action": words},
    "editMessageText": _EDITING | _TEXT,
    "editMessageCaption": _EDITING | _CAPTION,
    "editMessageReplyMarkup": _EDITING,
    "deleteMessage": {"chat_id": chat, "message_id": whole},
    "answerCallbackQuery": {
        **dict.fromkeys(("callback_query_id", "text", "url"), words),
        "show_alert": flag,
        "cache_time": whole,
    },
    "setMyCommands": _COMMANDS | {"commands": nested},
    "getMyCommands": _COMMANDS,
    "deleteMyCommands": _COMMANDS,
    "setMyDescription": {"description": words, "language_code": words},
    "setMyShortDescription": {"short_description": words, "language_code": words},
    "setChatMenuButton": {"chat_id": chat, "menu_button": nested},
}
NAMES = {name.lower(): name for name in METHODS}


async def received(request: web.BaseRequest) -> Params:
    """Everything the request carries, unread; attached files are found by attach://name as well."""
    given: Params = dict(request.query) if request.query_string else {}
    if request.content_type == "application/json":
        given |= _json_object(await request.read())
    elif request.can_read_body:
        given |= {name: _uploaded(value) for name, value in (await request.post()).items()}
    return given


def read(method: str, given: Params) -> Params:
    """The parameters in their types; an attached file takes the place of its attach:// reference."""
    readers = METHODS[method]
    attached = {value for value in given.values() if isinstance(value, str) and value.startswith("attach://")}
    params: Params = {}
    for name, value in given.items():
        reader = readers.get(name)
        if reader is None:
            if f"attach://{name}" in attached:
                continue
            raise bad_request(f"unknown parameter {name}")
        if value is not None:
            params[name] = reader(name, given.get(value[9:], value) if _is_reference(value) else value)
    return params


def _is_reference(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("attach://")


def _json_object(body: bytes) -> Params:
    try:
        given = json.loads(body) if body else {}
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(given, dict):
        raise bad_request("can't parse JSON object: Object expected")
    return given


def _uploaded(value: str | bytes | bytearray | web.FileField) -> Any:
    if not isinstance(value, web.FileField):
        return value if isinstance(value, str) else bytes(value).decode()
    with value.file as opened:
        return Upload(value.filename, value.content_type, opened.read())
