"""Texts and labels within KakaoTalk's limits: cut where a sentence ends; shortened without losing what tells apart."""

from collections.abc import Iterator, Sequence
from itertools import count, takewhile

from handlers.language.letters import cutting
from handlers.language.letters.widths import edges, fitting, units, within

TEXT = 500  # the rest of a longer bubble is hidden until somebody opens it
LABEL = 14
BEGINNING = 4  # signs of a label's beginning that stay when it takes a later part to tell it apart


def pieces(text: str, limit: int = TEXT) -> Iterator[str]:
    return cutting.pieces(text, limit)


def shortened(labels: Sequence[str]) -> list[str]:
    """The labels within the limit and no two alike, in their order."""
    as_they_are = [label for label in labels if units(label) <= LABEL]
    found: list[str] = []
    for place, label in enumerate(labels):
        others = [*labels[:place], *labels[place + 1 :]]
        taken = {*found, *(each for each in as_they_are if each != label)}
        found.append(next(form for form in _forms(label, others) if form not in taken))
    return found


def _forms(label: str, others: Sequence[str]) -> Iterator[str]:
    """Ways to write a label, the best first, without end."""
    if units(label) <= LABEL:
        yield label
    elif not any(other.startswith(label[: fitting(label, LABEL - 1)]) for other in others):
        yield within(label, LABEL)
    else:
        room = LABEL - BEGINNING - 1
        differs = max(_shared(label, other) for other in others)
        at = max(min(differs - 1, len(label) - room), 0)
        later = max(edge for edge in edges(label) if edge <= at)
        yield within(label, BEGINNING + 1) + within(label[later:], room)
    for number in count(2):
        mark = f" ({number})"
        yield within(label, LABEL - len(mark)) + mark


def _shared(one: str, other: str) -> int:
    """How many signs both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
