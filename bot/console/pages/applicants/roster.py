"""Who is in a course, by state: filtered by the address, so that a list can be sent."""

from functools import partial

from starlette.responses import Response

from bot.console.ask import Ask, Page
from handlers.staff.applicants import roster
from handlers.staff.courses import applications
from handlers.staff.desk.told import Told
from handlers.staff.officers.roles import Right
from storage.states import BY_OFFICERS


async def show(ask: Ask) -> Response:
    group = ask.query("state") if ask.query("state") in (*roster.GROUPS, roster.UNCHECKED) else ""
    found = await ask.look("roster", partial(roster.show, code=ask.code, group=group), code=ask.code, state=group)
    doubts = await _doubts(ask) if found.counts.get(roster.UNCHECKED) else None
    return ask.page(
        "applicants/roster.html",
        f"{found.course.title} 신청한 분",
        found=found,
        group=group,
        groups={name: word for name, (word, _) in roster.GROUPS.items()} | {roster.UNCHECKED: "확인 전"},
        is_selected=found.course.selection in BY_OFFICERS,
        doubts=doubts,
        rights=Right,
    )


async def _doubts(ask: Ask) -> Told:
    """What has to be looked at first: bursts, and applications that may be one person's."""
    return await ask.look("applications", partial(applications.show, code=ask.code), code=ask.code)


PAGES = (Page("/courses/{code}/people", Right.PEOPLE, show),)
