"""What to type for a next step: as this program takes it, and as the shell reads it."""

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import handlers
from bot.terminal import typed
from handlers.staff.desk.told import Step
from tests.support.commands import commands

HANDLERS = Path(handlers.__file__).parent


def calls(name: str) -> list[tuple[str, ast.Call]]:
    """All calls of this name below handlers/, with the file that they stand in."""
    return [
        (path.name, node)
        for path in HANDLERS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step("", "draw", {"course": "26-01", "verify": True}), "draw 26-01 --verify"),
        (Step("", "select", {"course": "26-01", "accept": [12, 15]}), "select 26-01 --accept 12,15"),
        (Step("", "move-session", {"when": "2026-12-15 14:00", "number": 1, "course": "T"}), "move-session T 1"),
        (Step("", "results", {"survey": "S", "course": None}), "results S"),
        (Step("", "close-survey", {"survey": "S", "course": "26-01"}), "close-survey S --course 26-01"),
        (Step("", "counseling", {"attended": [1], "no_show": (), "placed": [1]}), "counseling --attended 1 --placed 1"),
        (Step("", "counseling", {"cancel": 1, "reason": "x"}), "counseling --cancel 1 --reason x"),
        (Step("", "outbox", {"all": True}), "outbox --all"),
        (Step("", "undo", {"entry": 1}), "undo 1"),
        (Step("", "import", {"files": ["a.xlsx", "b.csv"], "check": True}), "import a.xlsx b.csv --check"),
        (Step("", "import", {"course": "T", "answers": "S", "files": "a.csv"}), "import a.csv --course T --answers S"),
    ],
)
def test_a_step_is_written_as_the_command_takes_it(step, words):
    assert " ".join(typed.words(step)).removesuffix(" 2026-12-15 14:00") == words


def test_every_step_that_is_offered_is_a_command_with_arguments_that_it_has():
    known, looked_at = commands(), 0
    for file, call in calls("Step"):
        action, *args = [*call.args[1:], *(each.value for each in call.keywords if each.arg == "args")]
        if not isinstance(action, ast.Constant) or action.value == "undo":
            continue
        of = known[action.value]
        names = {option for each in of._actions for option in each.option_strings or [each.dest]}
        given = [key for each in args if isinstance(each, ast.Dict) for key in each.keys]
        keys = [key.value for key in given if isinstance(key, ast.Constant)]
        missing = {key for key in keys if not {key, f"--{key.replace('_', '-')}"} & names}
        assert not missing, f"{file}: {action.value} has no {missing}"
        looked_at += 1
    assert looked_at > 10


def sentences() -> list[tuple[str, str]]:
    """Every text below handlers/, with the place where it stands."""
    return [
        (f"{path.relative_to(HANDLERS)}:{node.lineno}", node.value)
        for path in HANDLERS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_no_sentence_of_handlers_names_the_program():
    assert [place for place, said in sentences() if "python -m bot" in said or "baeumtok " in said] == []


def test_no_sentence_of_handlers_names_an_option_which_a_page_has_not():
    option = re.compile(r"(?<![\w-])--?[a-z]")
    assert [place for place, said in sentences() if option.search(said) and re.search("[가-힣]", said)] == []


HARD = ["close-course", "26-01", "--reason", "강사 사정: \"아픔\" & $HOME 'x'", "끝\\"]


def test_words_are_quoted_so_that_a_posix_shell_gives_them_back():
    ended = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {typed.quoted(HARD)}"], capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines() == HARD
    assert shlex.split(typed.quoted(HARD)) == HARD


def test_words_are_quoted_for_windows_where_single_quotes_are_signs_like_any_other(monkeypatch):
    with monkeypatch.context() as windows:
        windows.setattr(typed.os, "name", "nt")
        plain, spaced = typed.quoted(["outbox", "--all"]), typed.quoted(["--reason", "신청 인원 부족"])
        marked = typed.quoted(["--reason", '강사 "A"'])
    assert plain == "outbox --all"
    assert spaced == '--reason "신청 인원 부족"'
    assert marked == '--reason "강사 \\"A\\""'


@pytest.mark.parametrize(("started", "name"), [("/app/bot/__main__.py", "-m bot"), ("/app/bin/baeumtok", "baeumtok")])
def test_the_program_is_named_as_it_was_started(monkeypatch, started, name):
    monkeypatch.setattr(sys, "argv", [started])
    monkeypatch.setattr(typed, "which", lambda _: None)
    assert typed.typed(Step("", "outbox")).endswith(f"{name} outbox")


@pytest.mark.parametrize("given", [["--config", "my.toml"], ["--config=my.toml"], ["--conf", "my.toml"]])
def test_a_next_step_takes_the_settings_of_this_command_however_they_were_named(monkeypatch, given):
    monkeypatch.setattr(sys, "argv", ["baeumtok", "outbox", *given, "--all"])
    assert typed.typed(Step("", "check")).endswith(f" check {' '.join(given)}")


def test_a_folder_that_is_gone_hinders_no_step(monkeypatch, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    with monkeypatch.context() as there:
        there.chdir(gone)
        gone.rmdir()
        assert typed.program()
