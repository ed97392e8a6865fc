"""Handlers know no channel by its name: they ask for a trait."""

import ast
from collections.abc import Iterator
from pathlib import Path

import handlers
from bot.settings import Settings
from bot.traits import TRAITS

FLOOR = Path(handlers.__file__).parent


def test_no_handler_holds_the_name_of_a_channel():
    assert [place for path in sorted(FLOOR.rglob("*.py")) for place in named(path)] == []


def test_an_organization_has_the_channels_that_are_on(settings: Settings):
    assert settings.to_organization().ways == ("telegram",)
    assert set(Settings().to_organization().channels) == {"web"}
    assert Settings().to_organization().ways == ()


def test_officers_have_a_name_for_each_channel():
    names = [traits.name for traits in TRAITS.values()]
    assert (len(set(names)), "" in names) == (len(TRAITS), False)


def named(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and node.value in TRAITS:
            yield f"{path.relative_to(FLOOR)}:{node.lineno} {node.value}"
