"""Keyboards under a message, refused where Telegram refuses them.

Stricter than Telegram on purpose: unknown fields, two actions on a button and more than 8 buttons a row are refused.
"""

from typing import Any

from tests.support.botapi.errors import bad_request
from tests.support.botapi.links import checked_link

Markup = dict[str, Any]

_ACTIONS = {
    *("url", "callback_data", "web_app", "login_url", "copy_text", "pay", "disabled", "callback_game"),
    *("switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"),
}
_LOOKS = {"text", "style", "icon_custom_emoji_id"}
_STYLES = {None, "danger", "success", "primary"}
_KEY_FIELDS = {
    *("text", "style", "icon_custom_emoji_id", "request_contact", "request_location", "request_poll"),
    *("request_users", "request_chat", "web_app"),
}
_OTHER_FIELDS = {
    "keyboard": {
        *("keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard"),
        *("input_field_placeholder", "selective"),
    },
    "remove_keyboard": {"remove_keyboard", "selective"},
    "force_reply": {"force_reply", "input_field_placeholder", "selective"},
}


def checked_markup(markup: Any, *, private: bool) -> Markup | None:
    """The markup as Telegram keeps it, links normalized; None when there is nothing to show."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _checked_inline(markup, private)
    for kind, fields in _OTHER_FIELDS.items():
        if kind in markup:
            return _checked_other(markup, kind, fields)
    raise bad_request("unknown reply markup")


def inline_rows(markup: Markup | None) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = (markup or {}).get("inline_keyboard", [])
    return rows


def _checked_inline(markup: Markup, private: bool) -> Markup | None:
    _refuse_unknown(markup, {"inline_keyboard"}, "InlineKeyboardMarkup")
    rows = _checked_rows(markup["inline_keyboard"], "inline_keyboard")
    if sum(map(len, rows)) > 100:
        raise bad_request("reply markup is too long")
    if any(len(row) > 8 for row in rows):
        raise bad_request("more than 8 buttons in a row of the inline keyboard")
    checked = [[_checked_button(button, private) for button in row] for row in rows if row]
    return {"inline_keyboard": checked} if checked else None


def _checked_rows(rows: Any, field: str) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" of the reply markup must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" of the reply markup must be an Array of Arrays')
    return rows


def _checked_button(button: Any, private: bool) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    _refuse_unknown(button, _ACTIONS | _LOOKS, "inline keyboard button")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("style") not in _STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    actions = button.keys() & _ACTIONS
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"can't parse inline keyboard button: more than one action: {', '.join(sorted(actions))}")
    return _checked_action(button, actions.pop(), private)


def _checked_action(button: dict[str, Any], action: str, private: bool) -> dict[str, Any]:
    value = button[action]
    if action == "callback_data":
        _check_callback_data(value)
    elif action == "url":
        return button | {"url": _checked_url(value)}
    elif action == "web_app":
        return button | {"web_app": _checked_web_app(value, private)}
    elif action == "copy_text":
        _check_copy_text(value)
    return button


def _check_callback_data(value: Any) -> None:
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _checked_url(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise bad_request("BUTTON_URL_INVALID")
    try:
        return checked_link(value)
    except ValueError as error:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {error}") from None


def _checked_web_app(value: Any, private: bool) -> dict[str, str]:
    if not private:
        raise bad_request("BUTTON_TYPE_INVALID")
    if not isinstance(value, dict) or not isinstance(value.get("url"), str):
        raise bad_request('can\'t parse inline keyboard button: field "web_app" must be of type Object')
    try:
        return {"url": checked_link(value["url"], https_only=True)}
    except ValueError as error:
        raise bad_request(f"inline keyboard button Web App URL '{value['url']}' is invalid: {error}") from None


def _check_copy_text(value: Any) -> None:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _checked_other(markup: Markup, kind: str, fields: set[str]) -> Markup:
    _refuse_unknown(markup, fields, "reply markup")
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= 64:
        raise bad_request("input_field_placeholder must be 1 to 64 characters long")
    if kind == "keyboard":
        for row in _checked_rows(markup["keyboard"], "keyboard"):
            for key in row:
                _check_key(key)
    return markup


def _check_key(key: Any) -> None:
    if isinstance(key, dict):
        _refuse_unknown(key, _KEY_FIELDS, "keyboard button")
    text = key.get("text") if isinstance(key, dict) else key
    if not isinstance(text, str) or not text:
        raise bad_request("keyboard button text must be non-empty")


def _refuse_unknown(given: dict[str, Any], known: set[str], what: str) -> None:
    unknown = given.keys() - known
    if unknown:
        raise bad_request(f"unknown field {sorted(unknown)[0]} of {what}")
