"""Begins the screen of a class in a room: it goes on by itself until the class is over or the officer signs out."""

from functools import partial

from starlette.responses import Response

from bot.console.ask import Ask, Page, whole
from bot.site import screen as room
from handlers.language.days import dates
from handlers.staff.attendance import screen
from handlers.staff.desk.declined import Declined
from handlers.staff.officers.roles import Right

PATH = "/courses/{code}/attendance/screen"


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    number = whole(ask.query("class") or ask.text("class"))
    found = await ask.gate.glance(partial(screen.to_show, code=ask.code, number=number))
    title, status = f"{found.course.title} 출석 화면", 422 if declined else 200
    return ask.page("attendance/screen.html", title, status, found=found, declined=declined, moment=_moment(ask))


async def begin(ask: Ask) -> Response:
    number = whole(ask.text("class"))
    try:
        begun = partial(screen.begin, code=ask.code, number=number or 0, signed_in_as=ask.known.session.id)
        kept, until = await ask.gate.glance(begun)
    except Declined as declined:
        return await show(ask, declined)
    response = ask.go(room.PATH)
    room.remember(response, kept, (until - ask.gate.now()).total_seconds() + 600, ask.organization.public_url)
    return response


def _moment(ask: Ask) -> object:
    return lambda moment: dates.moment(moment, "ko", ask.organization.timezone, today=ask.gate.now().date())


PAGES = (Page(PATH, Right.ROLL, show, begin),)
