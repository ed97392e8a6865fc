"""Who gets a seat, where officers choose: ticked in a list, seen before it is done, undone."""

from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.applicants import judging
from handlers.staff.courses import selections
from handlers.staff.desk.declined import Declined
from handlers.staff.officers.roles import Right


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    found = await ask.look("select", partial(judging.show, code=ask.code), code=ask.code)
    ticked = ask.numbers("accept") if declined else [each.number for each in found.candidates if each.is_suggested]
    title = f"{found.course.title} {found.selection}"
    status = 422 if declined else 200
    return ask.page("applicants/decide.html", title, status, found=found, ticked=ticked, declined=declined)


async def do(ask: Ask) -> Response:
    back = f"/desk/courses/{quote(ask.code, safe='')}/people"
    try:
        numbers = ask.numbers("accept")
        if not numbers:
            raise Declined("뽑을 분에게 표시해 주세요.")
        return await acting.act(ask, selections.SELECT, back, code=ask.code, numbers=numbers)
    except Declined as declined:
        return await show(ask, declined)


PAGES = (Page("/courses/{code}/decide", Right.PEOPLE, show, do, to_do=Right.DECIDE),)
