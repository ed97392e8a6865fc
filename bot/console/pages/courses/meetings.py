"""The classes of a course: moved, dropped, added, and put off."""

from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.pages.courses.showing import seen
from handlers.staff.courses.classes import adding, moving, shifting
from handlers.staff.desk.declined import Declined
from handlers.staff.officers.roles import Right


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    found = await ask.look("courses", partial(seen, code=ask.code), code=ask.code)
    zone = ask.organization.timezone
    title, status = f"{found.course.title} 수업", 422 if declined else 200
    return ask.page("courses/meetings.html", title, status, declined=declined, seen=found, zone=zone, weeks=range(1, 5))


async def do(ask: Ask) -> Response:
    """Whichever of the page's forms was sent."""
    try:
        return await DOING.get(ask.text("do"), _nothing)(ask)
    except Declined as declined:
        return await show(ask, declined)


def _here(ask: Ask) -> str:
    return f"/desk/courses/{quote(ask.code, safe='')}/meetings"


def _number(ask: Ask, name: str) -> int:
    found = ask.numbers(name)
    if not found:
        raise Declined("어느 수업인지 골라 주세요.")
    return found[0]


def _when(ask: Ask) -> str:
    return f"{ask.text('day')} {ask.text('clock')}".strip()


async def _move(ask: Ask) -> Response:
    return await acting.act(ask, moving.MOVE, _here(ask), code=ask.code, number=_number(ask, "number"), when=_when(ask))


async def _drop(ask: Ask) -> Response:
    return await acting.act(ask, moving.DROP, _here(ask), code=ask.code, number=_number(ask, "number"))


async def _add(ask: Ask) -> Response:
    return await acting.act(ask, adding.ADD, _here(ask), code=ask.code, when=_when(ask))


async def _shift(ask: Ask) -> Response:
    words = {"number": _number(ask, "number"), "weeks": _number(ask, "weeks")}
    return await acting.act(ask, shifting.SHIFT, _here(ask), code=ask.code, **words)


async def _nothing(_ask: Ask) -> Response:
    raise Declined("무엇을 할지 알 수 없습니다. 화면의 단추로 다시 해 주세요.")


DOING: dict[str, Callable[[Ask], Awaitable[Response]]] = {"move": _move, "drop": _drop, "add": _add, "shift": _shift}
PAGES = (Page("/courses/{code}/meetings", Right.DECIDE, show, do),)
