"""All words that residents read, in both languages, with Korean particles that fit."""

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.language.letters.particles import with_particle

LANGUAGES = ("ko", "en")
QUOTES = {"ko": "‘’", "en": "“”"}
SHORT = "short"  # the table of texts that simple mode says in place of longer ones


Piece = tuple[str, str, bool, str]  # text before a field, its name, whether it is quoted, its particles


def say(language: str, key: str, **data: Any) -> str:
    """The text of a key; a KeyError for a key or a datum that isn't there.

    `{title:을/를}` appends the particle that fits; `{title!q:을/를}` puts the word into quotes as well.
    """
    return fill(language, key, data, {})


def fill(language: str, key: str, data: Mapping[str, Any], names: Mapping[str, Any]) -> str:
    """The same, where `names` are what any text may name."""
    written = []
    for text, name, is_quoted, pair in _pieces(language, key):
        written.append(text)
        if name:
            value = data[name] if name in data else names[name]
            written.append(_shown(value, QUOTES[language] if is_quoted else "", pair))
    return "".join(written)


@cache
def unfilled(language: str, key: str) -> str | None:
    """A text that names nothing, as it is; None for any other."""
    return say(language, key) if not fields(language, key) else None


def in_short(language: str, key: str) -> str:
    """The key of the same text in a few short sentences, if there is one."""
    short = f"{SHORT}.{key}"
    return short if short in catalogue(language) else key


def fields(language: str, key: str) -> set[str]:
    """The names of the data that a text needs."""
    return {name for _, name, _, _ in _pieces(language, key) if name}


def _shown(value: Any, quotes: str, pair: str) -> str:
    word = str(value).join(quotes) if quotes else str(value)
    return with_particle(word, pair) if pair else word


@cache
def _pieces(language: str, key: str) -> tuple[Piece, ...]:
    parsed = string.Formatter().parse(catalogue(language)[key])
    return tuple((text, name or "", conversion == "q", pair or "") for text, name, pair, conversion in parsed)


@cache
def catalogue(language: str) -> dict[str, str]:
    source = files("handlers.dialogue") / "texts" / f"{language}.toml"
    return dict(_flat(tomllib.loads(source.read_text(encoding="utf-8"))))


def _flat(tree: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield path + name, value.strip("\n")
