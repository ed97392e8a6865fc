"""One application: its history, its receipt, and what is done to it with a reason."""

from collections.abc import Mapping
from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.applicants import changing, timeline
from handlers.staff.courses import applications
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.officers.roles import Right

DOINGS: Mapping[str, Act] = {"cancel": changing.CANCEL, "restore": changing.RESTORE, "more": changing.ONE_MORE}


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    number = ask.number("number")
    found = await ask.look(
        "application", partial(timeline.show, code=ask.code, number=number), code=ask.code, number=number
    )
    title = f"신청 {number}: {found.name}"
    status = 422 if declined else 200
    shown = {"declined": declined, "doing": ask.text("do"), "lost": changing.LOST, "rights": Right}
    return ask.page("applicants/one.html", title, status, found=found, **shown)


async def receipt(ask: Ask) -> Response:
    """To be printed and handed over."""
    number = ask.number("number")
    found = await ask.look(
        "application", partial(timeline.show, code=ask.code, number=number), code=ask.code, number=number
    )
    return ask.page("applicants/receipt.html", f"접수증 {number}", found=found)


async def do(ask: Ask) -> Response:
    try:
        return await _done(ask, f"/desk/courses/{quote(ask.code, safe='')}/people/{ask.number('number')}")
    except Declined as declined:
        return await show(ask, declined)


async def _done(ask: Ask, back: str) -> Response:
    doing, number = ask.text("do"), ask.number("number")
    if doing == "check":
        return await acting.act(ask, applications.CHECK, back, code=ask.code, numbers=[number])
    words = {"code": ask.code, "reason": ask.text("reason")}
    if doing == "end":
        return await acting.act(ask, applications.END, back, **words, numbers=[number])
    if doing == "up":
        return await acting.act(ask, changing.MOVE_UP, back, **words, number=number, place=_place(ask.text("place")))
    if doing not in DOINGS:
        raise Declined("무엇을 할지 골라 주세요.")
    return await acting.act(ask, DOINGS[doing], back, **words, number=number)


def _place(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise Declined("몇 번으로 당길지 숫자로 적어 주세요.")
    return int(text)


PAGES = (
    Page("/courses/{code}/people/{number}", Right.PEOPLE, show, do, to_do=Right.DECIDE),
    Page("/courses/{code}/people/{number}/receipt", Right.PEOPLE, receipt),
)
