"""Files for the district's own sender: made of what no way took, taken away for a purpose, and their results."""

import asyncio
import base64
from dataclasses import replace
from functools import partial

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.pages.courses import uploads
from handlers.staff.desk import acts, purposes
from handlers.staff.desk.declined import Declined
from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import UnreadableFile
from handlers.staff.officers.roles import Right
from handlers.staff.reports import lists
from handlers.staff.ways.files import showing
from handlers.staff.ways.files.making import MAKE
from handlers.staff.ways.files.results import RESULTS
from handlers.staff.ways.files.withdrawing import WITHDRAW

HERE = "/desk/calls/files"
LOOK = "push-file"
TYPES = {".xlsx": uploads.EXCEL, ".csv": "text/csv; charset=utf-8"}
PROTECTED = (
    "사람의 정보는 비밀번호로 잠근 파일로만 내보내는 곳이라 여기서 받을 수 없습니다. "
    "명령 push-file 번호 -o 발송.xlsx로 받아 주세요."
)


async def show_all(ask: Ask) -> Response:
    found = await ask.look(LOOK, showing.overview)
    is_on = ask.organization.pushes.has_file
    return ask.page("files/list.html", "발송 파일", found=found, state=showing.state, is_on=is_on)


async def make(ask: Ask) -> Response:
    return await acting.act(ask, MAKE, HERE, kind=ask.text("kind"))


async def show(ask: Ask, problem: str = "", declined: Declined | None = None) -> Response:
    number = ask.number("number")
    told = await ask.look(LOOK, partial(showing.show_one, number=number), number=number)
    one = await ask.gate.glance(lambda tx, _: showing.found(tx, number))
    status, most = 422 if problem or declined else 200, uploads.LARGEST // 1_000_000
    data = {"told": told, "file": one, "problem": problem, "declined": declined, "most": most}
    return ask.page("files/one.html", told.title, status, is_protected=ask.protects, to=_path(number), **data)


def _path(number: int) -> str:
    return f"{HERE}/{number}"


async def take_in(ask: Ask) -> Response:
    """Results: what they change is seen first; until then the file stands in the page."""
    number = ask.number("number")
    try:
        name, data = await uploads.sent(ask)
        grids = await asyncio.to_thread(sheets.grids_of, name, data)  # others are served meanwhile
    except UnreadableFile as unreadable:
        return await show(ask, str(unreadable))
    args = {"number": number, "files": [(name, grids)], "names": [name]}
    try:
        if ask.text(acting.SURE):
            done = await ask.gate.act(partial(acts.perform, act=RESULTS, args=args), RESULTS.name, args)
            return await acting.tell(ask, done, _path(number))
        assert RESULTS.check
        told = await ask.look(RESULTS.name, partial(RESULTS.check, **args), names=[name], number=number)
    except Declined as declined:
        return await show(ask, declined=declined)
    content = base64.urlsafe_b64encode(data).decode()
    shown = {"told": replace(told, reach=None), "name": name, "content": content, "to": _path(number)}
    return ask.page("files/check.html", name, 200 if told.is_good else 422, **shown)


async def take_away(ask: Ask) -> Response:
    """The file itself, once it was said what for; again and again it is the same."""
    number = ask.number("number")
    kind = ask.text("kind") if ask.text("kind") in TYPES else ".xlsx"
    try:
        if ask.protects:
            raise Declined(PROTECTED)
        why = purposes.read_purpose(ask.text("purpose"))
        if not why:
            raise Declined("사람의 정보가 든 파일입니다. 무엇에 쓰시는지 적어 주세요. 예: 알림 발송")
        work = partial(showing.sheet, number=number)
        told = await ask.look(LOOK, work, purpose=why, number=number, output=kind)
    except Declined as declined:
        return await show(ask, declined=declined)
    data = await asyncio.to_thread(lists.MAKERS[kind], told)
    held = {"content-disposition": f'attachment; filename="push-{number}{kind}"', "cache-control": "no-store"}
    return Response(data, media_type=TYPES[kind], headers=held)


async def withdraw(ask: Ask) -> Response:
    number = ask.number("number")
    words = {"number": number, "never_sent": bool(ask.text("never_sent"))}
    try:
        return await acting.act(ask, WITHDRAW, _path(number), **words)
    except Declined as declined:
        return await show(ask, declined=declined)


PAGES = (
    Page("/calls/files", Right.PEOPLE, show_all, make, to_do=Right.DECIDE),
    Page("/calls/files/{number}", Right.PEOPLE, show, take_in, to_do=Right.DECIDE, limit=uploads.LIMIT),
    Page("/calls/files/{number}/file", Right.PEOPLE, do=take_away),
    Page("/calls/files/{number}/withdrawn", Right.PEOPLE, do=withdraw, to_do=Right.DECIDE),
)
