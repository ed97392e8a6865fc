"""All words that residents read, in both languages, with Korean particles that fit."""

import string
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.dialogue.korean import with_particle

LANGUAGES = ("ko", "en")


class _Words(string.Formatter):
    """`{title:을/를}` appends the particle that fits; `{title!q:을/를}` puts the word into quotes as well."""

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        return f"‘{value}’" if conversion == "q" else super().convert_field(value, conversion)

    def format_field(self, value: Any, format_spec: str) -> str:
        if "/" in format_spec:
            return with_particle(str(value), format_spec)
        return str(super().format_field(value, format_spec))


_WORDS = _Words()


def say(language: str, key: str, **data: Any) -> str:
    """The text of a key; a KeyError for a key or a datum that isn't there."""
    return _WORDS.vformat(catalogue(language)[key], (), data)


def fields(language: str, key: str) -> set[str]:
    """The names of the data that a text needs."""
    return {name for _, name, _, _ in _WORDS.parse(catalogue(language)[key]) if name}


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
