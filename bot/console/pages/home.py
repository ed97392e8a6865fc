"""What needs doing today, and what was done and can be undone."""

from functools import partial

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.desk import undoing
from handlers.staff.notices import owed
from handlers.staff.officers.roles import Right


async def show(ask: Ask) -> Response:
    if not ask.may(Right.PEOPLE):
        return ask.page("home.html", "오늘", told=None)
    told = await ask.look("outbox", partial(owed.show, everything=False))
    return ask.page("home.html", "오늘", told=told)


async def show_done(ask: Ask) -> Response:
    return ask.page("undo.html", "최근에 한 일", told=await ask.look("undo", undoing.recent))


PAGES = (Page("/", Right.COURSES, show), Page("/undo", Right.DECIDE, show_done, acting.undo))
