"""Accounts of officers, for the lead."""

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.desk.declined import Declined
from handlers.staff.officers import accounts, deputies
from handlers.staff.officers.roles import OF_OWN_COURSES, ROLES, Right
from storage.officers import accounts as kept
from storage.teaching import courses

HERE = "/desk/officers"
PERIOD = ("login", "deputy", "began")  # its parts, as a form sends it


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    told = await ask.look("officers", accounts.show)
    everybody = await ask.database.read(kept.everybody)
    codes = await ask.database.read(courses.codes)
    alive = [each for each in everybody if not each.ended_at]
    status = 422 if declined else 200
    periods = await ask.gate.glance(deputies.periods)
    shown = {
        "told": told,
        "periods": {"/".join(period): words for period, words in periods.items()},
        "officers": alive,
        "roles": ROLES,
        "scoped": OF_OWN_COURSES,
        "codes": codes,
    }
    return ask.page("officers.html", "계정", status, declined=declined, **shown)


async def do(ask: Ask) -> Response:
    """Whichever of the page's forms was sent."""
    try:
        return await DOING.get(ask.text("do"), _nothing)(ask)
    except Declined as declined:
        return await show(ask, declined)


async def _add(ask: Ask) -> Response:
    words = {name: ask.text(name) for name in ("login", "name", "role")}
    return await acting.act(ask, accounts.ADD, HERE, **words)


async def _change(ask: Ask) -> Response:
    words = {name: ask.text(name) for name in ("login", "name", "role")}
    return await acting.act(ask, accounts.CHANGE, HERE, **words)


async def _reset(ask: Ask) -> Response:
    return await acting.act(ask, accounts.RESET, HERE, login=ask.text("login"))


async def _end(ask: Ask) -> Response:
    return await acting.act(ask, accounts.END, HERE, login=ask.text("login"))


async def _give_courses(ask: Ask) -> Response:
    return await acting.act(ask, accounts.GIVE_COURSES, HERE, login=ask.text("login"), codes=ask.texts("course"))


async def _deputize(ask: Ask) -> Response:
    words = {name: ask.text(name) for name in ("login", "deputy", "from_day", "until_day")}
    return await acting.act(ask, deputies.DEPUTIZE, HERE, **words)


async def _change_deputy(ask: Ask) -> Response:
    days = {name: ask.text(name) for name in ("from_day", "until_day")}
    return await acting.act(ask, deputies.CHANGE, HERE, **_period(ask), **days)


async def _end_deputy(ask: Ask) -> Response:
    return await acting.act(ask, deputies.END, HERE, **_period(ask))


def _period(ask: Ask) -> dict[str, str]:
    """The one that was chosen."""
    parts = ask.text("period").split("/")
    if len(parts) != len(PERIOD):
        raise Declined("어느 기간인지 골라 주세요.")
    return dict(zip(PERIOD, parts, strict=True))


async def _nothing(_ask: Ask) -> Response:
    raise Declined("무엇을 할지 알 수 없습니다. 화면의 단추로 다시 해 주세요.")


DOING: dict[str, Callable[[Ask], Awaitable[Response]]] = {
    "add": _add,
    "change": _change,
    "reset": _reset,
    "end": _end,
    "courses": _give_courses,
    "deputize": _deputize,
    "change-deputy": _change_deputy,
    "end-deputy": _end_deputy,
}
PAGES = (Page("/officers", Right.OFFICERS, show, do),)
