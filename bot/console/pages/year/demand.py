"""What there was demand for in a year, and how many classes it would have taken."""

from functools import partial

from starlette.responses import Response

from bot.console.ask import Ask, Page
from bot.console.pages.year import places
from handlers.staff.officers.roles import Right
from handlers.staff.year.demands import demand


async def show(ask: Ask) -> Response:
    year = places.year(ask)
    told = await ask.look("demand", partial(demand.demand, year=year), year=year)
    return ask.page("year/demand.html", f"{year}년 수요", told=told, year=year, at=places.of)


PAGES = (Page("/year/{year}/demand", Right.RESULTS, show),)
