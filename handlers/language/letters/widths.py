"""How much room a text takes, and what of it fits: a sign is never torn, however many code points it is made of."""

from collections.abc import Iterator
from itertools import accumulate

import wcwidth


def units(text: str) -> int:
    """UTF-16 units: what Telegram counts, and the most that others may hold a text to be."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def width(text: str) -> int:
    """How wide it is on a screen; a Hangul syllable takes two."""
    return wcwidth.width(text)


def edges(text: str) -> Iterator[int]:
    """The places, in code points, at which a cut tears no sign."""
    return accumulate(map(len, wcwidth.iter_graphemes(text)), initial=0)


def fitting(text: str, limit: int) -> int:
    """How many code points of whole signs fit within so many units; 0 when not even the first sign does."""
    size = at = 0
    for sign in wcwidth.iter_graphemes(text):
        size += units(sign)
        if size > limit:
            break
        at += len(sign)
    return at


def first_part(text: str, limit: int) -> int:
    """What to cut off to go on with the rest: never nothing, so a sign that alone is longer than `limit` is torn."""
    return fitting(text, limit) or max(limit // 2, 1)


def within(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis, within so many units."""
    return text if units(text) <= limit else text[: fitting(text, limit - 1)].rstrip() + "…"
