"""Whom to phone: who asked for a call, and whom a notice didn't reach; both are ticked off here."""

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.callbacks import listing, ticking
from handlers.staff.notices import by_hand, owed
from handlers.staff.officers.roles import Right

HERE = "/desk/calls"
TRIED = "tried"  # what the button says with which nobody was reached


async def show(ask: Ask) -> Response:
    asked = await ask.look("calls", listing.show)
    missed = await ask.look("outbox", owed.not_told)
    return ask.page("calls.html", "전화할 분", asked=asked, missed=missed)


async def tick(ask: Ask) -> Response:
    chosen = ticking.TRY if ask.text("do") == TRIED else ticking.CALLED
    return await acting.act(ask, chosen, HERE, numbers=ask.numbers("number"), note=ask.text("note"))


async def tell(ask: Ask) -> Response:
    chosen = by_hand.TRY if ask.text("do") == TRIED else by_hand.BY_HAND
    return await acting.act(ask, chosen, HERE, numbers=ask.numbers("number"), note=ask.text("note"))


PAGES = (
    Page("/calls", Right.PEOPLE, show, tick),
    Page("/notices/told", Right.PEOPLE, do=tell, to_do=Right.PEOPLE),
)
