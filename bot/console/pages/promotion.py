"""Promotion: links to share, posters to print, and what each place brought."""

from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.site.qr import drawn
from handlers.staff.desk.declined import Declined
from handlers.staff.officers.roles import Right
from handlers.staff.promotion import posters, sources
from handlers.staff.promotion.posters import Poster

HERE = "/desk/sources"


async def show_all(ask: Ask, declined: Declined | None = None) -> Response:
    """What each place brought, the link and poster of a place, and what places are called."""
    told = await ask.look("sources", sources.show)
    poster = await ask.look("sources", partial(posters.of_place, origin=_place(ask)))
    names = await ask.database.read(sources.names)
    shown = {"told": told, "link_address": poster.url, "printed": f"/desk/poster{_query(ask)}", "names": names}
    status = 422 if declined else 200
    return ask.page("promotion/sources.html", "홍보", status, declined=declined, rights=Right, **shown)


async def name(ask: Ask) -> Response:
    try:
        return await acting.act(ask, sources.NAME, HERE, code=ask.text("code"), name=ask.text("name"))
    except Declined as declined:
        return await show_all(ask, declined)


async def share(ask: Ask) -> Response:
    """The link of a course to send on, with the place where it stands, and what came of it."""
    poster = await _of_course(ask)
    told = await ask.look("sources", partial(sources.show, code=ask.code), course=ask.code)
    names = await ask.database.read(sources.names)
    printed = f"/desk/courses/{quote(ask.code, safe='')}/poster{_query(ask)}"
    shown: dict[str, Any] = {
        "told": told if ask.may(Right.RESULTS) else None,
        "link_address": poster.url,
        "printed": printed,
        "names": names,
    }
    return ask.page("promotion/share.html", f"{poster.title} 알리기", qr=drawn(poster.url), **shown)


async def print_course(ask: Ask) -> Response:
    return _printed(ask, await _of_course(ask))


async def print_place(ask: Ask) -> Response:
    return _printed(ask, await ask.look("poster", partial(posters.of_place, origin=_place(ask))))


async def _of_course(ask: Ask) -> Poster:
    work = partial(posters.of_course, code=ask.code, origin=_place(ask))
    return await ask.look("poster", work, course=ask.code)


def _printed(ask: Ask, poster: Poster) -> Response:
    return ask.page("promotion/poster.html", poster.title, poster=poster, qr=drawn(poster.url))


def _place(ask: Ask) -> str:
    """What was typed, or else chosen."""
    return ask.query("from") or ask.query("place")


def _query(ask: Ask) -> str:
    return f"?from={quote(_place(ask))}" if _place(ask) else ""


PAGES = (
    Page("/sources", Right.RESULTS, show_all, name, to_do=Right.DECIDE),
    Page("/poster", Right.COURSES, print_place),
    Page("/courses/{code}/share", Right.COURSES, share),
    Page("/courses/{code}/poster", Right.COURSES, print_course),
)
