"""Texts that senders have to approve: how they stand, the form to send in, and what the district's own sender said."""

import asyncio
from functools import partial

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.pages.courses.uploads import EXCEL
from bot.http.files import download
from handlers.dialogue.reply import File
from handlers.notices.kinds import KINDS
from handlers.notices.templates import TEXTS
from handlers.staff.desk.declined import Declined
from handlers.staff.notices.templates import approving, forms, standing
from handlers.staff.officers.roles import Right
from handlers.staff.reports import lists

HERE, LOOK = "/desk/messages/approved", "kakao-templates"
FILES = {"xlsx": (EXCEL, lists.book), "txt": ("text/plain; charset=utf-8", forms.written)}


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    """What is approved, what nothing covers, and each text."""
    told = await ask.look(LOOK, standing.show)
    typed = {name: ask.text(name) or ask.query(name) for name in ("kind", "code", "text")}
    texts = [(KINDS[kind].title, each, forms.longest(each)) for kind, each in TEXTS.items()]
    more = {"texts": texts, "typed": typed, "declined": declined, "has_file": ask.organization.pushes.has_file}
    status = 422 if declined else 200
    return ask.page("messages/approved.html", told.title, status, told=told, files=FILES, **more)


async def change(ask: Ask) -> Response:
    """What an officer says of the district's own sender."""
    kind = ask.text("kind")
    try:
        if ask.text("do") == "reject":
            return await acting.act(ask, approving.REJECT, HERE, kind=kind)
        text = ask.text("text").replace("\r\n", "\n")
        return await acting.act(ask, approving.APPROVE, HERE, kind=kind, code=ask.text("code"), text=text)
    except Declined as declined:
        return await show(ask, declined)


async def send(ask: Ask) -> Response:
    """The form to send in: it tells of nobody."""
    suffix = ask.query("as") if ask.query("as") in FILES else "xlsx"
    media_type, make = FILES[suffix]
    told = await ask.look(LOOK, forms.show)
    content = await asyncio.to_thread(partial(make, told))  # others are served meanwhile
    return download(File(f"템플릿-신청서.{suffix}", media_type, content))


PAGES = (
    Page("/messages/approved", Right.MESSAGES, show, change),
    Page("/messages/approved/form", Right.MESSAGES, send),
)
