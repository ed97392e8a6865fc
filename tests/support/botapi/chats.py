"""What the double remembers of chats: who may be written to, and every message of the bot as it stands."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from tests.support.botapi.entities import Entity, Formatted
from tests.support.botapi.errors import ApiError, bad_request
from tests.support.botapi.keyboards import Markup, inline_rows
from tests.support.botapi.parameters import Upload


@dataclass
class Message:
    """A message that the bot sent; the attributes show its present state."""

    message_id: int
    chat: "Chat"
    text: str
    entities: list[Entity]
    markup: Markup | None
    document: Upload | None = None
    photo: Upload | None = None
    reply_to: int | None = None
    silent: bool = False
    sent_at: float = field(default_factory=time.time)
    shown_at: float = 0.0  # as it stands now, on the clock that never goes back
    topic: int | None = None
    edits: int = 0
    keyboards: list[Markup | None] = field(default_factory=list)

    @property
    def buttons(self) -> list[list[dict[str, Any]]]:
        return inline_rows(self.markup)

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.buttons for button in row]

    @property
    def has_text(self) -> bool:
        return self.document is None and self.photo is None

    def button(self, label: str, *, even_old: bool = False) -> dict[str, Any]:
        """The button with this visible label; even_old also looks at keyboards it had before edits."""
        for markup in [self.markup, *(reversed(self.keyboards) if even_old else ())]:
            for row in inline_rows(markup):
                for button in row:
                    if button["text"] == label:
                        return button
        raise LookupError(f"no button «{label}» on «{self.text[:60]}»; there are {self.labels}")

    def change(self, content: Formatted | None, markup: Markup | None) -> bool:
        """Whether the edit changed anything."""
        if (content is None or content == Formatted(self.text, self.entities)) and markup == self.markup:
            return False
        if content is not None:
            self.text, self.entities = content.text, content.entities
        self.keyboards.append(self.markup)
        self.markup = markup
        self.edits += 1
        return True

    def as_json(self, sender: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "message_id": self.message_id,
            "from": sender,
            "chat": self.chat.as_json(),
            "date": int(self.sent_at),
        }
        shown |= self._content()
        if self.buttons:
            shown["reply_markup"] = self.markup
        if self.edits:
            shown["edit_date"] = int(self.sent_at) + self.edits
        return shown

    def _content(self) -> dict[str, Any]:
        if self.has_text:
            return {"text": self.text} | ({"entities": self.entities} if self.entities else {})
        content: dict[str, Any] = {"caption": self.text} if self.text else {}
        if self.entities:
            content["caption_entities"] = self.entities
        if self.document:
            content["document"] = _file(self.document, self.message_id) | {"mime_type": self.document.mime}
            content["document"]["file_name"] = self.document.name
        if self.photo:
            content["photo"] = [_file(self.photo, self.message_id) | {"width": 640, "height": 640}]
        return content


def _file(upload: Upload, number: int) -> dict[str, Any]:
    return {"file_id": f"file-{number}", "file_unique_id": f"unique-{number}", "file_size": len(upload.data)}


@dataclass
class Chat:
    id: int
    type: str = "private"
    name: str = ""
    known: bool = False
    blocked: bool = False
    deactivated: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    incoming: dict[int, dict[str, Any]] = field(default_factory=dict)
    shown: list[Message] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def private(self) -> bool:
        return self.type == "private"

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "type": self.type, "first_name" if self.private else "title": self.name}

    def show(self, message: Message) -> None:
        message.shown_at = time.monotonic()
        self.shown.append(message)
        self.stirred.set()

    def toast(self, text: str) -> None:
        self.toasts.append(text)
        self.stirred.set()


@dataclass
class Chats:
    found: dict[int, Chat] = field(default_factory=dict)
    last_message_id: int = 0

    def new_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id

    def chat(self, chat_id: int, kind: str = "private", name: str = "") -> Chat:
        return self.found.setdefault(chat_id, Chat(chat_id, kind, name))

    def reachable(self, chat_id: Any) -> Chat:
        if chat_id is None:
            raise bad_request("chat_id is empty")
        chat = self.found.get(chat_id)
        if chat is None or not chat.known:
            raise bad_request("chat not found")
        if chat.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if chat.blocked:
            raise ApiError(
                403, f"Forbidden: bot was {'blocked by the user' if chat.private else 'kicked from the group chat'}"
            )
        return chat

    def editable(self, chat_id: Any, message_id: int | None) -> Message:
        chat = self.reachable(chat_id)
        if message_id is None:
            raise bad_request("message identifier is not specified")
        if message_id in chat.incoming:
            raise bad_request("message can't be edited")
        message = chat.messages.get(message_id)
        if message is None:
            raise bad_request("message to edit not found")
        if message.markup and not message.buttons:
            raise bad_request("message can't be edited")
        return message
