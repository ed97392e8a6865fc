"""The counselors' week as a calendar, one appointment, and what came of it; and candidates for instructors."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.counseling import appointments, completers, outcomes, week
from handlers.staff.counseling.week import Week
from handlers.staff.courses import instructors
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Listing, Table, Told
from handlers.staff.files import moments
from handlers.staff.officers.roles import Right
from storage.counseling.appointments import Listed
from storage.database import Transaction
from storage.teaching import courses
from storage.teaching.course import Course

HERE = "/desk/counseling"
NOTED = ("attended", "no_show", "registered", "placed")


async def show(ask: Ask) -> Response:
    code, day = ask.query("counselor"), _day(ask.query("day"))
    found: Week = await ask.look("counseling", partial(week.of, day=day, code=code), day=str(day or ""), counselor=code)

    def at(monday: date) -> str:
        return f"{HERE}?{urlencode({'day': monday, **({'counselor': code} if code else {})})}"

    totals = await ask.look("counseling", appointments.totals)
    return ask.page("work/week.html", "상담", week=found, chosen=code, at=at, totals=totals, rights=Right)


def _day(text: str) -> date | None:
    try:
        return moments.day(text) if text else None
    except ValueError as error:
        raise Declined(f"‘{text}’: 날짜를 2026-12-01처럼 적어 주세요.") from error


async def show_one(ask: Ask, declined: Declined | None = None) -> Response:
    number = ask.number("number")

    def work(tx: Transaction, desk: Desk) -> tuple[Listed, Told, bool]:
        found, told = week.show_one(tx, desk, number)
        return found, told, found.is_coming(desk.now)

    one, told, is_coming = await ask.look("counseling", work, number=number)
    shown = {"told": told, "one": one, "is_coming": is_coming, "back_to": HERE}
    return ask.page("work/appointment.html", told.title, 422 if declined else 200, declined=declined, **shown)


async def do(ask: Ask) -> Response:
    """Note what came of it, take that back, move or cancel it."""
    number, chosen, here = ask.number("number"), ask.text("do"), ask.back(HERE)
    try:
        if chosen in NOTED:
            return await acting.act(ask, outcomes.NOTE, here, **{chosen: [number]})
        if chosen == "back":
            return await acting.act(ask, outcomes.TAKE_BACK, here, numbers=[number])
        if chosen == "move":
            return await acting.act(ask, appointments.MOVE, here, number=number, when=ask.text("when"))
        return await acting.act(ask, appointments.CANCEL, here, number=number, reason=ask.text("reason"))
    except Declined as declined:
        return await show_one(ask, declined)


# --- candidates for instructors ---


async def show_candidates(ask: Ask, declined: Declined | None = None) -> Response:
    told = await ask.look("instructors", completers.show_instructors)
    coming = await ask.look("courses", _coming)
    rows = [dict(zip(completers.COLUMNS, row, strict=True)) for table in told.tables for row in _rows(table)]
    free = [row for row in rows if row["맡은 강좌"] == "-"]
    shown = {"told": told, "free": free, "courses": coming}
    return ask.page("work/instructors.html", "강사 후보", 422 if declined else 200, declined=declined, **shown)


def _rows(table: Table | Listing) -> Sequence[tuple[str, ...]]:
    return table.rows if isinstance(table, Table) else ()


def _coming(tx: Transaction, desk: Desk) -> list[Course]:
    known = courses.by_code(tx, list(courses.codes(tx))).values()
    coming = [each for each in known if each.takes_place and each.end_date >= desk.today]
    return sorted(coming, key=lambda each: each.start_date)


async def assign(ask: Ask) -> Response:
    number = (ask.numbers("number") or [0])[0]
    words = {"code": ask.text("course"), "number": number, "name": ask.text("name")}
    try:
        return await acting.act(ask, instructors.ASSIGN, "/desk/instructors", **words)
    except Declined as declined:
        return await show_candidates(ask, declined)


PAGES = (
    Page("/counseling", Right.COUNSELING, show),
    Page("/counseling/{number}", Right.COUNSELING, show_one, do),
    Page("/instructors", Right.PEOPLE, show_candidates, assign, to_do=Right.DECIDE),
)
