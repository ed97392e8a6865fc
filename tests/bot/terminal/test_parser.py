"""How commands are to be typed is explained in Korean, whoever finds the mistake."""

import argparse
import ast
import inspect
import re

import pytest

from bot.__main__ import _parser
from bot.terminal.parser import KOREAN
from tests.support.commands import bot, commands

OF_PROGRAMMERS = (
    "conflict",
    "callable",
    "required' is",
    "dest=",
    "option string %(option)r",
    "merge",
    "subparser",
    "mutually",
)
NAMES = {"xlsx", "csv", "json", "html", "png", "config", "toml", "courses", "surveys", "postings", "counseling"}
NAMES |= {"questions", "CSV", "JSON"}
NAMES |= {"ID", "https", "polling", "postgresql", "webhook"}
NAMES |= {"policy", "indicators", "past", "plan", "problems", "promotion"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("complet T", "명령: ‘complet’: 이런 것은 없습니다. 혹시 complete인가요?"),
        ("complete T", "이 가운데 하나를 적어 주세요: --list --proposed --all --only --except --waive"),
        ("complete T --all --list", "--list: --all 옵션과 함께 적을 수 없습니다"),
        ("complete T --all=1", "--all: 값 없이 적는 옵션입니다"),
        ("complete T --only", "--only: 뒤에 값을 하나 적어 주세요"),
        ("close-course T", "빠진 것이 있습니다. 함께 적어 주세요: --reason"),
        ("counseling --move", "--move: 뒤에 값을 적어 주세요"),
        ("counseling --year 26", "--year: ‘26’: 연도를 네 자리로 적어 주세요"),
        ("counseling --no", "--no: 어느 것인지 알 수 없습니다. 끝까지 적어 주세요: --no-show"),
        ("slips S --people 몇", "‘몇’: 번호를 숫자로 적어 주세요"),
        ("import --of 강좌", "--of: ‘강좌’: 이런 것은 없습니다. 이 가운데 하나를 적어 주세요: courses"),
        ("outbox more", "알 수 없는 말이 있습니다: more"),
        ("outbox --nothing", "알 수 없는 말이 있습니다: --nothing"),
        ("complete T --only 12 --only 13", "--only: 한 번만 적어 주세요"),
        ("outbox --done 12 --done=13", "--done: 한 번만 적어 주세요"),
        ("check-applications T --a", "--a: 어느 것인지 알 수 없습니다. 끝까지 적어 주세요: --"),
    ],
)
def test_a_command_that_is_typed_wrongly_is_explained_in_korean(config, words, told):
    ended, said = bot(config, *words.split())
    assert (ended, told in said) == (2, True), said
    assert said.startswith("명령을 잘못 쓰셨습니다: ")
    assert re.findall(r"\b(?:argument|arguments|required|choice|expected|invalid|allowed)\b", said) == []


def test_whatever_argparse_may_say_to_an_officer_is_korean():
    tree = ast.parse(inspect.getsource(argparse))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    said = {each.value for node in calls if node.func.id in ("_", "ngettext") for each in node.args[:2]
            if isinstance(each, ast.Constant)}  # fmt: skip
    mine = {each for each in said if not any(word in each for word in OF_PROGRAMMERS)}
    assert len(mine) > 15
    assert mine - {*KOREAN, ".__call__() not defined", "%(prog)s: error: %(message)s\n", 'argument "-" with mode %r',
                   "invalid conflict_resolution value: %r"} == set()  # fmt: skip


@pytest.mark.parametrize("name", ["", *commands()])
def test_no_help_holds_a_word_that_is_not_korean(name):
    parser = commands()[name] if name else _parser()
    told = re.sub(re.escape(parser.prog), "", parser.format_help())
    words = set(re.findall(r"(?<![-\w/.])[A-Za-z][A-Za-z0-9]+(?![-\w])", told)) - NAMES - set(commands())
    assert words == set(), told
