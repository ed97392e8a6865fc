"""The seats of a course: by channel, and those kept for institutions."""

from dataclasses import replace
from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.courses import holding
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from storage.database import Transaction
from storage.seating import holds
from storage.seating.holds import Hold
from storage.teaching.course import Course


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    def kept(tx: Transaction, desk: Desk) -> tuple[Course, list[Hold], str]:
        course = lookup.course(tx, ask.code)
        until = course.offline_until if course.is_shared(desk.now) else None
        return course, holds.living(tx, course.id), desk.moment(until) if until else ""

    course, found, until = await ask.look("holds", kept, code=ask.code)
    told = await ask.look("holds", partial(holding.show, code=ask.code), code=ask.code)
    status = 422 if declined else 200
    shown = {"told": replace(told, steps=()), "course": course, "holds": found, "shared_until": until, "rights": Right}
    return ask.page("courses/seats.html", f"{course.title} 자리", status, declined=declined, **shown)


async def do(ask: Ask) -> Response:
    """Keep seats, give them to applications, or give them back."""
    back = f"/desk/courses/{quote(ask.code, safe='')}/seats"
    try:
        if ask.text("do") == "hold":
            wanted = {"institution": ask.text("institution"), "until": ask.text("until")}
            return await acting.act(ask, holding.HOLD, back, code=ask.code, count=_number(ask.text("count")), **wanted)
        chosen = {"code": ask.code, "hold_id": _number(ask.text("hold"))}
        if ask.text("do") == "use":
            numbers = [_number(each) for each in ask.text("numbers").split(",")]
            return await acting.act(ask, holding.USE, back, **chosen, numbers=numbers)
        return await acting.act(ask, holding.RELEASE, back, **chosen)
    except Declined as declined:
        return await show(ask, declined)


def _number(text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise Declined(f"‘{text}’: 숫자로 적어 주세요. 여럿이면 쉼표로 잇습니다. 예: 12,15")
    return int(digits)


PAGES = (Page("/courses/{code}/seats", Right.COURSES, show, do, to_do=Right.DECIDE),)
