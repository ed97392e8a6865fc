"""The courses that a sentence names, wherever in it: by title, certificate, officers' words or everyday ones."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import log, sqrt
from pathlib import Path

from handlers.language.letters.spelling import normalise
from handlers.search import words as search_words
from handlers.search.index import Entry

FILE = Path(__file__).with_name("sayings.toml")
_LONGEST = 200  # signs of a sentence that are looked through
_STEM = 5  # letters
_LEAST = 0.3  # of the best course's weight, from which others are meant as well
_INTERJECTION = re.compile("아이[고구]|에[고구]|어이[고구]|[ㄱ-ㅣ]")
_NOT_THAT = ("말고", "빼고", "아니고", "제외", "은됐고", "는됐고", "은아니", "는아니")
_COMMON = re.compile(
    r"\d급|\d+|과정|자격증?|전문가|지도사|관리사|컨설턴트|디자이너|활용|완성반|기초|중급|초급|심화|실무|대비|양성|교사|주간|야간|토요일"
    r"|원데이|교육|강좌|수업|특강|만들기|강의|저녁반|직장인|무료|취업|주말|오전|오후|저녁|어르신|청년|여성|디지털|창업|차|상담|활동|사무|서비스|생활|certificates?|licen[cs]e|class|course|job|work|care|skills|level|instructor|training|food|and|of|the"
)


@dataclass(frozen=True)
class Named:
    """The courses that a sentence names, the likeliest first, with how much speaks for each."""

    weights: tuple[tuple[int, float], ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """Those that are meant, by all likelihood."""
        best = self.weights[0][1] if self.weights else 0.0
        return tuple(each for each, weight in self.weights if weight >= best * (1 - _LEAST))

    def without(self, known: Collection[int]) -> "Named":
        return Named(tuple(each for each in self.weights if each[0] not in known))


class Mentions:
    """A table of everything by which courses are named; a sentence is looked through once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        known = tuple(entries)
        self._owners: dict[str, set[int]] = defaultdict(set)
        for entry in known:
            for name in _names(entry):
                self._owners[name].add(entry.id)
        self._order = {entry.id: at for at, entry in enumerate(known)}
        self._lengths = sorted({len(name) for name in self._owners}, reverse=True)

    def named_in(self, text: str) -> Named:
        said = _INTERJECTION.sub(" ", normalise(text)[:_LONGEST])
        tokens = search_words.words(said)
        found, refused = self._within("".join(tokens), {0, *accumulate(map(len, tokens))})
        found += self._alone(tokens)
        weights: dict[int, float] = defaultdict(float)
        for word in found:
            for owner in self._owners[word] - refused:
                weights[owner] += self._weight(word)
        ordered = sorted(weights.items(), key=lambda each: (-each[1], self._order[each[0]]))
        return Named(tuple(ordered))

    def _within(self, said: str, breaks: Collection[int]) -> tuple[list[str], set[int]]:
        """The longest names, from left to right, and the courses of those that are refused: 엑셀 말고.

        `said` is without spaces; `breaks` are the places where words begin and end.
        """
        found: list[str] = []
        refused: set[int] = set()
        at = 0
        while at < len(said):
            sizes = (size for size in self._lengths if size > 1 and said[at : at + size] in self._owners)
            size = next((size for size in sizes if _stands_alone(said, at, at + size, breaks)), 0)
            name = said[at : at + size]
            if size and said.startswith(_NOT_THAT, at + size):
                refused |= self._owners[name]
            elif size:
                found.append(name)
            at += size or 1
        return found, refused

    def _alone(self, tokens: Sequence[str]) -> list[str]:
        """Names of one syllable, which are words of their own."""
        stems = (stem for token in tokens for stem in (token, *search_words.shortened(token)))
        return [stem for stem in stems if len(stem) == 1 and stem in self._owners]

    def _weight(self, name: str) -> float:
        rare: float = log(1 + len(self._order) / len(self._owners[name]))
        return rare * sqrt(len(name))


def _stands_alone(said: str, start: int, end: int, breaks: Collection[int]) -> bool:
    """Whether a name isn't just a part of another English word: no tea in teacher, no art in start.

    What is longer is a stem as well: organiz, psycholog.
    """
    if not said[start:end].isascii():
        return True
    begins = start in breaks or not said[start - 1].isascii()
    ends = {end, end + 1} & set(breaks) if said[end : end + 1] == "s" else end in breaks
    return begins and bool(ends or not said[end : end + 1].isascii() or end - start >= _STEM)


def _names(entry: Entry) -> set[str]:
    title = search_words.words(normalise(entry.title))
    phrases = ["".join(title), *title, *("".join(search_words.words(normalise(word))) for word in entry.words)]
    about = "".join(phrases)
    said = {stem for each in _sayings() if each.is_of(about) for stem in each.said}
    return {name for name in (*phrases, *said) if name and not _COMMON.fullmatch(name)}


@dataclass(frozen=True)
class _Saying:
    of: tuple[str, ...]
    said: tuple[str, ...]
    but: str

    def is_of(self, course: str) -> bool:
        seen = course.replace(self.but, "") if self.but else course
        return any(word in seen for word in self.of)


@cache
def _sayings() -> tuple[_Saying, ...]:
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))["saying"]
    return tuple(
        _Saying(tuple(word.lower() for word in each["of"]), tuple(each["said"]), each.get("but", "")) for each in table
    )
