"""What needs doing today, and what was done and can be undone."""

from collections.abc import Mapping, Sequence
from functools import partial

from starlette.responses import HTMLResponse, Response

from bot import troubles
from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.language.days import dates
from handlers.staff.desk import undoing
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from handlers.staff.today import due
from handlers.staff.today.item import KINDS, Item, Kind, Trouble, Urgency
from storage.database import Transaction
from storage.teaching import courses

RIGHTS: Mapping[Kind, Right] = {
    "trouble": Right.DECIDE,
    "call": Right.PEOPLE,
    "decide": Right.DECIDE,
    "draw": Right.DECIDE,
    "few": Right.DECIDE,
    "talk": Right.COUNSELING,
    "attend": Right.ROLL,
    "complete": Right.DECIDE,
    "survey": Right.SURVEYS,
    "feed": Right.POSTINGS,
    "template": Right.MESSAGES,
}
"""Who can do something about each kind of thing sees it."""

URGENT: Mapping[Urgency, str] = {"now": "지금", "late": "지남", "today": "오늘", "soon": "곧", "": ""}
Line = tuple[Item, str, Urgency]
"""A thing to do, until when in words, and how urgent it is."""


async def show(ask: Ask) -> Response:
    day, groups = await _groups(ask)
    title = f"오늘, {day}"
    return ask.page("home.html", title, groups=groups, kinds=KINDS, urgent=URGENT, undoes=ask.may(Right.DECIDE))


async def show_part(ask: Ask) -> Response:
    """The list alone, for a page that is open."""
    _, groups = await _groups(ask)
    return HTMLResponse(ask.writer.write("due.html", groups=groups, kinds=KINDS, urgent=URGENT))


async def _groups(ask: Ask) -> tuple[str, Mapping[Kind, Sequence[Line]]]:
    """The day, and by kind what this officer can do something about, the kind with the first deadline first."""
    ails = await troubles.troubles(ask.database, ask.gate.now(), ask.faults())
    return await ask.gate.glance(partial(_work, ask, ails))


def _work(ask: Ask, ails: Sequence[Trouble], tx: Transaction, desk: Desk) -> tuple[str, Mapping[Kind, Sequence[Line]]]:
    groups: dict[Kind, list[Line]] = {}
    for each in due.due(tx, desk, ails):
        if _may(ask, tx, each):
            groups.setdefault(each.kind, []).append((each, due.until(desk, each), each.urgency(desk)))
    return dates.day(desk.today, "ko", today=desk.today), groups


def _may(ask: Ask, tx: Transaction, item: Item) -> bool:
    """Who has courses of their own does nothing about others'."""
    right = RIGHTS[item.kind]
    mine = ask.known.courses(right)
    return ask.may(right) and (mine is None or not item.course or courses.id_of(tx, item.course) in mine)


async def show_done(ask: Ask) -> Response:
    return ask.page("undo.html", "최근에 한 일", told=await ask.look("undo", undoing.recent))


PAGES = (
    Page("/", Right.COURSES, show),
    Page("/due", Right.COURSES, show_part, is_asked_by_itself=True),
    Page("/undo", Right.DECIDE, show_done, acting.undo, to_do=Right.COURSES),
)
