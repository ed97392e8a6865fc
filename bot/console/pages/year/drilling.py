"""The rows that a figure of a year is the sum of."""

from starlette.responses import Response

from bot.console.ask import Ask, Page
from bot.console.pages.year import places
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from handlers.staff.year.counted import counting, participation
from handlers.staff.year.counted.figures import IndicatorFigures, OfYear, ParticipationFigures
from storage.database import Transaction


async def show_sources(ask: Ask) -> Response:
    """The courses that an indicator counts in a year."""
    year, number = places.year(ask), ask.number("number")
    found, of_year = await ask.look("year", lambda tx, desk: _sources(tx, desk, year, number), year=year)
    name = found.indicator.name
    return ask.page("year/sources.html", f"{year}년 {name}", found=found, of_year=of_year, at=places.of(year))


def _sources(tx: Transaction, desk: Desk, year: int, number: int) -> tuple[IndicatorFigures, OfYear]:
    for found in counting.indicators(tx, desk, year):
        for each in found.years:
            if (found.indicator.id, each.year) == (number, year):
                return found, each
    raise Declined(f"{year}년에는 {number}번 지표가 없습니다.")


async def show_together(ask: Ask) -> Response:
    """What was done with residents of one kind, entered or surveyed here, in the term until the end of a year."""
    year, kind = places.year(ask), ask.at("kind")
    found = await ask.look("year", lambda tx, desk: _together(tx, desk, year, kind), year=year)
    return ask.page("year/together.html", f"{year}년까지 {found.title}", found=found, year=year, at=places.of)


def _together(tx: Transaction, desk: Desk, year: int, kind: str) -> ParticipationFigures:
    for found in participation.participation(tx, desk, year):
        if found.kind == kind:
            return found
    raise Declined(f"‘{kind}’: 이런 주민 참여는 없습니다.")


PAGES = (
    Page("/year/{year}/indicators/{number}", Right.RESULTS, show_sources),
    Page("/year/{year}/together/{kind}", Right.RESULTS, show_together),
)
