"""What to type for a next step, so that it works where it is printed: this program's name, and this shell's quotes."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

from handlers.staff.desk.told import Step

PLACES = ("course", "survey", "number", "when", "entry", "files")  # arguments that stand without a name, in this order
PLACES_OF = {"year": ("year",), "quarter": ("year", "quarter")}  # more of them, after these actions only
COURSE_NAMED = (
    "results",
    "open-survey",
    "close-survey",
    "import",
    "slips",
    "set-aside",
    "missed",
    "sources",
)  # what takes it as --course
NAME = "baeumtok"


def typed(step: Step) -> str:
    """A step as a command line of this program."""
    return f"{program()} {quoted([*words(step), *_config()])}"


def words(step: Step) -> list[str]:
    args = {name: value for name, value in step.args.items() if _is_given(value)}
    placed = (*PLACES, *PLACES_OF.get(step.action, ()))
    places = [name for name in placed if name in args and not (name == "course" and step.action in COURSE_NAMED)]
    found = [step.action, *(word for name in places for word in _words(args[name]))]
    for name in (name for name in args if name not in places):
        found += [f"--{name.replace('_', '-')}", *_values(args[name])]
    return found


def _config() -> list[str]:
    """The settings with which this command was started, where they aren't the usual ones."""
    for at, word in enumerate(sys.argv[1:], 1):
        name, equals, _ = word.partition("=")
        if len(name) > len("--") and "--config".startswith(name):  # argparse takes its beginning, too
            return [word] if equals else sys.argv[at : at + 2]
    return []


def quoted(words: list[str]) -> str:
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def program() -> str:
    """The name under which it was started: `baeumtok`, the way to it, or `python -m bot`."""
    started = Path(sys.argv[0])
    if started.stem == NAME:
        found = which(NAME)
        return NAME if found and Path(found).samefile(started) else quoted([_near(started)])
    return f"{quoted([_near(Path(sys.executable))])} -m bot"


def _near(path: Path) -> str:
    """From here, where that is shorter."""
    try:
        here = Path.cwd()
    except FileNotFoundError:  # the folder was deleted meanwhile
        return str(path)
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _words(value: Any) -> list[str]:
    """What stands without a name is written word by word."""
    return [word for each in (value if isinstance(value, list | tuple) else [value]) for word in _values(each)]


def _values(value: Any) -> Iterator[str]:
    """A list is written with commas; what is just said has no value."""
    if isinstance(value, list | tuple):
        yield ",".join(map(str, value))
    elif value is not True:
        yield str(value)


def _is_given(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [], ())
