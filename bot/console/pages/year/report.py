"""The report on a half-year or a year, with its charts, and as files."""

import asyncio
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.console.ask import Ask, Page
from bot.console.pages.year import places
from bot.console.pages.year.papers import KINDS, suffix
from bot.documents import half_year
from bot.http.files import download
from handlers.dialogue.reply import File
from handlers.staff.officers.roles import Right
from handlers.staff.year.reports import charts, reporting
from handlers.staff.year.reports.report import Report


async def show(ask: Ask) -> Response:
    found = await _report(ask)
    words: dict[str, Any] = {"at": places.of(found.year), "halves": places.HALF_NAMES, "kinds": KINDS}
    return ask.page("year/report.html", found.title, report=found, drawn=charts.svg, **words)


async def send(ask: Ask) -> Response:
    kind = suffix(ask)
    found = await _report(ask)
    data = await asyncio.to_thread(half_year.write, found, kind)  # others are served meanwhile
    name = f"결과보고-{found.year}-{places.HALF_NAMES[found.half]}{kind}".replace(" ", "")
    return download(File(name, KINDS[kind][1], data))


async def _report(ask: Ask) -> Report:
    year, half = places.year(ask), places.half(ask)
    return await ask.look("half-year", partial(reporting.report, year=year, half=half), year=year, half=half)


PAGES = (
    Page("/year/{year}/report", Right.RESULTS, show),
    Page("/year/{year}/report/file", Right.RESULTS, send),
)
