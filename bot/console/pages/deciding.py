"""What is decided of a whole course: the draw of a lottery, and who completed."""

from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page, whole
from handlers.staff.courses import lotteries
from handlers.staff.courses.completion import completing, no_shows
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import term
from handlers.staff.officers.roles import Right
from storage.database import Transaction
from storage.seating import draws
from storage.seating.draws import Draw
from storage.teaching.course import Course


async def ask_to_draw(ask: Ask, declined: Declined | None = None) -> Response:
    """What the lottery waits for: its list, the public value, or nothing any more."""
    course, promised = await ask.look("draw", partial(_lottery, ask.code), code=ask.code)
    status = 422 if declined else 200
    data = {"course": course, "promised": promised, "declined": declined, "now": ask.gate.now(), "term": term}
    return ask.page("courses/draw.html", f"{course.title} 추첨", status, **data)


async def draw(ask: Ask) -> Response:
    words = {"code": ask.code, "value": ask.text("value"), "alone": bool(ask.text("alone"))}
    try:
        return await acting.act(ask, lotteries.DRAW, ask.here, **words)
    except Declined as declined:
        return await ask_to_draw(ask, declined)


def _lottery(code: str, tx: Transaction, _desk: Desk) -> tuple[Course, Draw | None]:
    course = lookup.course(tx, code)
    return course, draws.find(tx, course.id)


async def ask_who_completed(ask: Ask, declined: Declined | None = None) -> Response:
    seen = await ask.look("complete", partial(completing.see, code=ask.code), code=ask.code)
    ticked = ask.numbers("completed") if declined and not ask.text("number") else seen.ticked
    data = {"seen": seen, "declined": declined, "ticked": ticked, "waivable": no_shows.TITLE}
    return ask.page("courses/complete.html", "수료", 422 if declined else 200, **data)


async def complete(ask: Ask) -> Response:
    try:
        words = {"code": ask.code, "numbers": ask.numbers("completed"), "completed": True}
        return await acting.act(ask, completing.COMPLETE, ask.here, **words, reason=ask.text("reason"))
    except Declined as declined:
        return await ask_who_completed(ask, declined)


async def let_pass(ask: Ask) -> Response:
    """That somebody never came, with a reason."""
    back = f"/desk/courses/{quote(ask.code, safe='')}/complete"
    number = whole(ask.text("number")) or 0
    try:
        return await acting.act(ask, no_shows.WAIVE, back, code=ask.code, number=number, reason=ask.text("reason"))
    except Declined as declined:
        return await ask_who_completed(ask, declined)


PAGES = (
    Page("/courses/{code}/draw", Right.DECIDE, ask_to_draw, draw),
    Page("/courses/{code}/complete", Right.PEOPLE, ask_who_completed, complete, to_do=Right.DECIDE),
    Page("/courses/{code}/complete/no-show", Right.DECIDE, do=let_pass),
)
