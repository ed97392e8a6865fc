"""How far messages have come; pausing them, going on, and sending again to whom they didn't reach."""

from functools import partial
from typing import Any

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.writing import is_undo
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.messages import pausing, progress, sending
from handlers.staff.messages.progress import Way
from handlers.staff.officers.roles import Right
from storage.database import Transaction

ACTS = {"pause": pausing.PAUSE, "go_on": pausing.GO_ON, "to_missed": sending.AGAIN}


async def show_all(ask: Ask) -> Response:
    told = await ask.look("messages", partial(progress.listed, code=ask.query("course")), code=ask.query("course"))
    return ask.page("messages/list.html", "메시지", told=told)


async def show(ask: Ask) -> Response:
    number, everything = ask.number("number"), bool(ask.query("all"))

    def work(tx: Transaction, desk: Desk) -> tuple[Told, list[Way]]:
        return progress.show(tx, desk, number, everything), progress.ways(tx, number)

    told, ways = await ask.look("messages", work, number=number)
    text, *people = told.tables
    undoing = [step for step in told.steps if is_undo(step)]
    shown: dict[str, Any] = {"text": text, "people": people, "ways": ways, "undoing": undoing}
    return ask.page("messages/one.html", told.title, told=told, **shown)


async def do(ask: Ask) -> Response:
    """Whichever of the page's buttons was pressed."""
    number, act = ask.number("number"), ACTS.get(ask.text("do"))
    if act is None:
        raise Declined("무엇을 할지 알 수 없습니다. 화면의 단추로 다시 해 주세요.")
    return await acting.act(ask, act, f"/desk/messages/{number}", number=number)


PAGES = (
    Page("/messages", Right.MESSAGES, show_all),
    Page("/messages/{number}", Right.MESSAGES, show, do),
)
