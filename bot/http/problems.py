"""What can stand in the way of a message, each with its status and its words."""

from dataclasses import dataclass

from bot.http.requests import LONGEST_TEXT


@dataclass(frozen=True)
class Problem:
    """Why something can't be done: a status, and the key of its words."""

    status: int
    key: str
    retry_after: float = 0
    limit: int = 0
    title: str = "web.not_sent"


FORGED = Problem(403, "web.expired")
TOO_LARGE = Problem(413, "web.too_large")
TOO_LONG = Problem(422, "answers.too_long", limit=LONGEST_TEXT)
EMPTY = Problem(422, "answers.empty")
BROKEN = Problem(503, "web.broken", retry_after=5)
ELSEWHERE = Problem(403, "kiosk.elsewhere")
TOO_SOON = Problem(429, "kiosk.too_fast", retry_after=5)
NO_FILE = Problem(404, "web.no_file", title="web.no_file_title")


def too_much(wait: float) -> Problem:
    return Problem(429, "help.too_much", retry_after=wait)


def too_fast(wait: float) -> Problem:
    return Problem(429, "help.slow_down", retry_after=wait)
