"""The review of the access log, month by month, and its signature."""

from dataclasses import replace
from functools import partial

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.calendar.months import Month, read_month
from handlers.staff.access import review
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from storage.database import Transaction

HERE = "/desk/review"


async def show(ask: Ask) -> Response:
    everything = bool(ask.query("all"))
    month = _month(ask.query("month")) if ask.query("month") else None
    work = partial(_found, month=month, everything=everything)
    found = await ask.look("access-log", work, month=str(month or ""), all=everything)
    return ask.page("review.html", "접속기록", found=found, everything=everything)


def _found(tx: Transaction, desk: Desk, month: Month | None, everything: bool) -> dict[str, object]:
    this = month or review.this_month(desk)
    told = review.show(tx, desk, this, everything)
    shown = {"told": replace(told, steps=()), "is_to_sign": bool(told.steps)}
    return {**shown, "month": this, "months": review.months(tx, desk)}


async def sign(ask: Ask) -> Response:
    month = _month(ask.text("month"))
    return await acting.act(ask, review.SIGN, f"{HERE}?month={month}", month=str(month))


def _month(written: str) -> Month:
    try:
        return read_month(written)
    except ValueError as error:
        raise Declined(f"‘{written}’: 달을 적어 주세요. 예: 2026-11") from error


PAGES = (Page("/review", Right.REVIEW, show, sign),)
