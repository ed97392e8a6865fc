"""The methods by which the bot presents itself: commands, descriptions, the menu button."""

import json
import re
from typing import TYPE_CHECKING, Any

from tests.support.botapi.errors import bad_request
from tests.support.botapi.keyboards import checked_markup
from tests.support.botapi.parameters import Params

if TYPE_CHECKING:
    from tests.support.botapi.server import BotApi

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES = {
    **dict.fromkeys(("default", "all_private_chats", "all_group_chats", "all_chat_administrators"), ("type",)),
    **dict.fromkeys(("chat", "chat_administrators"), ("type", "chat_id")),
    "chat_member": ("type", "chat_id", "user_id"),
}


def get_me(api: "BotApi", _params: Params) -> dict[str, Any]:
    return api.me | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "has_main_web_app": False,
    }


def set_my_commands(api: "BotApi", params: Params) -> bool:
    commands = params.get("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: Array expected")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    api.commands[_place(params)] = [_checked_command(command) for command in commands]
    return True


def get_my_commands(api: "BotApi", params: Params) -> list[dict[str, str]]:
    return api.commands.get(_place(params), [])


def delete_my_commands(api: "BotApi", params: Params) -> bool:
    api.commands.pop(_place(params), None)
    return True


def set_my_description(api: "BotApi", params: Params) -> bool:
    return _describe(api, params, "description", 512)


def set_my_short_description(api: "BotApi", params: Params) -> bool:
    return _describe(api, params, "short_description", 120)


def set_chat_menu_button(api: "BotApi", params: Params) -> bool:
    button = params.get("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("commands", "web_app", "default"):
        raise bad_request("can't parse menu button: unknown type specified")
    if button["type"] == "web_app":
        action = {"text": button.get("text", ""), "web_app": button.get("web_app")}
        checked_markup({"inline_keyboard": [[action]]}, private=True)
    if "chat_id" in params:
        api.chats.reachable(params["chat_id"])
    api.menu_buttons[params.get("chat_id")] = button
    return True


def _place(params: Params) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if scope.keys() != set(_SCOPES[scope["type"]]):
        raise bad_request(f"can't parse BotCommandScope: {scope['type']} takes {_SCOPES[scope['type']]}")
    return json.dumps(scope, sort_keys=True), _language(params)


def _language(params: Params) -> str:
    language: str = params.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _checked_command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict) or command.keys() != {"command", "description"}:
        raise bad_request("can't parse BotCommand: command and description expected")
    name, description = command["command"].removeprefix("/"), command["description"].strip()
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _describe(api: "BotApi", params: Params, field: str, longest: int) -> bool:
    text = params.get(field, "")
    if len(text) > longest:
        raise bad_request(f"bot {field.replace('_', ' ')} is too long")
    api.descriptions[field, _language(params)] = text
    return True
