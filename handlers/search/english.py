"""English words by which courses and jobs with Korean names are found."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("english.toml")


def words_of(said: Iterable[str]) -> list[str]:
    """What English speakers type for something that is called so in Korean."""
    text = " ".join(said)
    return list(dict.fromkeys(word for korean, words in _words().items() if korean in text for word in words))


def in_korean(words: Sequence[str]) -> list[str]:
    """The Korean words that English ones stand for, taken together or one by one; any others as they are."""
    together = _meanings().get(" ".join(words).lower().removesuffix("s"))
    return [together] if together else [_meanings().get(word.lower().removesuffix("s"), word) for word in words]


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _meanings() -> dict[str, str]:
    pairs = [(word.lower().removesuffix("s"), korean) for korean, words in _words().items() for word in words]
    return dict(reversed(pairs))
