"""The roll on paper: who attends, who waits, rows for walk-ins, and the code that leads back to the page."""

from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from bot.console.ask import Ask, Page, whole
from bot.site.qr import drawn
from handlers.staff.attendance import sheet
from handlers.staff.desk.lookup import MARKS
from handlers.staff.officers.roles import Right

BLANK = 5  # rows for walk-ins


async def show(ask: Ask) -> Response:
    is_masked = not ask.may(Right.PEOPLE)
    work = partial(sheet.show, code=ask.code, number=whole(ask.query("class")), is_masked=is_masked)
    found = await ask.look("attendance-sheet", work, code=ask.code)
    path = f"/desk/courses/{quote(ask.code, safe='')}/attendance"
    here = f"{path}?class={found.meeting.number}&way=paper" if found.meeting else path
    shown: dict[str, Any] = {"found": found, "marks": MARKS, "back": here, "blank": BLANK}
    return ask.page(
        "attendance/paper.html",
        f"{found.grid.course.title} 출석부",
        qr=drawn(f"{ask.organization.public_url}{here}"),
        **shown,
    )


PAGES = (Page("/courses/{code}/attendance/paper", Right.ROLL, show),)
