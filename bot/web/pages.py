"""The pages of the web chat, and one rendering of a message for the page, the answer to a script, and the stream."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from handlers.dialogue import texts
from handlers.dialogue.chat import House
from handlers.dialogue.reply import Button, Card, Reply, from_json
from storage.inbox import Message

STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "kakao_drawing.css": "text/css",
    "kakao_drawing.js": "text/javascript",
    "kakao_preview.css": "text/css",
    "kakao_preview.js": "text/javascript",
    "kiosk.css": "text/css",
    "kiosk_taps.css": "text/css",
    "kiosk.js": "text/javascript",
    "paper.css": "text/css",
    "paper_screen.css": "text/css",
    "paper.js": "text/javascript",
}


@dataclass(frozen=True)
class Turn:
    """What was said and the reply below it; `id` is 0 for a greeting that nobody has answered yet."""

    id: int
    said: str
    pressed: str
    reply: Reply

    @property
    def is_start(self) -> bool:
        """Opening the page is nothing that somebody said."""
        return not self.said and (not self.pressed or self.pressed.split("/")[0] == "start")

    @property
    def cards(self) -> list[tuple[Card, int]]:
        """Each card with the number that can be typed for its button, or 0."""
        numbers = iter(range(1, len(self.reply.cards) + 1))
        return [(card, next(numbers) if card.button else 0) for card in self.reply.cards]

    @property
    def buttons(self) -> list[tuple[Button, int]]:
        first = len(self.reply.choices) - len(self.reply.buttons) + 1
        return list(zip(self.reply.buttons, range(first, first + len(self.reply.buttons)), strict=True))


@dataclass(frozen=True)
class Fields:
    """The hidden fields of every form; `start` is None once the conversation has begun."""

    token: str
    key: str
    start: str | None
    language: str


def turn_of(message: Message) -> Turn:
    said = message.body.get("text") or message.body.get("label") or ""
    return Turn(message.id, said, message.body.get("path", ""), from_json(message.reply))


_DATE_GAP = re.compile(r"(?<=[년월]) (?=\d)|(?<=오전|오후) (?=\d)|(?<=~) ")
_WEEKDAY = re.compile(r"(?<=일)(?=\([월화수목금토일]\))")


def unbroken(text: str) -> str:
    """The text with dates and times that don't break at the end of a line."""
    return _WEEKDAY.sub("\N{WORD JOINER}", _DATE_GAP.sub("\N{NO-BREAK SPACE}", text))


class Pages:
    """Writes HTML in the words of a language and a house."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._templates = Environment(
            loader=PackageLoader("bot.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["unbroken"] = unbroken

    def words(self, language: str) -> Callable[..., str]:
        house = self._house
        named = {"house": house.name, "team": house.team, "phone": house.phone, "district": house.district}
        return partial(texts.say, language, **named)

    def chat(self, fields: Fields, turns: Sequence[Turn], is_cut: bool) -> str:
        return self._write("page.html", fields.language, fields=fields, turns=turns, is_cut=is_cut)

    def turns(self, language: str, turns: Sequence[Turn]) -> str:
        return self._write("turns.html", language, turns=turns)

    def problem(self, fields: Fields, title: str, problem: str, text: str) -> str:
        """What stands in the way, and what was typed, to send it again."""
        return self._write("problem.html", fields.language, fields=fields, title=title, problem=problem, text=text)

    def kakao_preview(self) -> str:
        return self._write("kakao_preview.html", "ko")

    def kiosk(self, name: str, language: str, **data: Any) -> str:
        return self._write(f"kiosk/{name}.html", language, name=name, **data)

    def paper(self, language: str, **data: Any) -> str:
        return self._write("paper.html", language, **data)

    def _write(self, template: str, language: str, **data: Any) -> str:
        words = self.words(language)
        return self._templates.get_template(template).render(
            say=words, language=language, phone=self._house.phone, asset=asset, **data
        )


@cache
def content(name: str) -> bytes:
    return (STATIC / name).read_bytes()


@cache
def asset(name: str) -> str:
    """Its address, which changes with its content, so that browsers may keep it for ever."""
    return f"/static/{name}?v={hashlib.sha256(content(name)).hexdigest()[:12]}"
