"""Long texts in pieces: each ends where a sentence, or at least a word, does."""

import re
from collections.abc import Iterator

from handlers.language.letters.widths import edges, first_part, units

_ENDS = (r"\n\s*\n", r"\n", r"[.!?…][\"'’”)]*\s", r"\s")
_MORE = "\n…"


def pieces(text: str, limit: int) -> Iterator[str]:
    """The whole text in pieces that fit, cut where a paragraph, a line, a sentence or at least a word ends."""
    rest = text.strip()
    while units(rest) > limit:
        at = _cut(rest, limit)
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest


def beginning(text: str, limit: int) -> str:
    """The text, or as much of it as fits with a sign that there is more."""
    if units(text) <= limit:
        return text
    return next(pieces(text, limit - units(_MORE))) + _MORE


def _cut(text: str, limit: int) -> int:
    """Where a piece of some length ends."""
    most = first_part(text, limit)
    whole = set(edges(text[: most + 1]))
    for end in _ENDS:
        ends = [at for found in re.finditer(end, text[:most]) if (at := found.end()) in whole]
        if ends and (ends[-1] > most // 2 or end == _ENDS[-1]):
            return ends[-1]
    return most
