"""Finds misspelt words by how far their sounds are from the sounds of known ones."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import ceil
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.language.letters import jamo

# Sounds and neighbouring keys that are mistaken for one another count as the same.
_SAME_SOUND = str.maketrans("ㄲㅋㄸㅌㅃㅍㅉㅊㅆㅑㅕㅛㅠㅐㅒㅖ", "ㄱㄱㄷㄷㅂㅂㅈㅈㅅㅏㅓㅗㅜㅔㅔㅔ")
_LONG_VOWEL = re.compile(r"([ㅏ-ㅣ])ㅇ\1")

_distance: Any = OSA.distance  # its overloads are too many for the type that extract() asks for


class Sounds:
    def __init__(self, phrases: Iterable[tuple[int, Sequence[str]]]) -> None:
        self._meant: dict[str, dict[int, str]] = defaultdict(dict)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for place, words in phrases:
            for part, word in _parts(words):
                self._meant[_sound(part.lower())].setdefault(place, word)
        for sound in self._meant:
            self._by_length[len(sound)].append(sound)

    def near(self, word: str) -> dict[int, str]:
        """The places of the phrases that sound most like the word, each with its own word that is meant."""
        if len(word) < 2:
            return {}
        sound = _sound(word)
        slips = _slips(word, len(sound))
        near: list[tuple[str, int, int]] = []
        for length in range(len(sound) - slips, len(sound) + slips + 1):
            known = self._by_length.get(length, ())
            near += process.extract(sound, known, scorer=_distance, score_cutoff=slips, limit=None)
        least = min((distance for _, distance, _ in near), default=0)
        meant: dict[int, str] = {}
        for found, distance, _ in near:
            meant |= self._meant[found] if distance == least else {}
        return meant


def _parts(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What may be typed for some of the words, with the words meant: beginnings, across spaces too, and ends."""
    for at, word in enumerate(words):
        joined = "".join(words[at:])
        ends = list(accumulate(map(len, words[at:])))
        for end in range(2, len(joined) + 1):
            yield joined[:end], " ".join(words[at : at + bisect_left(ends, end) + 1])
        yield from ((word[start:], word) for start in range(1, len(word) - 2))


def _sound(text: str) -> str:
    return _LONG_VOWEL.sub(r"\1", jamo.jamo(text).translate(_SAME_SOUND))


def _slips(word: str, length: int) -> int:
    """How many slips are allowed: none in the shortest words, since "감사" is not a misspelt "강사"."""
    return 0 if len(word) < 3 else length // 4 if length < 12 else ceil(length / 4)
