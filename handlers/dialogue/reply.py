"""Replies: what we say, free of any channel, and as it is kept beside the message that it answers."""

import base64
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Button:
    """Leads to an action (`path`: ids only, at most 64 bytes) or to a page (`url`).

    One that stands apart has a row of its own, lest it is pressed in place of its neighbour.
    With `shared_text` the url isn't opened but sent on to somebody, with these words.
    """

    label: str
    path: str = ""
    url: str = ""
    stands_apart: bool = False
    shared_text: str = ""

    def apart(self) -> "Button":
        return replace(self, stands_apart=True)


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
    """Of one with `sheets` the content is printed from these when it is sent (`bot/documents`)."""

    name: str
    media_type: str
    content: bytes
    sheets: tuple[str, ...] = ()  # JSON


@dataclass(frozen=True)
class Missed:
    """A notice that found no way to the resident until this reply: its id, and its words."""

    id: int
    text: str


@dataclass(frozen=True)
class Reply:
    """`buttons` are the choices of this screen, which can be typed by number; `links` lead elsewhere.

    `form` names the form and subject whose question this screen asks ("enroll/42"), so that what is typed next is
    taken for its answer; `left` names one that was left here, which asks nothing any more.
    `missed` are notices that the text tells first; they are told once this has arrived.
    A receipt is to be kept: what is pressed below it comes as something new. `own_number` is what a button says that
    gives the resident's own mobile number, where this screen asks for it and a channel has such a button.
    `asks` names the question of a form, so that a channel may bring the keyboard for it.
    One that ends the session is the last that is said there: whoever comes next is somebody else. One that erases is
    the last of somebody of whom nothing is known any more: once it has left, nothing tells to whom.
    `unfound` is what was looked for in vain; it isn't kept with the reply.
    `picture` names a drawing of ours that goes with the text where pictures are shown. `is_stumble`: what was said
    wasn't understood, or led to nothing. Of a reply that is shown part by part, `whole` is all of it, and `before`
    counts the choices on the parts before this one. `forgets`: what was said isn't kept, but that this was its answer.
    """

    text: str
    cards: tuple[Card, ...] = ()
    buttons: tuple[Button, ...] = ()
    links: tuple[Button, ...] = ()
    file: File | None = None
    form: str = ""
    left: str = ""
    missed: tuple[Missed, ...] = ()
    is_receipt: bool = False
    own_number: str = ""
    asks: str = ""
    ends_session: bool = False
    erases: bool = False
    unfound: str = ""
    picture: str = ""
    is_stumble: bool = False
    whole: "Reply | None" = None
    before: int = 0
    forgets: bool = False

    def as_stumble(self) -> "Reply":
        return replace(self, is_stumble=True)

    def as_receipt(self) -> "Reply":
        return replace(self, is_receipt=True)

    @property
    def choices(self) -> list[Button]:
        """What a typed number means, in its order."""
        return [*(card.button for card in self.cards if card.button), *self.buttons]

    @property
    def all_buttons(self) -> list[Button]:
        return [*self.choices, *self.links]

    def with_links(self, *links: Button) -> "Reply":
        """Each way once: not what can be pressed already."""
        known = {button.path for button in self.all_buttons if button.path}
        new = {link.path or link.url: link for link in links if link.path not in known}
        return replace(self, links=(*self.links, *new.values()))


def to_json(reply: Reply) -> dict[str, Any]:
    written = {
        "text": reply.text,
        "cards": [{**vars(card), "button": card.button and _button(card.button)} for card in reply.cards],
        "buttons": [_button(button) for button in reply.buttons],
        "links": [_button(button) for button in reply.links],
        "file": reply.file and _written_file(reply.file),
        "form": reply.form,
        "left": reply.left,
        "missed": [vars(each) for each in reply.missed],
        "is_receipt": reply.is_receipt,
        "own_number": reply.own_number,
        "asks": reply.asks,
        "ends_session": reply.ends_session,
        "erases": reply.erases,
        "picture": reply.picture,
        "is_stumble": reply.is_stumble,
        "whole": reply.whole and to_json(reply.whole),
        "before": reply.before,
    }
    return {name: value for name, value in written.items() if value}


def _button(button: Button) -> dict[str, Any]:
    return {name: value for name, value in vars(button).items() if value or name == "label"}


def from_json(written: dict[str, Any]) -> Reply:
    return Reply(
        text=written.get("text", ""),
        cards=tuple(_card(card) for card in written.get("cards", ())),
        buttons=tuple(Button(**button) for button in written.get("buttons", ())),
        links=tuple(Button(**button) for button in written.get("links", written.get("ways", ()))),
        file=_file(written["file"]) if "file" in written else None,
        form=written.get("form", ""),
        left=written.get("left", ""),
        missed=tuple(Missed(**each) for each in written.get("missed", ())),
        is_receipt=written.get("is_receipt", False),
        own_number=written.get("own_number", ""),
        asks=written.get("asks", ""),
        ends_session=written.get("ends_session", False),
        erases=written.get("erases", False),
        picture=written.get("picture", ""),
        is_stumble=written.get("is_stumble", False),
        whole=from_json(written["whole"]) if "whole" in written else None,
        before=written.get("before", 0),
    )


def _card(written: dict[str, Any]) -> Card:
    facts = tuple((name, value) for name, value in written["facts"])
    button = Button(**written["button"]) if written["button"] else None
    return Card(written["title"], tuple(written["lines"]), facts, button)


def _written_file(file: File) -> dict[str, Any]:
    written = {**vars(file), "content": base64.b64encode(file.content).decode(), "sheets": list(file.sheets)}
    return written if file.sheets else {name: value for name, value in written.items() if name != "sheets"}


def _file(written: dict[str, Any]) -> File:
    content, sheets = base64.b64decode(written["content"]), tuple(written.get("sheets", ()))
    return File(written["name"], written["media_type"], content, sheets)
