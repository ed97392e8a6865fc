"""Quarters of a year: drafted by who is in charge, checked and frozen by a lead, and what has changed since."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.pages.year import places
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Table
from handlers.staff.officers.roles import Right
from handlers.staff.year.cards import carding
from handlers.staff.year.cards import quarters as quarterly
from handlers.staff.year.counted import period
from storage.database import Transaction
from storage.year import quarters
from storage.year.quarters import Quarter

CLOSING: dict[str, Act] = {"check": quarterly.CHECK, "freeze": quarterly.FREEZE, "reopen": quarterly.REOPEN}


@dataclass(frozen=True)
class Seen:
    """`since` is what has changed in a quarter that is frozen."""

    year: int
    quarter: int
    known: Quarter | None
    since: tuple[Table, ...]
    desk: Desk


def seen(tx: Transaction, desk: Desk, year: int, quarter: int) -> Seen:
    known = quarters.find(tx, year, quarter)
    return Seen(year, quarter, known, carding.changed_since(tx, desk, known) if known else (), desk)


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    year, quarter = places.year(ask), places.quarter(ask)
    work = partial(seen, year=year, quarter=quarter)
    found = await ask.look("quarter", work, year=year, quarter=quarter)
    words: dict[str, Any] = {"rights": Right, "stages": ask.organization.policy_card.stages, "at": places.of(year)}
    words |= {"quarters": period.QUARTERS}
    title, status = f"{year}년 {quarter}분기", 422 if declined else 200
    return ask.page("year/quarter.html", title, status, found=found, declined=declined, **words)


async def draft(ask: Ask) -> Response:
    return await _do(ask, quarterly.DRAFT, stage=ask.text("stage"))


async def close(ask: Ask) -> Response:
    """Check it, freeze it, or open it again."""
    chosen = CLOSING.get(ask.text("do"))
    if chosen is None:
        raise Declined("무엇을 할지 알 수 없습니다. 화면의 단추로 다시 해 주세요.")
    return await _do(ask, chosen)


async def _do(ask: Ask, chosen: Act, **words: Any) -> Response:
    year, quarter = places.year(ask), places.quarter(ask)
    try:
        back = f"{places.of(year)}/quarters/{quarter}"
        return await acting.act(ask, chosen, back, year=year, quarter=quarter, **words)
    except Declined as declined:
        return await show(ask, declined)


PAGES = (
    Page("/year/{year}/quarters/{quarter}", Right.RESULTS, show, draft, to_do=Right.YEAR),
    Page("/year/{year}/quarters/{quarter}/close", Right.CLOSE, None, close),
)
