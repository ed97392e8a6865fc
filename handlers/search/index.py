"""Finds courses by what residents type: loosely spaced, in first consonants, on the wrong keyboard, misspelt."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import accumulate

from handlers.language.letters import jamo
from handlers.search import words as search_words
from handlers.search.sounds import Sounds

_MOST_SLIPS = 3  # words of one query that are looked for misspelt

_CONSONANT = re.compile("[ㄱ-ㅎ]")


@dataclass(frozen=True)
class Entry:
    """A course as it is searched for: `words` are synonyms, category and certificate."""

    id: int
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """Ids, best first. When not sure, `word` is the title word or synonym to ask back with."""

    ids: tuple[int, ...]
    sure: bool
    word: str


@dataclass(frozen=True)
class _Match:
    """How well entries fit, by their place in the index: 0 is best."""

    ranks: dict[int, int]
    word: str = ""
    sure: bool = True


_NOTHING = _Match({})


@dataclass(frozen=True)
class _Phrase:
    place: int
    is_title: bool
    words: Sequence[str]


class Index:
    def __init__(self, entries: Iterable[Entry]) -> None:
        known = tuple(entries)
        phrases = [
            _Phrase(place, rank == 0, search_words.words(phrase))
            for place, entry in enumerate(known)
            for rank, phrase in enumerate((entry.title, *entry.words))
        ]
        self._ids = [entry.id for entry in known]
        self._lines = _Lines(phrases)
        self._sounds = Sounds((phrase.place, phrase.words) for phrase in phrases)

    def find(self, query: str, limit: int = 20) -> Found:
        match = self._match(search_words.of_query(query))
        places = sorted(match.ranks, key=lambda place: (match.ranks[place], place))[:limit]
        ids = tuple(self._ids[place] for place in places)
        return Found(ids, match.sure and bool(ids), "" if match.sure else match.word)

    def _match(self, words: Sequence[str]) -> _Match:
        whole = self._lines.titled("".join(words))
        match = self._match_telling([word for word in words if not search_words.says_nothing(word)])
        return _Match(match.ranks | whole.ranks if match.sure else whole.ranks) if whole.ranks else match

    def _match_telling(self, words: Sequence[str]) -> _Match:
        if not any(map(search_words.is_enough, words)):
            return _NOTHING
        joined = self._lines.holding("".join(words).lower())
        return joined if joined.ranks else self._match_each([self._readings(word) for word in words])

    def _match_each(self, readings: Sequence[Sequence[str]]) -> _Match:
        matches = [self._as_written(reading) for reading in readings]
        for at in [at for at, match in enumerate(matches) if not match.ranks][:_MOST_SLIPS]:
            matches[at] = self._as_meant(readings[at])
        together = reduce(_both, matches)
        weighty = [match for match, reading in zip(matches, readings, strict=True) if len(reading[0]) > 1]
        return together if together.ranks else _most(weighty)

    def _readings(self, word: str) -> list[str]:
        shorter = search_words.shortened(word)
        return [word, *(stem for stem in shorter if len(stem) > 1 or stem.lower() in self._lines.words)]

    def _as_written(self, readings: Sequence[str]) -> _Match:
        for word in readings:
            if (match := self._lines.holding(word.lower())).ranks or (match := self._in_hangul(word)).ranks:
                return match
        return self._in_halves(readings[-1].lower())

    def _in_hangul(self, word: str) -> _Match:
        hangul = (jamo.slipped(word) or "").lower()
        if len(hangul) > 1:
            return self._lines.holding(hangul)
        # Short English words spell a syllable too, as "sns" does 눈.
        return replace(self._lines.holding(hangul), sure=False) if hangul in self._lines.words else _NOTHING

    def _in_halves(self, word: str) -> _Match:
        halves = (_both(*map(self._lines.holding, (word[:at], word[at:]))) for at in range(2, len(word) - 1))
        return next((match for match in halves if match.ranks), _NOTHING)

    def _as_meant(self, readings: Sequence[str]) -> _Match:
        word = (jamo.slipped(readings[-1]) or readings[-1]).lower()
        keys = jamo.typed(word).lower()
        in_latin = self._lines.holding(keys) if len(keys) > 2 else _NOTHING
        matches = (self._sounding(word), self._lines.skipping(word), in_latin)
        return replace(next((match for match in matches if match.ranks), _NOTHING), sure=False)

    def _sounding(self, word: str) -> _Match:
        meant = self._sounds.near(word)
        return _Match(dict.fromkeys(meant, 0), next(iter(meant.values()), ""))


class _Lines:
    """All titles and words in one string, one a line and without spaces, so that one pass finds a text in any."""

    def __init__(self, phrases: Sequence[_Phrase]) -> None:
        lines = ["".join(phrase.words).lower() for phrase in phrases]
        self.words = {word.lower() for phrase in phrases for word in phrase.words}
        self._text = "".join(f"{line}\n" for line in lines)
        self._initials = _initials(self._text)
        self._owners = [(phrase.place, phrase.is_title) for phrase in phrases]
        self._starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
        self._heads: dict[int, str] = {}
        self._titles: dict[str, dict[int, int]] = defaultdict(dict)
        for start, line, phrase in zip(self._starts, lines, phrases, strict=False):
            for word in phrase.words:
                self._heads[start] = word
                start += len(word.lower())
            for form in (line, _initials(line)) if phrase.is_title else ():
                self._titles[form][phrase.place] = -1
        self._head_places = [*self._heads, len(self._text)]

    def titled(self, phrase: str) -> _Match:
        """The entries whose whole title this is, in full or in first consonants."""
        return _Match(self._titles.get(phrase.lower(), {}) if len(phrase) > 1 else {})

    def holding(self, word: str) -> _Match:
        """The entries with this text, in which some syllables may be first consonants only."""
        shown = "".join(jamo.initials(char) if _CONSONANT.match(char) else char for char in word)
        consonants = len(_CONSONANT.findall(shown))
        if not shown or (len(shown) == 1 and consonants):
            return _NOTHING
        if not consonants:
            return self._ranked(word, _places(word, self._text), only_heads=len(word) == 1)
        return self._ranked(shown, self._with_consonants(shown), only_heads=len(shown) == consonants == 2)

    def skipping(self, word: str) -> _Match:
        """The entries with a word that begins so and has these syllables in order: 한방차 for 한방건강차."""
        if len(word) < 3:
            return _NOTHING
        pattern = r"[^\n]{0,3}".join(map(re.escape, word))
        places = (found.start() for found in re.finditer(pattern, self._text))
        return self._ranked(word, places, only_heads=True)

    def _with_consonants(self, shown: str) -> Iterator[int]:
        for at in _places(jamo.initials(shown), self._initials):
            if all(_CONSONANT.match(char) or char == self._text[at + n] for n, char in enumerate(shown)):
                yield at

    def _ranked(self, word: str, places: Iterable[int], *, only_heads: bool) -> _Match:
        ranks: dict[int, int] = {}
        best = (4, "")
        for at in places:
            line = bisect_right(self._starts, at) - 1
            owner, is_title = self._owners[line]
            head = bisect_right(self._head_places, at) - 1
            if at not in self._heads and not self._may_start_within(word, at, head, only_heads, is_title):
                continue
            rank = 3 if not is_title else 0 if at == self._starts[line] else 1 if at in self._heads else 2
            ranks[owner] = min(rank, ranks.get(owner, rank))
            if rank < best[0]:
                best = rank, self._heads[self._head_places[head]]
        return _Match(ranks, best[1])

    def _may_start_within(self, word: str, at: int, head: int, only_heads: bool, is_title: bool) -> bool:
        if only_heads:
            return not is_title and self._text.startswith(word + "\n", at)
        # "생일" is not in "수료생 일자리".
        return self._head_places[head + 1] >= at + len(word)


def _initials(text: str) -> str:
    return "".join(jamo.initials(char)[0] for char in text)


def _places(needle: str, haystack: str) -> Iterator[int]:
    at = haystack.find(needle)
    while at >= 0:
        yield at
        at = haystack.find(needle, at + 1)


def _both(one: _Match, other: _Match) -> _Match:
    shared = {place: one.ranks[place] + other.ranks[place] for place in one.ranks.keys() & other.ranks.keys()}
    return _Match(shared, one.word if not one.sure or other.sure else other.word, one.sure and other.sure)


def _most(matches: Sequence[_Match]) -> _Match:
    """The entries that fit the most of the words, which is no sure sign."""
    counts = Counter(place for match in matches for place in match.ranks)
    most = max(counts.values(), default=0)
    word = next((match.word for match in matches if match.ranks), "")
    return _Match({place: 0 for place, count in counts.items() if count == most}, word, sure=False)
