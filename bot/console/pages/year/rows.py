"""What officers enter of a year, a sort at a time: listed, entered, changed and dropped, and as files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.console import acting, fields
from bot.console.ask import Ask, Page
from bot.console.pages.year import boxes, places
from bot.console.pages.year.papers import KINDS, suffix
from bot.http.files import download
from handlers.dialogue.reply import File
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from handlers.staff.year.entries import entering, exporting, listing, sorts, writing
from handlers.staff.year.entries.sorts import Sort
from storage.database import Transaction

OURS = ("id",)  # columns that a form doesn't have
UNSHOWN = (*OURS, "year")  # columns that a list of a year doesn't have
FILES = {kind: KINDS[kind] for kind in (".xlsx", ".csv", ".json")}


@dataclass(frozen=True)
class Listed:
    """Entries by their numbers, in the words of those columns that say something of one."""

    sort: Sort
    year: int
    columns: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]


def listed(tx: Transaction, desk: Desk, sort: str, year: int | None) -> Listed:
    chosen, year = sorts.find(sort), year or desk.today.year
    found = listing.of_year(tx, chosen, year)
    lines = [writing.texts(chosen, line) for line in writing.cells(tx, chosen, found)]
    shown = [
        each for each in chosen.columns.all if each.field not in UNSHOWN and any(line[each.field] for line in lines)
    ]
    rows = [(one.id, [line[each.field] for each in shown]) for one, line in zip(found, lines, strict=True)]
    return Listed(chosen, year, [each.header for each in shown], rows)


async def show(ask: Ask) -> Response:
    return await _page(ask, places.year(ask))


async def show_of_this_year(ask: Ask) -> Response:
    return await _page(ask, None)


async def _page(ask: Ask, year: int | None) -> Response:
    sort = ask.at("sort")
    found = await ask.look("year", partial(listed, sort=sort, year=year), sort=sort, year=year)
    title = f"{found.year}년 {found.sort.title}" if found.sort.has_year else found.sort.title
    words: dict[str, Any] = {"year": found.year, "of_rows": _of(found.year, sort), "at": places.of}
    words |= {"kinds": FILES, "rights": Right}
    return ask.page("year/rows.html", title, listed=found, **words)


async def ask_to_enter(ask: Ask, declined: Declined | None = None) -> Response:
    year, sort = places.year(ask), sorts.find(ask.at("sort"))
    return _form(ask, sort, f"{sort.title} 더하기", {"year": str(year)}, declined)


async def enter(ask: Ask) -> Response:
    year, sort = places.year(ask), sorts.find(ask.at("sort"))
    try:
        return await acting.act(ask, entering.ENTER, _of(year, sort.key), sort=sort.key, **_said(ask, sort))
    except Declined as declined:
        return await ask_to_enter(ask, declined)


async def ask_to_change(ask: Ask, declined: Declined | None = None) -> Response:
    year, sort, number = places.year(ask), sorts.find(ask.at("sort")), ask.number("number")
    known = await ask.look("year", lambda tx, _: entering.texts(tx, sort.key, number), sort=sort.key, year=year)
    return _form(ask, sort, f"{sort.title} 고치기", known, declined)


async def change(ask: Ask) -> Response:
    """Or drop it."""
    year, sort, number = places.year(ask), sorts.find(ask.at("sort")), ask.number("number")
    back = _of(year, sort.key)
    if ask.text("do") == "drop":
        return await acting.act(ask, entering.DROP, back, sort=sort.key, number=number)
    try:
        words = _said(ask, sort)
        return await acting.act(ask, entering.CHANGE, back, sort=sort.key, number=number, **words)
    except Declined as declined:
        return await ask_to_change(ask, declined)


def _of(year: int, sort: str) -> str:
    return f"{places.of(year)}/rows/{sort}"


def _said(ask: Ask, sort: Sort) -> dict[str, Any]:
    return {"values": _typed(ask, sort), "as_written": bool(ask.text("as_written"))}


def _typed(ask: Ask, sort: Sort) -> dict[str, Any]:
    typed = fields.typed(ask, sort.columns, OURS)
    return {**typed, boxes.FIELD: boxes.typed(ask)} if boxes.FIELD in typed else typed


def _form(ask: Ask, sort: Sort, title: str, known: Mapping[str, Any], declined: Declined | None) -> Response:
    values = _typed(ask, sort) if declined else known
    found = fields.of(sort.columns, values, OURS)
    shown = {"fields": boxes.in_place(ask, found), "leave": _of(places.year(ask), sort.key), "leave_to": "목록으로"}
    return ask.page("entry.html", title, 422 if declined else 200, declined=declined, **shown)


async def send(ask: Ask) -> Response:
    """A file that can be changed and taken in again."""
    year, sort = places.year(ask), sorts.find(ask.at("sort"))
    kind = suffix(ask, FILES)
    work = partial(exporting.written, sorts=[sort], suffix=kind, year=year)
    data = await ask.look("year", lambda tx, _: work(tx), sort=sort.key, year=year)
    return download(File(f"{sort.title}-{year}{kind}".replace(" ", ""), FILES[kind][1], data))


PAGES = (
    Page("/year/rows/{sort}", Right.RESULTS, show_of_this_year),
    Page("/year/{year}/rows/{sort}", Right.RESULTS, show),
    Page("/year/{year}/rows/{sort}/add", Right.YEAR, ask_to_enter, enter),
    Page("/year/{year}/rows/{sort}/file", Right.RESULTS, send),
    Page("/year/{year}/rows/{sort}/{number}", Right.YEAR, ask_to_change, change),
)
