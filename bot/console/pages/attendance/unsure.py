"""Who may not come to the next class, with numbers to call; what they say is noted by a tap."""

from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.attendance import unsure
from handlers.staff.officers.roles import Right
from storage.states import Mark

PURPOSE = "수업 전 연락"


async def show(ask: Ask) -> Response:
    told = await ask.look("unsure", partial(unsure.show, code=ask.code), purpose=PURPOSE, code=ask.code)
    return ask.page("attendance/unsure.html", "올지 불확실한 분", told=told)


async def note(ask: Ask) -> Response:
    here = f"/desk/courses/{quote(ask.code, safe='')}/attendance/unsure"
    mark: Mark = "present" if ask.text("do") == "present" else "absent"
    return await acting.act(ask, unsure.NOTE, here, code=ask.code, numbers=ask.numbers("number"), mark=mark)


PAGES = (Page("/courses/{code}/attendance/unsure", Right.PEOPLE, show, note, to_do=Right.PEOPLE),)
