"""The attendance of a course as a sheet: taken away for a purpose, and brought back once its changes were seen."""

import asyncio
import base64
from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.pages.courses import uploads
from handlers.staff.attendance.sheets import exporting
from handlers.staff.attendance.sheets.importing import IMPORT
from handlers.staff.desk import acts, purposes
from handlers.staff.desk.declined import Declined
from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import UnreadableFile
from handlers.staff.officers.roles import Right
from handlers.staff.reports import lists

TYPES = {".xlsx": uploads.EXCEL, ".csv": "text/csv; charset=utf-8"}
PROTECTED = (
    "사람의 정보는 비밀번호로 잠근 파일로만 내보내는 곳이라 여기서 받을 수 없습니다. "
    "명령 import --attendance 과정번호 --template 파일로 받아 주세요."
)


async def show(ask: Ask, problem: str = "", declined: Declined | None = None) -> Response:
    course = await ask.gate.glance(lambda tx, _: exporting.of_course(tx, ask.code).course)
    status, most = 422 if problem or declined else 200, uploads.LARGEST // 1_000_000
    data = {
        "course": course,
        "problem": problem,
        "declined": declined,
        "most": most,
        "is_protected": ask.protects,
        "rights": Right,
    }
    return ask.page("courses/attendance_sheet.html", f"{course.title} 출석부 파일", status, **data)


async def take_in(ask: Ask) -> Response:
    try:
        name, data = await uploads.sent(ask)
        grids = await asyncio.to_thread(sheets.grids_of, name, data)  # others are served meanwhile
    except UnreadableFile as unreadable:
        return await show(ask, str(unreadable))
    args = {"code": ask.code, "files": [(name, grids)], "names": [name], "why": ask.text("why")}
    try:
        if ask.text(acting.SURE):
            done = await ask.gate.act(partial(acts.perform, act=IMPORT, args=args), IMPORT.name, args)
            return await acting.tell(ask, done, f"/desk/courses/{quote(ask.code, safe='')}/attendance/sheet")
        assert IMPORT.check
        told = await ask.look(IMPORT.name, partial(IMPORT.check, **args), names=[name], code=ask.code)
    except Declined as declined:
        return await show(ask, declined=declined)
    content = base64.urlsafe_b64encode(data).decode()
    lacks_reason = not told.is_good and told.reach is not None  # it could be read
    shown = {"told": told, "name": name, "content": content, "lacks_reason": lacks_reason}
    return ask.page("courses/attendance_check.html", name, 200 if told.is_good else 422, **shown)


async def take_away(ask: Ask) -> Response:
    """A file with what is marked so far, once it was said what for."""
    try:
        if ask.protects:
            raise Declined(PROTECTED)
        why = purposes.read_purpose(ask.text("purpose"))
        if not why:
            raise Declined("사람의 정보가 든 파일입니다. 무엇에 쓰시는지 적어 주세요. 예: 종이 출석부 옮겨 적기")
    except Declined as declined:
        return await show(ask, declined=declined)
    kind = ask.text("kind") if ask.text("kind") in TYPES else ".xlsx"
    told = await ask.look("attendance-sheet", partial(exporting.show, code=ask.code), purpose=why, code=ask.code)
    data = await asyncio.to_thread(lists.MAKERS[kind], told)
    held = {"content-disposition": f'attachment; filename="attendance{kind}"', "cache-control": "no-store"}
    return Response(data, media_type=TYPES[kind], headers=held)


PAGES = (
    Page("/courses/{code}/attendance/sheet", Right.PEOPLE, show, take_in, to_do=Right.DECIDE, limit=uploads.LIMIT),
    Page("/courses/{code}/attendance/sheet/file", Right.PEOPLE, do=take_away),
)
