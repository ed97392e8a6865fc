"""The settings as far as they are answered, over those of a file that is there already."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Table

from bot import settings
from bot.misconfigured import NESTED, PREFIX
from bot.settings import Settings

Key = tuple[str, ...]
NEW = Path(__file__).with_name("new.toml")


@dataclass(frozen=True)
class Draft:
    """`before` is the file that is there, "" where there is none; an answer of None takes a setting out of it."""

    path: Path
    before: str = ""
    answers: Mapping[Key, Any] = field(default_factory=dict)
    login: str = ""  # of the first officer
    name: str = ""

    def answered(self, *key: str, value: Any) -> "Draft":
        others = {each: said for each, said in self.answers.items() if not _is_within(each, key)}
        return replace(self, answers={**others, key: value})

    def found(self, *key: str) -> Any:
        """What is answered, or set in the environment, or in the file; None where nothing is."""
        for each, value in self.answers.items():
            if key[: len(each)] == each:
                return value
        variable = os.environ.get(f"{PREFIX}{NESTED.join(key)}".upper())
        return variable or _in(tomllib.loads(self.before), key)

    def text(self) -> str:
        """The file with the answers in it; what else is there stays, and so do the comments."""
        document = tomlkit.parse(self.before or NEW.read_text(encoding="utf-8"))
        for key, value in self.answers.items():
            _put(document, key, value)
        if self.before:
            return tomlkit.dumps(document)
        _prune(document, self.answers)
        return re.sub("\n{3,}", "\n\n", tomlkit.dumps(document))

    def settings(self) -> Settings:
        """As the service would read them. Raises SettingsError."""
        return settings.of(self.path, tomllib.loads(self.text()))


def _is_within(one: Key, other: Key) -> bool:
    return one[: len(other)] == other or other[: len(one)] == one


def _in(written: Any, key: Key) -> Any:
    for name in key:
        written = written.get(name) if isinstance(written, dict) else None
    return written


def _put(document: tomlkit.TOMLDocument, key: Key, value: Any) -> None:
    *sections, name = key
    at: Any = document
    for section in sections:
        at = at.setdefault(section, tomlkit.table())
    if value is None:
        at.pop(name, None)
    else:
        at[name] = value


def _prune(document: tomlkit.TOMLDocument, answers: Mapping[Key, Any]) -> None:
    """Nothing stays of what nobody answered."""
    for name in list(document):
        if not isinstance(section := document[name], Table):
            if (name,) not in answers:
                del document[name]
            continue
        for each in [each for each in section if (name, each) not in answers]:
            del section[each]
        if not section:
            del document[name]
