"""Replies: what we say, free of any channel, and as it is kept beside the message that it answers."""

import base64
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Button:
    """Leads to an action (`path`: ids only, at most 64 bytes) or to a page (`url`)."""

    label: str
    path: str = ""
    url: str = ""


def toggle(label: str, path: str, is_on: bool) -> Button:
    """Shows whether something is chosen; pressing it changes that."""
    return Button(f"✓ {label}" if is_on else label, f"{path}/{'off' if is_on else 'on'}")


@dataclass(frozen=True)
class Card:
    """Something to look at or to choose: a title, lines and named facts."""

    title: str
    lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    button: Button | None = None


@dataclass(frozen=True)
class File:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Missed:
    """A notice that found no way to the resident until this reply: its id, and its words."""

    id: int
    text: str


@dataclass(frozen=True)
class Reply:
    """`buttons` are the choices of this screen, which can be typed by number; `links` lead elsewhere.

    `form` names the form and subject whose question this screen asks ("enroll/42"), so that what is typed next is
    taken for its answer. `missed` are notices that the text tells first; they are told once this has arrived.
    """

    text: str
    cards: tuple[Card, ...] = ()
    buttons: tuple[Button, ...] = ()
    links: tuple[Button, ...] = ()
    file: File | None = None
    form: str = ""
    missed: tuple[Missed, ...] = ()

    @property
    def choices(self) -> list[Button]:
        """What a typed number means, in its order."""
        return [*(card.button for card in self.cards if card.button), *self.buttons]

    @property
    def all_buttons(self) -> list[Button]:
        return [*self.choices, *self.links]

    def with_links(self, *links: Button) -> "Reply":
        return replace(self, links=(*self.links, *links))


def to_json(reply: Reply) -> dict[str, Any]:
    written = {
        "text": reply.text,
        "cards": [{**vars(card), "button": card.button and vars(card.button)} for card in reply.cards],
        "buttons": [vars(button) for button in reply.buttons],
        "links": [vars(button) for button in reply.links],
        "file": reply.file and {**vars(reply.file), "content": base64.b64encode(reply.file.content).decode()},
        "form": reply.form,
        "missed": [vars(each) for each in reply.missed],
    }
    return {name: value for name, value in written.items() if value}


def from_json(written: dict[str, Any]) -> Reply:
    return Reply(
        text=written.get("text", ""),
        cards=tuple(_card(card) for card in written.get("cards", ())),
        buttons=tuple(Button(**button) for button in written.get("buttons", ())),
        links=tuple(Button(**button) for button in written.get("links", written.get("ways", ()))),
        file=_file(written["file"]) if "file" in written else None,
        form=written.get("form", ""),
        missed=tuple(Missed(**each) for each in written.get("missed", ())),
    )


def _card(written: dict[str, Any]) -> Card:
    facts = tuple((name, value) for name, value in written["facts"])
    button = Button(**written["button"]) if written["button"] else None
    return Card(written["title"], tuple(written["lines"]), facts, button)


def _file(written: dict[str, Any]) -> File:
    return File(written["name"], written["media_type"], base64.b64decode(written["content"]))
