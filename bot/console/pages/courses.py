"""Courses: all of them, one of them, and closing it."""

from functools import partial

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.courses import closing, roll
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from storage import courses
from storage.course import Course
from storage.database import Transaction


async def show_all(ask: Ask) -> Response:
    mine = ask.known.courses(Right.COURSES)

    def work(tx: Transaction, _desk: Desk) -> list[Course]:
        found = courses.by_code(tx, list(courses.codes(tx))).values()
        return sorted((each for each in found if mine is None or each.id in mine), key=lambda each: each.apply_end)

    found = await ask.look("courses", work)
    return ask.page("courses/list.html", "강좌", courses=found)


async def show(ask: Ask) -> Response:
    course = await ask.look("courses", lambda tx, _: lookup.course(tx, ask.code), code=ask.code)
    return ask.page("courses/one.html", course.title, course=course, rights=Right)


async def show_roll(ask: Ask) -> Response:
    return ask.told(await ask.look("roll", partial(roll.show, code=ask.code), code=ask.code))


async def ask_to_close(ask: Ask, declined: Declined | None = None) -> Response:
    course = await ask.look("courses", lambda tx, _: lookup.course(tx, ask.code), code=ask.code)
    status = 422 if declined else 200
    return ask.page("courses/close.html", f"{course.title} 폐강", status, course=course, declined=declined)


async def close(ask: Ask) -> Response:
    try:
        back = f"/desk/courses/{ask.code}"
        return await acting.act(ask, closing.CLOSE, back, code=ask.code, reason=ask.text("reason"))
    except Declined as declined:
        return await ask_to_close(ask, declined)


PAGES = (
    Page("/courses", Right.COURSES, show_all),
    Page("/courses/{code}", Right.COURSES, show),
    Page("/courses/{code}/roll", Right.ROLL, show_roll),
    Page("/courses/{code}/close", Right.DECIDE, ask_to_close, close),
)
