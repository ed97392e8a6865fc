"""Typing papers in, one after the other, by the keyboard alone."""

from functools import partial
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.pages.surveys.listing import at
from handlers.staff.desk.declined import Declined
from handlers.staff.entering import typing
from handlers.staff.officers.roles import Right

SIGN = "a-"  # before the names of questions in the form


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    code, course = ask.at("survey"), _course(ask)
    sheet = await ask.look("paper", partial(typing.sheet, code=code, course_code=course), code=code, course=course)
    typed = {field.asked.name: ask.text(SIGN + field.asked.name) for field in sheet.fields}
    about = f"{sheet.survey.title.ko}{f' · {sheet.course.title}({sheet.course.code})' if sheet.course else ''}"
    number = ask.text("number") if declined else sheet.number
    shown = {"sheet": sheet, "typed": typed, "number": number, "last": ask.query("last"), "at": at(code)}
    status = 422 if declined else 200
    return ask.page("surveys/papers.html", "종이 응답 넣기", status, declined=declined, about=about, sign=SIGN, **shown)


async def do(ask: Ask) -> Response:
    """A paper is typed in, or taken back."""
    code, course, number = ask.at("survey"), _course(ask), ask.text("number")
    words = {"code": code, "number": number, "course_code": course}
    if ask.text("do") == "back":
        return await acting.act(ask, typing.TAKE_BACK, _here(code, course), **words)
    rows = {name.removeprefix(SIGN): ask.text(name) for name in ask.sent if name.startswith(SIGN)}
    try:
        back = _here(code, course, number)
        replaces = bool(ask.text("replaces"))
        return await acting.act(ask, typing.ENTER, back, rows=rows, replaces=replaces, **words)
    except Declined as declined:
        return await show(ask, declined)


def _course(ask: Ask) -> str | None:
    return ask.text("course") or ask.query("course") or None


def _here(code: str, course: str | None, last: str = "") -> str:
    asked = {name: value for name, value in (("course", course), ("last", last)) if value}
    return f"{at(code)}/papers{f'?{urlencode(asked)}' if asked else ''}"


PAGES = (Page("/surveys/{survey}/papers", Right.SURVEYS, show, do),)
