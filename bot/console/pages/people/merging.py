"""Two records of one person side by side, and made one."""

from functools import partial

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.pages.people.person import path_of
from handlers.staff.desk import acts
from handlers.staff.desk.declined import Declined
from handlers.staff.officers.roles import Right
from handlers.staff.persons.merging import MERGE


async def compare(ask: Ask) -> Response:
    """What would become of both; which of them stays can be turned round."""
    kept, gone = _two(ask.query("merge") or f"{ask.query('kept')},{ask.query('gone')}")
    words = {"kept": kept, "gone": gone}
    shown = await ask.gate.preview(partial(acts.perform, act=MERGE, args=words, again=True), MERGE.name, words)
    return ask.page("people/merge.html", "같은 분의 두 기록", told=shown, kept=kept, gone=gone)


async def merge(ask: Ask) -> Response:
    kept, gone = _two(f"{ask.text('kept')},{ask.text('gone')}")
    return await acting.act(ask, MERGE, path_of(kept), kept=kept, gone=gone)


def _two(written: str) -> tuple[int, int]:
    numbers = [part.strip() for part in written.split(",")]
    if len(numbers) != 2 or not all(each.isascii() and each.isdigit() and len(each) < 16 for each in numbers):
        raise Declined("나란히 볼 두 기록의 번호를 적어 주세요. 예: 12와 15")
    return int(numbers[0]), int(numbers[1])


PAGES = (Page("/people/merge", Right.PEOPLE, compare, merge),)
