"""A year at a glance."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from bot.console.ask import Ask, Page
from bot.console.pages.year import places
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from handlers.staff.year.cards.quarters import STATES
from handlers.staff.year.counted import counting, money, participation, period
from handlers.staff.year.counted.figures import BudgetFigures, IndicatorFigures, ParticipationFigures, percent
from handlers.staff.year.counted.money import Costs
from handlers.staff.year.entries.sorts import SORTS
from storage.database import Transaction
from storage.year import quarters
from storage.year.quarters import Quarter


@dataclass(frozen=True)
class Seen:
    """A year as its page shows it. `warnings` are what to look at before its card is printed."""

    year: int
    desk: Desk
    indicators: tuple[IndicatorFigures, ...]
    budget: BudgetFigures
    costs: Costs
    participation: tuple[ParticipationFigures, ...]
    quarters: dict[int, Quarter]
    warnings: tuple[str, ...]

    @property
    def newest(self) -> int:
        """The last quarter that has begun."""
        return period.newest_quarter(self.year, self.desk.today)

    def last_of(self, quarter: Quarter) -> str:
        """Who took the last step of it, and when."""
        steps = (
            (quarter.frozen_by, quarter.frozen_at),
            (quarter.checked_by, quarter.checked_at),
            (quarter.drafted_by, quarter.drafted_at),
        )
        return next((f"{by}, {self.desk.moment(at)}" for by, at in steps if at), "")


def seen(tx: Transaction, desk: Desk, year: int) -> Seen:
    budget = money.budget(tx, desk, year)
    return Seen(
        year,
        desk,
        counting.indicators(tx, desk, year),
        budget,
        money.costs(tx, desk, year),
        participation.participation(tx, desk, year),
        {each.quarter: each for each in quarters.of_year(tx, year)},
        tuple(money.warnings(budget)),
    )


async def show_this_year(ask: Ask) -> Response:
    return await _page(ask, None)


async def show(ask: Ask) -> Response:
    return await _page(ask, places.year(ask))


async def _page(ask: Ask, year: int | None) -> Response:
    found = await ask.look("year", lambda tx, desk: seen(tx, desk, year or desk.today.year), year=year)
    words: dict[str, Any] = {"sorts": SORTS, "rights": Right, "percent": percent, "millions": money.millions}
    words |= {"at": places.of, "quarters": period.QUARTERS, "states": STATES}
    return ask.page("year/overview.html", f"{found.year}년 한 해", found=found, **words)


PAGES = (
    Page("/year", Right.RESULTS, show_this_year),
    Page("/year/{year}", Right.RESULTS, show),
)
