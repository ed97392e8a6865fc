"""Certificates of a course: issuing, revoking and replacing them, and printing them."""

from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.documents import certificates
from bot.http.files import download
from handlers.dialogue.reply import File
from handlers.residents.completed.printed import MEDIA_TYPE
from handlers.staff.certificates import finding, issuing, sampling
from handlers.staff.desk.declined import Declined
from handlers.staff.officers.roles import Right

LOOK = "certificates"
FOR_PRINTING = "수료증 인쇄"
ACTS = {"revoke": issuing.REVOKE, "reissue": issuing.REISSUE}


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    found = await ask.look(LOOK, partial(finding.seen, code=ask.code), code=ask.code)
    status = 422 if declined else 200
    shown = {"found": found, "at": _at(ask), "declined": declined, "rights": Right, "columns": finding.COLUMNS}
    return ask.page("certificates/list.html", f"{found.course.title} 수료증", status, **shown)


async def do(ask: Ask) -> Response:
    try:
        if chosen := ACTS.get(ask.text("do")):
            words = {"number": ask.text("number"), "reason": ask.text("reason")}
            return await acting.act(ask, chosen, _at(ask), code=ask.code, **words)
        return await acting.act(ask, issuing.ISSUE, _at(ask), code=ask.code)
    except Declined as declined:
        return await show(ask, declined)


async def print_chosen(ask: Ask) -> Response:
    """Those that were ticked, or all that are valid, one a page; it changes nothing."""
    numbers = ask.texts("number")
    try:
        work = partial(finding.sheets, code=ask.code, numbers=numbers)
        sheets = await ask.look(f"{LOOK}/print", work, FOR_PRINTING, code=ask.code, numbers=numbers)
    except Declined as declined:
        return await show(ask, declined)
    name = f"certificate-{numbers[0]}" if len(numbers) == 1 else f"certificates-{ask.code}"
    return download(File(f"{name}.pdf", MEDIA_TYPE, await certificates.printed(sheets)))


async def preview(ask: Ask) -> Response:
    """A sample with the longest name."""
    sheets = await ask.look(f"{LOOK}/sample", partial(sampling.sample, code=ask.code), code=ask.code)
    return download(File(f"sample-{ask.code}.pdf", MEDIA_TYPE, await certificates.printed(sheets)))


def _at(ask: Ask) -> str:
    return f"/desk/courses/{quote(ask.code, safe='')}/certificates"


PAGES = (
    Page("/courses/{code}/certificates", Right.PEOPLE, show, do, to_do=Right.DECIDE),
    Page("/courses/{code}/certificates/print", Right.PEOPLE, None, print_chosen),
    Page("/courses/{code}/certificates/sample", Right.PEOPLE, preview),
)
