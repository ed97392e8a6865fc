"""The methods that people see: sending, editing, deleting, answering a tap."""

import time
from typing import TYPE_CHECKING, Any

from tests.support.botapi.chats import Chat, Message
from tests.support.botapi.entities import Formatted, formatted, units
from tests.support.botapi.errors import NOT_MODIFIED, bad_request
from tests.support.botapi.keyboards import checked_markup
from tests.support.botapi.parameters import Params, Upload

if TYPE_CHECKING:
    from tests.support.botapi.server import BotApi

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LARGEST_DOCUMENT = 50 * 2**20
LARGEST_PHOTO = 10 * 2**20
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
}


def send_message(api: "BotApi", params: Params) -> dict[str, Any]:
    chat = api.chats.reachable(params.get("chat_id"))
    return _send(api, chat, params, _text(params))


def send_document(api: "BotApi", params: Params) -> dict[str, Any]:
    chat = api.chats.reachable(params.get("chat_id"))
    document = _upload(params.get("document"), "document", LARGEST_DOCUMENT)
    return _send(api, chat, params, _caption(params), document=document)


def send_photo(api: "BotApi", params: Params) -> dict[str, Any]:
    chat = api.chats.reachable(params.get("chat_id"))
    photo = _upload(params.get("photo"), "photo", LARGEST_PHOTO)
    if not photo.data.startswith(_PICTURES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return _send(api, chat, params, _caption(params), photo=photo)


def send_chat_action(api: "BotApi", params: Params) -> bool:
    chat = api.chats.reachable(params.get("chat_id"))
    if params.get("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(params["action"])
    return True


def edit_message_text(api: "BotApi", params: Params) -> dict[str, Any]:
    message = api.chats.editable(params.get("chat_id"), params.get("message_id"))
    if not message.has_text:
        raise bad_request("there is no text in the message to edit")
    return _edit(api, message, params, _text(params))


def edit_message_caption(api: "BotApi", params: Params) -> dict[str, Any]:
    message = api.chats.editable(params.get("chat_id"), params.get("message_id"))
    if message.has_text:
        raise bad_request("there is no caption in the message to edit")
    return _edit(api, message, params, _caption(params))


def edit_message_reply_markup(api: "BotApi", params: Params) -> dict[str, Any]:
    message = api.chats.editable(params.get("chat_id"), params.get("message_id"))
    return _edit(api, message, params, None)


def delete_message(api: "BotApi", params: Params) -> bool:
    chat = api.chats.reachable(params.get("chat_id"))
    message_id: int = params.get("message_id", 0)
    if not any(kept.pop(message_id, None) for kept in (chat.messages, chat.incoming)):
        raise bad_request("message to delete not found")
    chat.stirred.set()
    return True


def answer_callback_query(api: "BotApi", params: Params) -> bool:
    callback_id = params.get("callback_query_id", "")
    text = params.get("text", "")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    asked_at, chat = api.taps.get(callback_id, (0.0, None))
    if chat is None or time.monotonic() - asked_at > api.tap_patience:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    del api.taps[callback_id]
    api.ledger.tap_answered(callback_id, text)
    if text:
        chat.toast(text)
    return True


def _send(
    api: "BotApi",
    chat: Chat,
    params: Params,
    content: Formatted,
    document: Upload | None = None,
    photo: Upload | None = None,
) -> dict[str, Any]:
    markup = checked_markup(params.get("reply_markup"), private=chat.private)
    reply_to = _quoted(chat, params.get("reply_parameters"))
    api.limits.admit(chat)
    message = Message(
        api.chats.new_message_id(),
        chat,
        content.text,
        content.entities,
        markup,
        reply_to=reply_to,
        silent=params.get("disable_notification", False),
        document=document,
        photo=photo,
        topic=params.get("message_thread_id"),
    )
    chat.messages[message.message_id] = message
    if not (markup or {}).get("remove_keyboard"):  # a mere sign that takes a keyboard away answers nothing
        api.ledger.sent(chat, reply_to)
    chat.show(message)
    return message.as_json(api.me)


def _edit(api: "BotApi", message: Message, params: Params, content: Formatted | None) -> dict[str, Any]:
    chat = message.chat
    markup = checked_markup(params.get("reply_markup"), private=chat.private)
    api.limits.admit(chat)
    changed = message.change(content, markup)
    api.ledger.edited(chat, message.message_id, text=changed and content is not None)
    if not changed:
        raise bad_request(NOT_MODIFIED)
    chat.show(message)
    return message.as_json(api.me)


def _text(params: Params) -> Formatted:
    if not params.get("text"):
        raise bad_request("message text is empty")
    content = formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not content.text:
        raise bad_request("text must be non-empty")
    if units(content.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return content


def _caption(params: Params) -> Formatted:
    content = formatted(params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities"))
    if units(content.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return content


def _upload(value: Any, name: str, largest: int) -> Upload:
    if value is None:
        raise bad_request(f"there is no {name} in the request")
    if not isinstance(value, Upload):
        raise bad_request("wrong file identifier/HTTP URL specified")
    if not value.data:
        raise bad_request("file must be non-empty")
    if len(value.data) > largest:
        raise bad_request(f"file of size {len(value.data)} bytes is too big; the maximum is {largest} bytes")
    return value


def _quoted(chat: Chat, reply: dict[str, Any] | None) -> int | None:
    if reply is None:
        return None
    message_id = int(reply.get("message_id", 0))
    if message_id in chat.messages or message_id in chat.incoming:
        return message_id
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
