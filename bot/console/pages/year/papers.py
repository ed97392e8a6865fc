"""The policy card of a quarter: on screen as its paper prints it, and as files."""

import asyncio
from collections.abc import Collection
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.console.ask import Ask, Page
from bot.console.pages.year import places
from bot.documents import policy_card
from bot.documents.policy_card.template import FormError
from bot.http.files import download
from handlers.dialogue.reply import File
from handlers.staff.desk.declined import Declined
from handlers.staff.officers.roles import Right
from handlers.staff.year.cards import carding
from handlers.staff.year.cards.card import Card
from handlers.staff.year.counted import money
from handlers.staff.year.entries.cells.words import PROGRESS

KINDS = {
    ".hwpx": ("한글(.hwpx)", "application/hwp+zip"),
    ".pdf": ("PDF", "application/pdf"),
    ".xlsx": ("엑셀(.xlsx)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".csv": ("CSV", "text/csv; charset=utf-8"),
    ".json": ("JSON", "application/json"),
}


def suffix(ask: Ask, kinds: Collection[str] = tuple(KINDS)) -> str:
    """As what a file is asked for. Raises Declined."""
    found = f".{ask.query('as')}"
    if found not in kinds:
        raise Declined(f"‘{ask.query('as')}’: 이런 파일로는 만들지 않습니다.")
    return found


async def show(ask: Ask) -> Response:
    found = await _card(ask)
    words: dict[str, Any] = {
        "at": places.of(found.year),
        "kinds": KINDS,
        "millions": money.millions,
        "progress": PROGRESS,
    }
    return ask.page("year/card.html", f"{found.year}년 {found.quarter}분기 이행카드", card=found, **words)


async def send(ask: Ask) -> Response:
    kind = suffix(ask)
    found = await _card(ask)
    form = ask.organization.policy_card.template
    try:
        data = await asyncio.to_thread(policy_card.write, found, kind, form)  # others are served meanwhile
    except FormError as error:
        raise Declined(str(error)) from error
    return download(File(f"이행카드-{found.year}-{found.quarter}분기{kind}", KINDS[kind][1], data))


async def _card(ask: Ask) -> Card:
    year, quarter = places.year(ask), places.quarter(ask)
    work = partial(carding.card, year=year, quarter=quarter)
    return await ask.look("year", work, year=year, quarter=quarter)


PAGES = (
    Page("/year/{year}/card/{quarter}", Right.RESULTS, show),
    Page("/year/{year}/card/{quarter}/file", Right.RESULTS, send),
)
