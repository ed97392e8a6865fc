"""What people can send besides text, as Telegram describes it to a bot."""

from collections.abc import Callable
from typing import Any

Content = dict[str, Any]


def _file(kind: str, number: int = 1) -> Content:
    return {"file_id": f"{kind}-{number}", "file_unique_id": f"unique-{kind}-{number}", "file_size": 1024}


def text(words: str) -> Content:
    if not words.startswith("/"):
        return {"text": words}
    command = words.split()[0]
    return {"text": words, "entities": [{"type": "bot_command", "offset": 0, "length": len(command)}]}


def sticker() -> Content:
    looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"sticker": _file("sticker") | looks | {"emoji": "👍"}}


def photo(caption: str | None = None) -> Content:
    sizes = [_file("photo", side) | {"width": side, "height": side} for side in (90, 320, 800)]
    return {"photo": sizes} | ({"caption": caption} if caption else {})


def voice() -> Content:
    return {"voice": _file("voice") | {"duration": 3, "mime_type": "audio/ogg"}}


def document(name: str = "신청서.hwp") -> Content:
    return {"document": _file("document") | {"file_name": name, "mime_type": "application/x-hwp"}}


def location(latitude: float = 37.4837, longitude: float = 126.9297) -> Content:
    return {"location": {"latitude": latitude, "longitude": longitude}}


def contact(phone: str = "+821012345678", name: str = "김배움", user_id: int | None = None) -> Content:
    owner = {} if user_id is None else {"user_id": user_id}
    return {"contact": {"phone_number": phone, "first_name": name} | owner}


KINDS: dict[str, Callable[..., Content]] = {
    "text": text,
    "sticker": sticker,
    "photo": photo,
    "voice": voice,
    "document": document,
    "location": location,
    "contact": contact,
}
