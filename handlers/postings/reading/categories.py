"""Our categories: what each is called in paths, and which a posting belongs to, by its occupation code or its title."""

import tomllib
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from handlers.language.letters.spelling import unspaced
from handlers.postings.reading.words import holds

FILE = Path(__file__).with_name("categories.toml")
CODE, WORD, TELLING = 3, 2, 4
# Buttons of before November 2026 named a field of jobs by its place in the file, counted from 1: this order is frozen.
PLACES = ("food", "crafts", "mind", "home", "teaching", "office", "career")


class Category(NamedTuple):
    code: str
    name: str
    english: str
    codes: frozenset[str]
    telling: tuple[str, ...]
    words: tuple[str, ...]

    def weight(self, occupation: str, title: str) -> int:
        words = WORD * sum(holds(title, word) for word in self.words)
        return CODE * (occupation in self.codes) + words + TELLING * any(holds(title, word) for word in self.telling)


def of(occupation: str, title: str) -> str:
    """The name of the category for which most speaks; "" when nothing does. Feeds mix up occupation codes."""
    glued = unspaced(title)
    best = max(known(), key=lambda category: category.weight(occupation, glued))
    return best.name if best.weight(occupation, glued) else ""


@cache
def known() -> tuple[Category, ...]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["category"]
    return tuple(
        Category(
            row["code"],
            row["name"],
            row["english"],
            frozenset(row["codes"]),
            tuple(map(unspaced, row["telling"])),
            tuple(map(unspaced, row["words"])),
        )
        for row in rows
    )


def names() -> tuple[str, ...]:
    return tuple(category.name for category in known())


def in_(language: str, name: str) -> str:
    """What residents read for a category; one that only courses have is called as officers call it."""
    english = {category.name: category.english for category in known()} if language == "en" else {}
    return english.get(name, name)


def code_of(name: str) -> str:
    """What a category is called in paths; one that only courses have, by a number of its name."""
    return next((category.code for category in known() if category.name == name), number_of(name))


def by_code(code: str, among: Iterable[str]) -> str | None:
    """The name that is meant in a path, also in one of before."""
    return next((name for name in among if code in (code_of(name), *_codes_of_before(name))), None)


def _codes_of_before(name: str) -> list[str]:
    """Of fields of jobs, categories of courses and topics of news."""
    places = [str(place) for place, code in enumerate(PLACES, 1) if code == code_of(name)]
    return [*places, number_of(name), number_of(f"category:{name}")]


def number_of(name: str) -> str:
    return str(zlib.crc32(name.encode()))
