"""Formatted text as Telegram reads it: HTML really parsed, lengths counted in UTF-16 units after parsing.

Stricter than Telegram on purpose: a bare ampersand, an unknown attribute and a bad link target are refused too.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tests.support.botapi.errors import ApiError, bad_request
from tests.support.botapi.links import checked_link

Entity = dict[str, Any]

_TOKEN = re.compile(
    r"""</?(?:[^<>"']|"[^"]*"|'[^']*')*>|<|&(?:\#x[0-9a-fA-F]+|\#[0-9]+|lt|gt|amp|quot);|&|[^<&]+""", re.VERBOSE
)
_TAG = re.compile(r"([^\s>]*)\s*([^>]*?)\s*", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.-]+))?(?:\s+|$)""")
_TYPES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_ATTRIBUTES = {
    "span": {"class"},
    "a": {"href"},
    "tg-emoji": {"emoji-id"},
    "tg-time": {"unix", "format"},
    "code": {"class"},
    "blockquote": {"expandable"},
}
_GIVEN_TYPES = {
    *_TYPES.values(),
    *("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "expandable_blockquote"),
    *("text_mention",),
}


@dataclass(frozen=True)
class Formatted:
    text: str
    entities: list[Entity]


def units(text: str) -> int:
    """The length in UTF-16 units, by which Telegram measures."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(text: str, parse_mode: str | None, given: list[Entity] | None) -> Formatted:
    mode = (parse_mode or "").lower()
    if mode == "html":
        return _trimmed(_Reader(text).read())
    if mode in ("markdown", "markdownv2"):
        raise bad_request(f"this double reads parse_mode HTML only, not {parse_mode}")
    if mode:
        raise bad_request("unsupported parse_mode")
    return _trimmed(Formatted(text, [_checked_entity(entity, units(text)) for entity in given or ()]))


def _trimmed(read: Formatted) -> Formatted:
    text = read.text.rstrip()
    if text == read.text:
        return read
    end = units(text)
    clipped = [entity | {"length": min(entity["length"], end - entity["offset"])} for entity in read.entities]
    return Formatted(text, [entity for entity in clipped if entity["length"] > 0])


def _checked_entity(entity: Any, length: int) -> Entity:
    if not isinstance(entity, dict) or entity.get("type") not in _GIVEN_TYPES:
        raise bad_request("can't parse MessageEntity: unsupported type specified")
    start, extent = entity.get("offset"), entity.get("length")
    if not isinstance(start, int) or not isinstance(extent, int) or start < 0 or extent < 1:
        raise bad_request("can't parse MessageEntity: offset and length must be whole numbers")
    if start + extent > length:
        raise bad_request(f"entity beginning at UTF-16 offset {start} ends after the end of the text")
    return entity


@dataclass
class _Open:
    tag: str
    at: int
    entity: Entity


@dataclass
class _Reader:
    source: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    nested: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> Formatted:
        for token in _TOKEN.finditer(self.source):
            self._take(token[0], token.start())
        if self.nested:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self.nested[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.parts), self.entities)

    def _take(self, token: str, at: int) -> None:
        if token[0] == "&":
            return self._take_character(token, at)
        if token[0] != "<":
            return self._add(token)
        if not token.endswith(">"):
            self._fail("Unclosed start tag", at)
        if token.startswith("</"):
            return self._close(token[2:-1].strip(), at)
        return self._open(token[1:-1], at)

    def _take_character(self, token: str, at: int) -> None:
        if token == "&":
            self._fail("Unescaped ampersand", at)
        self._add(html.unescape(token))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += units(text)

    def _open(self, inside: str, at: int) -> None:
        match = _TAG.fullmatch(inside)
        assert match is not None
        tag = match[1].lower()
        if tag not in _TYPES:
            self._fail(f'Unsupported start tag "{tag}"', at)
        self.nested.append(_Open(tag, self.length, self._entity(tag, self._attributes(tag, match[2], at), at)))

    def _attributes(self, tag: str, written: str, at: int) -> dict[str, str]:
        found: dict[str, str] = {}
        position = 0
        while position < len(written):
            match = _ATTRIBUTE.match(written, position)
            if match is None or match[1].lower() not in _ATTRIBUTES.get(tag, ()):
                self._fail(f'Unexpected attribute in the tag "{tag}"', at)
            found[match[1].lower()] = html.unescape((match[2] or "").strip("\"'"))
            position = match.end()
        return found

    def _entity(self, tag: str, attributes: dict[str, str], at: int) -> Entity:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            self._fail('Tag "span" must have class "tg-spoiler"', at)
        if tag == "a":
            return {"type": "text_link", "url": _checked_target(attributes.get("href", ""))}
        if tag == "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        if tag == "tg-time":
            return self._date_time(attributes, at)
        if tag == "code" and attributes.get("class", "").startswith("language-"):
            return {"type": "code", "language": attributes["class"].removeprefix("language-")}
        return {"type": "expandable_blockquote" if "expandable" in attributes else _TYPES[tag]}

    def _date_time(self, attributes: dict[str, str], at: int) -> Entity:
        if not attributes.get("unix", "").isdecimal():
            self._fail('Tag "tg-time" must have a valid attribute "unix"', at)
        shown = attributes.get("format")
        return {"type": "date_time", "unix_time": int(attributes["unix"])} | (
            {"date_time_format": shown} if shown else {}
        )

    def _close(self, tag: str, at: int) -> None:
        if not self.nested:
            self._fail("Unexpected end tag", at)
        opened = self.nested.pop()
        if tag and tag.lower() != opened.tag:
            offset = self._bytes_before(at)
            raise _unreadable(
                f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self.length > opened.at:
            self._finish(opened.entity | {"offset": opened.at, "length": self.length - opened.at})

    def _finish(self, entity: Entity) -> None:
        inner = self.entities[-1] if self.entities else {}
        if entity["type"] == "pre" and inner.get("type") == "code" and "language" in inner:
            entity["language"] = self.entities.pop()["language"]
        self.entities.append(entity)

    def _bytes_before(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _fail(self, reason: str, at: int) -> NoReturn:
        raise _unreadable(f"{reason} at byte offset {self._bytes_before(at)}")


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _checked_target(url: str) -> str:
    if url.startswith(("mailto:", "tel:")):
        return url
    try:
        return checked_link(url)
    except ValueError as error:
        raise bad_request(f"entity URL '{url}' is invalid: {error}") from None
