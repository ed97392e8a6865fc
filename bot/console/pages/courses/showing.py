"""Courses: all of them, one of them, and closing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.language.days import dates
from handlers.staff.courses import closing, history, listing, roll, states
from handlers.staff.courses.listing import ORDERS, STAGES, Asked, Listed
from handlers.staff.courses.states import MEANING, WORDS
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import term
from handlers.staff.desk.lookup import SELECTIONS
from handlers.staff.officers.roles import Right
from storage.database import Transaction
from storage.teaching import sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session


async def show_all(ask: Ask) -> Response:
    names = {name: ask.query(name) for name in ("term", "stage", "text", "order")}
    page = ask.query("page")
    asked = Asked(**names, page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1)
    mine = ask.known.courses(Right.COURSES)

    def work(tx: Transaction, desk: Desk) -> tuple[Listed, Desk]:
        return listing.listed(tx, desk, asked, mine), desk

    found, desk = await ask.look("courses", work)
    words: dict[str, Any] = {"stages": STAGES, "orders": ORDERS, "rights": Right, "here_with": partial(_with, names)}
    return ask.page("courses/list.html", "강좌", found=found, asked=asked, desk=desk, term=term, **words)


def _with(names: Mapping[str, str], page: int) -> str:
    """The address of another page of the same list."""
    return f"/desk/courses?{urlencode({**{name: value for name, value in names.items() if value}, 'page': page})}"


@dataclass(frozen=True)
class Seen:
    """A course as its page shows it."""

    course: Course
    stage: str
    meetings: Sequence[Session]
    desk: Desk

    @property
    def coming(self) -> list[Session]:
        return [each for each in self.meetings if each.starts_at > self.desk.now]


def seen(tx: Transaction, desk: Desk, code: str) -> Seen:
    course = lookup.course(tx, code)
    return Seen(course, STAGES[listing.stage_of(course, desk)], sessions.of_courses(tx, [course.id]), desk)


async def show(ask: Ask) -> Response:
    found = await ask.look("courses", partial(seen, code=ask.code), code=ask.code)
    course = found.course
    others = {word: MEANING[word] for word, state in WORDS.items() if state != course.state}
    words: dict[str, Any] = {"states": others, "selection": SELECTIONS[course.selection], "rights": Right}
    words |= {"term": term, "day": partial(dates.day, language="ko", today=found.desk.today)}
    return ask.page("courses/one.html", course.title, seen=found, course=course, **words)


async def show_history(ask: Ask) -> Response:
    told = await ask.look("courses", partial(history.show, code=ask.code), code=ask.code)
    return ask.page("courses/history.html", "바뀐 내역", told=told)


async def set_state(ask: Ask) -> Response:
    back = f"/desk/courses/{quote(ask.code, safe='')}"
    return await acting.act(ask, states.SET_STATE, back, code=ask.code, state=ask.text("state"))


async def show_roll(ask: Ask) -> Response:
    return ask.told(await ask.look("roll", partial(roll.show, code=ask.code), code=ask.code))


async def ask_to_close(ask: Ask, declined: Declined | None = None) -> Response:
    course = await ask.look("courses", lambda tx, _: lookup.course(tx, ask.code), code=ask.code)
    status = 422 if declined else 200
    return ask.page("courses/close.html", f"{course.title} 폐강", status, course=course, declined=declined)


async def close(ask: Ask) -> Response:
    try:
        back = f"/desk/courses/{quote(ask.code, safe='')}"
        return await acting.act(ask, closing.CLOSE, back, code=ask.code, reason=ask.text("reason"))
    except Declined as declined:
        return await ask_to_close(ask, declined)


PAGES = (
    Page("/courses", Right.COURSES, show_all),
    Page("/courses/{code}", Right.COURSES, show),
    Page("/courses/{code}/history", Right.DECIDE, show_history),
    Page("/courses/{code}/state", Right.DECIDE, do=set_state),
    Page("/courses/{code}/roll", Right.ROLL, show_roll),
    Page("/courses/{code}/close", Right.DECIDE, ask_to_close, close),
)
