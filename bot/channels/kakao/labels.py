"""Texts and labels within KakaoTalk's limits: cut where a sentence ends; shortened without losing what tells apart."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count, takewhile

TEXT = 500  # the rest of a longer bubble is hidden until somebody opens it
LABEL = 14
BEGINNING = 4  # signs of a label's beginning that stay when it takes a later part to tell it apart

_ENDS = (r"\n\s*\n", r"\n", r"[.!?…][\"'’”)]*\s", r"\s")
_CLINGING = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")  # what belongs to the sign before it


def units(text: str) -> int:
    """How long KakaoTalk may hold it to be: how it counts isn't told, and UTF-16 gives the most."""
    return len(text.encode("utf-16-le")) // 2


def columns(text: str) -> int:
    """How wide it is on the screen; a Hangul syllable takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def pieces(text: str, limit: int = TEXT) -> Iterator[str]:
    """The whole text in pieces that fit, cut where a paragraph, a line, a sentence or at least a word ends."""
    rest = text.strip()
    while units(rest) > limit:
        at = _cut(rest, limit)
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest


def shortened(labels: Sequence[str]) -> list[str]:
    """The labels within the limit and no two alike, in their order."""
    as_they_are = [label for label in labels if units(label) <= LABEL]
    found: list[str] = []
    for place, label in enumerate(labels):
        others = [*labels[:place], *labels[place + 1 :]]
        taken = {*found, *(each for each in as_they_are if each != label)}
        found.append(next(form for form in _forms(label, others) if form not in taken))
    return found


def _cut(text: str, limit: int) -> int:
    """Where a piece of some length ends."""
    most = _fitting(text, limit)
    for end in _ENDS:
        ends = [found.end() for found in re.finditer(end, text[:most])]
        if ends and (ends[-1] > most // 2 or end == _ENDS[-1]):
            return ends[-1]
    return most


def _forms(label: str, others: Sequence[str]) -> Iterator[str]:
    """Ways to write a label, the best first, without end."""
    if units(label) <= LABEL:
        yield label
    elif not any(other.startswith(label[: _fitting(label, LABEL - 1)]) for other in others):
        yield _within(label, LABEL)
    else:
        room = LABEL - BEGINNING - 1
        differs = max(_shared(label, other) for other in others)
        yield _within(label, BEGINNING + 1) + _within(label[min(differs - 1, len(label) - room) :], room)
    for number in count(2):
        mark = f" ({number})"
        yield _within(label, LABEL - len(mark)) + mark


def _shared(one: str, other: str) -> int:
    """How many signs both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _within(text: str, limit: int) -> str:
    return text if units(text) <= limit else text[: _fitting(text, limit - 1)].rstrip() + "…"


def _fitting(text: str, limit: int) -> int:
    """How many code points fit, at least one; what clings to a sign isn't torn from it."""
    size = at = 0
    while at < len(text) and size + units(text[at]) <= limit:
        size += units(text[at])
        at += 1
    while 1 < at < len(text) and (
        _CLINGING.match(text[at]) or unicodedata.combining(text[at]) or text[at - 1] == "\u200d"
    ):
        at -= 1
    return max(at, 1)
