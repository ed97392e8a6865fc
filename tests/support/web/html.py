"""A page as a browser without scripts has it: its turns, its forms, and what stands in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "img", "br"}
RAW = {"script", "style"}  # what stands in them is no markup
_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"]*")?)*)\s*(/?)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"]*)")?""")
_DOCTYPE = "<!doctype html>"


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def label(self) -> str:
        return " ".join(self.text.split())

    def all(self, tag: str = "", **wanted: str) -> Iterator["Node"]:
        """Descendants of a tag with these attributes; `class_` is one of its classes."""
        for each in self._below:
            if tag in ("", each.tag) and (not wanted or each._has(**wanted)):
                yield each

    @cached_property
    def _below(self) -> list["Node"]:
        """All descendants, in their order; looked for once the page is whole."""
        found = []
        for child in self.children:
            if not isinstance(child, str):
                found.append(child)
                found += child._below
        return found

    def one(self, tag: str = "", **wanted: str) -> "Node":
        (found,) = self.all(tag, **wanted)
        return found

    def _has(self, class_: str = "", **wanted: str) -> bool:
        if class_ and class_ not in self.attributes.get("class", "").split():
            return False
        return all(self.attributes.get(name) == value for name, value in wanted.items())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Node:
    return _plain(html) or _any(html)


def _plain(html: str) -> Node | None:
    """Markup as our templates write it, a few times as fast; None where there is any sign that doesn't fit."""
    at, open_ = len(_DOCTYPE) * html[: len(_DOCTYPE)].lower().startswith(_DOCTYPE), [Node("document")]
    for found in _TAG.finditer(html, at):
        if not _holds(open_[-1], html[at : found.start()]):
            return None
        at = found.end()
        is_end, tag, attributes, is_whole = found.groups()
        if is_end:
            if attributes or is_whole or open_.pop().tag != tag or not open_:
                return None
            continue
        node = Node(tag, {each[0].lower(): unescape(each[1]) for each in _ATTRIBUTE.findall(attributes)})
        open_[-1].children.append(node)
        if (is_whole and tag in VOID) or (tag in RAW and not html.startswith(f"</{tag}>", at)):
            return None
        if not is_whole and tag not in VOID:
            open_.append(node)
    return open_[0] if len(open_) == 1 and _holds(open_[0], html[at:]) else None


def _holds(node: Node, text: str) -> bool:
    if text:
        node.children.append(unescape(text) if "&" in text else text)
    return "<" not in text


def _any(html: str) -> Node:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert len(builder.open) == 1, f"{builder.open[-1].tag} isn't closed"
    return builder.open[0]


@dataclass(frozen=True)
class Turn:
    """What was said ("" when the page was only opened) and the reply, as read from the page."""

    said: str
    reply: str
    buttons: tuple[str, ...]


def turns(document: Node) -> list[Turn]:
    return [_turn(node) for node in document.all("div", class_="turn")]


def _turn(node: Node) -> Turn:
    said = [words.text for bubble in node.all("p", class_="said") for words in bubble.all("span", class_="words")]
    buttons = tuple(button.label for button in node.all("button"))
    return Turn("".join(said), node.one("div", class_="reply").label, buttons)


def inline(page: Node) -> list[str]:
    """Scripts, styles and handlers that stand in the page itself."""
    scripts = [each.tag for each in page.all("script") if each.text or not each.attributes.get("src")]
    handlers = [name for each in page.all() for name in each.attributes if name.startswith("on") or name == "style"]
    return [*scripts, *(each.tag for each in page.all("style")), *handlers]
