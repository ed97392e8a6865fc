"""Whatever the console and the commands look at has a name in Korean in the access log."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import bot
from bot.commands import GROUPS
from handlers.staff.access.titles import title

BOT = Path(bot.__file__).parent
OF_OPERATORS = {"setup", *GROUPS["serving"], *GROUPS["keeping"]} - {"retention"}  # these look at nothing
COMMANDS = [name for group in GROUPS.values() for name in group]


def looks() -> Iterator[str]:
    """Under which names pages look, as they say it; a constant is what it stands for."""
    for file in sorted((BOT / "console").rglob("*.py")):
        module = ".".join(file.relative_to(BOT.parent).with_suffix("").parts)
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "look":
                match call.args[0]:
                    case ast.Constant(value=str(name)):
                        yield name
                    case ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name)) as said:
                        found = getattr(import_module(module), name, None)
                        yield from named(found, said)


def named(found: object, said: ast.expr) -> Iterator[str]:
    value = getattr(found, said.attr) if isinstance(said, ast.Attribute) else found
    if isinstance(value, str):
        yield value


@pytest.mark.parametrize("action", sorted({*looks(), *COMMANDS} - OF_OPERATORS))
def test_a_look_is_told_in_korean(action: str):
    told = title(f"look/{action}")
    assert not any(sign.isascii() and sign.isalpha() for sign in told.replace("QR", "")), told
