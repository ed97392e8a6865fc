"""The pages of the web chat, and one rendering of a message for the page, the answer to a script, and the stream."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.http.keyboards import ANY_KEYBOARD, keyboard
from bot.http.pages import Pages
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Button, Card, Reply, from_json
from storage.dialogue.inbox import Message

FEW_FACTS = 3  # of a card that is read at a glance
MOST_IN_SIGHT = 2  # buttons
OWN_LABELS = {"leave": "web.leave", "simple/on": "web.larger", "simple/off": "web.usual"}


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
    def keyboard(self) -> tuple[str, str]:
        """Of the field for what is typed next."""
        return keyboard(self.reply.asks)

    @property
    def is_long(self) -> bool:
        """Something to read through before its buttons, which stay in sight meanwhile."""
        cards, buttons = self.reply.cards, self.reply.buttons
        is_one = len(cards) == 1 and not cards[0].button and len(cards[0].facts) > FEW_FACTS
        return is_one and len(buttons) <= MOST_IN_SIGHT

    @property
    def cards(self) -> list[tuple[Card, int]]:
        """Each card with the number that can be typed for its button, or 0."""
        numbers = count(self.reply.before + 1)
        return [(card, next(numbers) if card.button else 0) for card in self.reply.cards]

    @property
    def buttons(self) -> list[tuple[Button, int]]:
        first = self.reply.before + len(self.reply.choices) - len(self.reply.buttons) + 1
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


class ChatPages:
    """Writes the conversation as HTML."""

    def __init__(self, organization: Organization) -> None:
        self._pages = Pages(organization)
        self.words = self._pages.words

    def chat(self, fields: Fields, turns: Sequence[Turn], is_cut: bool, is_simple: bool = False) -> str:
        keys = turns[-1].keyboard if turns else ANY_KEYBOARD
        look = {"is_cut": is_cut, "is_simple": is_simple, "keyboard": keys}
        return self._pages.write("page.html", fields.language, fields=fields, turns=turns, **look)

    def turns(self, language: str, turns: Sequence[Turn], is_simple: bool = False) -> str:
        return self._pages.write("turns.html", language, turns=turns, is_simple=is_simple)

    def told(self, message_id: int, turns: Sequence[Turn], language: str, is_simple: bool) -> dict[str, Any]:
        """What the script of a page is told: turns to show, or a page that is to be loaded in another look."""
        html = self.turns(language, turns, is_simple)
        return {"html": html, "id": message_id, "language": language, "is_simple": is_simple}

    def own_label(self, path: str, language: str) -> str:
        """What a button of the page itself says, which no reply has offered."""
        return self.words(language)(OWN_LABELS[path]) if path in OWN_LABELS else ""

    def problem(self, fields: Fields, title: str, problem: str, text: str, path: str) -> str:
        """What stands in the way, and what was typed or pressed, to send it again."""
        said = {"text": text, "path": path}
        return self._pages.write("problem.html", fields.language, fields=fields, title=title, problem=problem, **said)
