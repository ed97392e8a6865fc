"""Which category of ours a posting belongs to: by its occupation code or by its title, as feeds mix up codes."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from handlers.language.spelling import unspaced

FILE = Path(__file__).with_name("categories.toml")
CODE, WORD, TELLING = 3, 2, 4


class Category(NamedTuple):
    name: str
    codes: frozenset[str]
    telling: tuple[str, ...]
    words: tuple[str, ...]

    def weight(self, occupation: str, title: str) -> int:
        words = WORD * sum(word in title for word in self.words)
        return CODE * (occupation in self.codes) + words + TELLING * any(word in title for word in self.telling)


def of(occupation: str, title: str) -> str:
    """The name of the category for which most speaks; "" when nothing does."""
    glued = unspaced(title)
    best = max(known(), key=lambda category: category.weight(occupation, glued))
    return best.name if best.weight(occupation, glued) else ""


@cache
def known() -> tuple[Category, ...]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["category"]
    return tuple(
        Category(
            row["name"],
            frozenset(row["codes"]),
            tuple(map(unspaced, row["telling"])),
            tuple(map(unspaced, row["words"])),
        )
        for row in rows
    )


def names() -> tuple[str, ...]:
    return tuple(category.name for category in known())
