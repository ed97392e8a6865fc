"""What messages cost, month by month."""

from functools import partial

from starlette.responses import Response

from bot.console.ask import Ask, Page
from handlers.calendar.months import Month, read_month
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.officers.roles import Right
from handlers.staff.ways import money
from storage.database import Transaction

Shown = tuple[Told, Month, Month | None]


async def show(ask: Ask) -> Response:
    asked = ask.query("month")
    told, month, after = await ask.look("costs", partial(_found, _month(asked) if asked else None), month=asked)
    return ask.page("messages/costs.html", "알림 비용", told=told, month=month, after=after)


def _found(asked: Month | None, tx: Transaction, desk: Desk) -> Shown:
    """With the month after it, if that has begun."""
    this = money.this_month(desk)
    month = asked or this
    return money.show(tx, desk, month), month, month.after if month < this else None


def _month(written: str) -> Month:
    try:
        return read_month(written)
    except ValueError as error:
        raise Declined(f"‘{written}’: 달을 적어 주세요. 예: 2026-11") from error


PAGES = (Page("/messages/costs", Right.MESSAGES, show),)
