"""Entries that wait for an officer: taken as they are or as another mark, or put aside."""

from functools import partial

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, whole
from handlers.staff.attendance.waiting import DECIDE
from handlers.staff.attendance.words import is_mark
from handlers.staff.desk import acts
from handlers.staff.desk.declined import Declined


async def decide(ask: Ask, back: str) -> Response:
    """By one button, which says the entry and what becomes of it: "31.late", "31.dismiss"."""
    number, _, verdict = ask.text("decide").partition(".")
    entry = whole(number)
    if entry is None or not (is_mark(verdict) or verdict == "dismiss"):
        raise Declined("무엇을 할지 알 수 없습니다. 화면의 단추로 다시 해 주세요.")
    dismiss = verdict == "dismiss"
    words = {"code": ask.code, "numbers": [entry], "mark": "" if dismiss else verdict, "dismiss": dismiss}
    work = partial(acts.perform, act=DECIDE, args=words)
    return await acting.tell(ask, await ask.gate.act(work, DECIDE.name, acts.words_of(words)), back)
