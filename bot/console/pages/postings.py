"""Job postings: found, added, hidden and shown again; and how their sources do."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console import acting, fields
from bot.console.ask import Ask, Page, whole
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.files.rows import POSTING, Row
from handlers.staff.officers.roles import Right
from handlers.staff.postings import importing, listing, overview
from handlers.staff.postings.columns import COLUMNS
from storage.database import Transaction

HERE = "/desk/postings"
FORM = "화면"


async def show(ask: Ask) -> Response:
    asked = {name: ask.query(name) for name in ("text", "source", "state")}
    page = whole(ask.query("page")[:5]) or 0

    def work(tx: Transaction, desk: Desk) -> tuple[list[tuple[str, ...]], int]:
        found, count = listing.find(tx, desk, page=page, **asked)
        return [_row(each, desk) for each in found], count

    rows, count = await ask.look("postings", work, **asked)
    told = await ask.look("postings", overview.show)
    turns = {"before": _at(asked, page - 1) if page else "", "after": ""}
    if count > (page + 1) * listing.SIZE:
        turns["after"] = _at(asked, page + 1)
    shown: dict[str, Any] = {"rows": rows, "count": count, "asked": asked, "told": told, "turns": turns}
    return ask.page("work/postings.html", "일자리", states=listing.STATES, sources=overview.SOURCES, **shown)


def _row(each: Any, desk: Desk) -> tuple[str, ...]:
    told = (each.title, each.company, each.region, listing.until(each, desk), listing.source(each))
    return str(each.id), *told, listing.state(each, desk), each.url, "hidden" if each.hidden_at else ""


def _at(asked: Mapping[str, str], page: int) -> str:
    return f"{HERE}?{urlencode({**asked, 'page': page})}"


async def do(ask: Ask) -> Response:
    """Hide one, or show it again."""
    numbers = ask.numbers("number")
    if not numbers:
        raise Declined("어느 채용공고인지 알 수 없습니다. 화면의 단추로 다시 해 주세요.")
    chosen = listing.SHOW if ask.text("do") == "show" else listing.HIDE
    return await acting.act(ask, chosen, ask.back(HERE), number=numbers[0])


async def ask_to_add(ask: Ask, declined: Declined | None = None) -> Response:
    values = fields.typed(ask, COLUMNS) if declined else {}
    shown = {"fields": fields.of(COLUMNS, values)}
    return ask.page("work/posting.html", "채용공고 등록", 422 if declined else 200, declined=declined, **shown)


async def add(ask: Ask) -> Response:
    cells = {name: value for name, value in fields.typed(ask, COLUMNS).items() if value}
    rows = [Row(FORM, 1, cells, {}, POSTING)]
    try:
        checked = await ask.gate.preview(partial(importing.check_one, rows=rows), importing.ADD.name)
        if checked:
            raise Declined("고칠 곳이 있어 등록하지 않았습니다.", items=checked)
        return await acting.act(ask, importing.ADD, HERE, rows=rows, title=ask.text("title"))
    except Declined as declined:
        return await ask_to_add(ask, declined)


PAGES = (
    Page("/postings", Right.POSTINGS, show, do),
    Page("/add-posting", Right.POSTINGS, ask_to_add, add),
)
