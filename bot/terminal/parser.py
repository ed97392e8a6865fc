"""Reads what was typed, and explains in Korean how it is to be typed."""

import argparse
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NoReturn

from bot.terminal.command import WRONG_USE

MOST_NAMED = 7  # choices that an error names one by one


class Parser(argparse.ArgumentParser):
    declare: Callable[[], None] | None = None  # says what it takes, once that is asked for

    def parse_known_args(self, *given: Any, **more: Any) -> Any:
        if self.declare:
            self.declare()
        self._valued: set[str] = set()
        return super().parse_known_args(*given, **more)

    def _get_values(self, action: argparse.Action, given: list[str]) -> Any:
        """argparse keeps the last of two values without a word: who wrote both meant both."""
        if action.option_strings and action.nargs != 0:
            if action.dest in self._valued:
                raise argparse.ArgumentError(action, "한 번만 적어 주세요. 번호가 여럿이면 쉼표로 이어 적습니다.")
            self._valued.add(action.dest)
        return super()._get_values(action, given)

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"명령을 잘못 쓰셨습니다: {message}\n사용법은 {self.prog} --help로 볼 수 있습니다.\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """As argparse does it, but with what is near instead of all that there is."""
        if action.choices is None or value in action.choices:
            return
        choices = [str(each) for each in action.choices]
        near = get_close_matches(str(value).casefold(), choices, 3)
        raise argparse.ArgumentError(action, f"‘{value}’: 이런 것은 없습니다.{_instead(choices, near)}")


def _instead(choices: list[str], near: list[str]) -> str:
    if near:
        return f" 혹시 {', '.join(near)}인가요?"
    return f" 이 가운데 하나를 적어 주세요: {', '.join(choices)}." if len(choices) <= MOST_NAMED else ""


def speak_korean() -> None:
    """Make argparse say Korean what it says by itself, in every parser of this program."""
    argparse._ = _said  # type: ignore[attr-defined]
    argparse.ngettext = lambda one, many, count: _said(one if count == 1 else many)  # type: ignore[attr-defined]


def _said(message: str) -> str:
    return KOREAN.get(message, message)


KOREAN = {
    "usage: ": "사용법: ",
    "positional arguments": "적을 것",
    "options": "덧붙일 수 있는 것",
    "subcommands": "명령",
    "show this help message and exit": "이 도움말을 보여 줍니다",
    " (default: %(default)s)": " (기본: %(default)s)",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "빠진 것이 있습니다. 함께 적어 주세요: %s",
    "one of the arguments %s is required": "이 가운데 하나를 적어 주세요: %s",
    "not allowed with argument %s": "%s 옵션과 함께 적을 수 없습니다. 하나만 적어 주세요.",
    "unrecognized arguments: %s": "알 수 없는 말이 있습니다: %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s: 어느 것인지 알 수 없습니다. 끝까지 적어 주세요: %(matches)s"
    ),
    "ignored explicit argument %r": "값 없이 적는 옵션입니다. 빼 주세요: %r",
    "expected one argument": "뒤에 값을 하나 적어 주세요.",
    "expected at most one argument": "뒤에 값은 하나만 적을 수 있습니다.",
    "expected at least one argument": "뒤에 값을 적어 주세요.",
    "expected %s argument": "뒤에 값을 %s개 적어 주세요.",
    "expected %s arguments": "뒤에 값을 %s개 적어 주세요.",
    "invalid %(type)s value: %(value)r": "쓸 수 없는 값입니다: %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r: 이런 것은 없습니다. 이 가운데 하나를 적어 주세요: %(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": "%(parser_name)r: 없는 명령입니다. 있는 명령: %(choices)s",
    "unexpected option string: %s": "알 수 없는 옵션입니다: %s",
    "can't open '%(filename)s': %(error)s": "‘%(filename)s’: 파일을 열 수 없습니다.",
}
