"""A Reply as Telegram shows it: HTML texts within the limits, and an inline keyboard."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from handlers.dialogue.reply import Button, Card, Reply
from handlers.language.letters.widths import first_part, units, width

Key = dict[str, str]
Keyboard = dict[str, list[list[Key]]]

TEXT_LIMIT = 4096  # UTF-16 units, after the tags are taken out
CAPTION_LIMIT = 1024  # the same, below a file
ROW_WIDTH = 30  # columns of a phone's keyboard row; a Hangul syllable takes two
PER_ROW = 3
KEPT = "+"  # ends the path of a button whose message isn't to be edited


class Line(NamedTuple):
    """A line as it is seen, and as HTML."""

    plain: str
    html: str


def texts(reply: Reply, limit: int = TEXT_LIMIT) -> list[str]:
    """HTML messages, each within `limit`; the last one carries the keyboard."""
    return ["\n".join(line.html for line in part) for part in _parts(list(_lines(reply)), limit)]


def plain(html_free: Reply) -> list[str]:
    """The same messages without any mark-up."""
    return ["\n".join(line.plain for line in part) for part in _parts(list(_lines(html_free)), TEXT_LIMIT)]


def fits_caption(reply: Reply) -> bool:
    """Whether a file can carry the text; else it goes before."""
    return len(texts(reply, CAPTION_LIMIT)) == 1


def keyboard(reply: Reply, keep: bool = False) -> Keyboard | None:
    """`keep`: what is pressed comes as a new message below, and this one stays as it is; so it is with a receipt."""
    several = _are_several(reply)
    cards = [card.button for card in reply.cards if card.button]
    numbered = [
        _key(button, f"{number}. {button.label}" if several else None)
        for number, button in enumerate(cards, reply.before + 1)
    ]
    rows = [[key] for key in numbered] + _rows(reply.buttons) + _rows(reply.links)
    if keep or reply.is_receipt:
        rows = [[_kept(key) for key in row] for row in rows]
    return {"inline_keyboard": rows} if rows else None


def own_number_keyboard(reply: Reply) -> dict[str, Any]:
    """In place of the keyboard to type on: the number can be given by a press, and whatever else is there is said."""
    own = {"text": reply.own_number, "request_contact": True}
    others = [[{"text": button.label}] for button in reply.all_buttons]
    return {"keyboard": [[own], *others], "resize_keyboard": True, "one_time_keyboard": True}


def _lines(reply: Reply) -> Iterator[Line]:
    yield from _said(reply.text)
    several = _are_several(reply)
    for number, card in enumerate(reply.cards, reply.before + 1):
        yield Line("", "")
        yield from _card(card, f"{number}. " if several and card.button else "")
    for button in reply.all_buttons:
        if button.url and not _is_public(_url(button)):
            yield from _said(f"{button.label}: {button.url}")


def _are_several(reply: Reply) -> bool:
    """Cards to tell apart by their numbers, on this part of the reply or on others."""
    return len((reply.whole or reply).cards) > 1


def _said(text: str) -> Iterator[Line]:
    for line in text.split("\n"):
        yield Line(line, escape(line, quote=False))


def _card(card: Card, number: str) -> Iterator[Line]:
    title = number + card.title
    yield Line(title, f"<b>{escape(title, quote=False)}</b>")
    for line in card.lines:
        yield from _said(line)
    for name, value in card.facts:
        first, *rest = value.split("\n")
        yield Line(f"{name}: {first}", f"<b>{escape(name, quote=False)}</b> {escape(first, quote=False)}")
        yield from _said("\n".join(rest)) if rest else ()


def _parts(lines: Sequence[Line], limit: int) -> Iterator[list[Line]]:
    if units("\n".join(line.plain for line in lines)) < limit:
        yield [*lines]
        return
    part: list[Line] = []
    size = 0
    for line in _short(lines, limit):
        length = units(line.plain) + 1
        if part and size + length > limit:
            yield part
            part, size = [], 0
        part.append(line)
        size += length
    yield part


def _short(lines: Iterable[Line], limit: int) -> Iterator[Line]:
    """Lines of which each fits; one that is too long is cut, and loses its mark-up."""
    for line in lines:
        if units(line.plain) < limit:
            yield line
            continue
        rest = line.plain
        while rest:
            cut = first_part(rest, limit - 1)
            yield Line(rest[:cut], escape(rest[:cut], quote=False))
            rest = rest[cut:]


def _rows(buttons: Iterable[Button]) -> list[list[Key]]:
    rows: list[list[Key]] = []
    used = ROW_WIDTH
    for button in buttons:
        if button.url and not _is_public(_url(button)):
            continue
        needed = width(button.label) + 2
        if not rows or button.stands_apart or used + needed > ROW_WIDTH or len(rows[-1]) == PER_ROW:
            rows.append([])
            used = 0
        rows[-1].append(_key(button))
        used += ROW_WIDTH if button.stands_apart else needed
    return rows


def _key(button: Button, label: str | None = None) -> Key:
    if button.url:
        return {"text": button.label, "url": _url(button)}
    return {"text": label or button.label, "callback_data": button.path}


def _url(button: Button) -> str:
    """What is sent on goes through Telegram's own page, on which one chooses to whom."""
    if not button.shared_text:
        return button.url
    return f"https://t.me/share/url?{urlencode({'url': button.url, 'text': button.shared_text}, quote_via=quote)}"


def _kept(key: Key) -> Key:
    return {**key, "callback_data": key["callback_data"] + KEPT} if "callback_data" in key else key


def _is_public(url: str) -> bool:
    """Whether Telegram takes the address for a button: it refuses hosts without a dot and machines of one's own."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host
