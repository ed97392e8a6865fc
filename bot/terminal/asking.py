"""Questions at the terminal."""

import getpass
import sys

from bot.terminal import failing


def can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def answer(question: str) -> str:
    """Ctrl-C and Ctrl-D at the question are a no, and the line that they broke off is ended."""
    try:
        return input(question)
    except (KeyboardInterrupt, EOFError):
        say("")
        return ""


def ask(question: str, is_secret: bool = False) -> str:
    """Ctrl-D ends it as Ctrl-C does: KeyboardInterrupt. What is secret isn't shown while it is typed."""
    try:
        return (getpass.getpass(question) if is_secret else input(question)).strip()
    except EOFError:
        raise KeyboardInterrupt from None


def say(text: str) -> None:
    """Who reads it may have seen enough (`| head -1`): what was to be done is done all the same."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        failing.hush()
