"""A command loads what it needs, and no more: one that only looks is there at once."""

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

import handlers.staff
from handlers.staff.desk.acts import acts

DEAR = (
    "alembic",
    "openpyxl",
    "numpy",
    "matplotlib",
    "icalendar",
    "telegram",
    "aiohttp",
    "typst",
    "hwpx",
    "bot.console",
)
RUN = "import atexit, sys; atexit.register(lambda: print(*sys.modules)); from bot.__main__ import main; main()"


@pytest.mark.parametrize("name", ["courses", "draw", "outbox", "surveys", "persons", "attendance", "today"])
def test_what_takes_long_is_loaded_by_those_commands_that_use_it(config, name):
    loaded = _said(RUN, name, "--config", str(config)).split()
    assert f"handlers.staff.{'courses' if name in ('courses', 'draw') else 'desk'}" in loaded
    assert [each for each in DEAR if each in loaded] == []


@pytest.mark.parametrize("module", ["bot.console.acting", "handlers.staff.every_act"])
def test_whoever_meets_acts_by_name_knows_every_one(module):
    for found in pkgutil.walk_packages(handlers.staff.__path__, "handlers.staff."):
        import_module(found.name)
    known = _said(f"import {module}; from handlers.staff.desk.acts import acts; print(*sorted(acts))").split()
    assert known == sorted(acts)


def _said(program: str, *words: str) -> str:
    """What it prints in a process of its own."""
    run = subprocess.run((sys.executable, "-c", f"import sys\n{program}", *words), capture_output=True, text=True)
    return run.stdout
