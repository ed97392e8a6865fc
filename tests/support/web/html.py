"""A page as a browser without scripts has it: its turns, its forms, and what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "img", "br"}


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
        for child in self.children:
            if isinstance(child, str):
                continue
            if child._is(tag, **wanted):
                yield child
            yield from child.all(tag, **wanted)

    def one(self, tag: str = "", **wanted: str) -> "Node":
        (found,) = self.all(tag, **wanted)
        return found

    def _is(self, tag: str, class_: str = "", **wanted: str) -> bool:
        classes = self.attributes.get("class", "").split()
        if tag not in ("", self.tag) or class_ not in ("", *classes):
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
