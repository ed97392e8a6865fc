"""Files of officers: what one would change is shown, and taken in once that is confirmed.

Between the two the file travels in the page that asks: nothing of it is kept before it is taken in.
"""

import asyncio
import base64
import binascii
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePath
from typing import Any

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.http.requests import clean
from handlers.staff.desk import acts
from handlers.staff.desk.told import Step, Told
from handlers.staff.files import workbook
from handlers.staff.files.reading import sheets
from handlers.staff.files.rows import Row, UnreadableFile
from handlers.staff.importers import IMPORT, IMPORTERS
from handlers.staff.officers.roles import Right

LARGEST = 5_000_000  # bytes of a file
LIMIT = LARGEST * 4 // 3 + 100_000  # of what is sent, in which it is written as letters
KINDS = {
    "courses": "강좌",
    "surveys": "설문",
    "postings": "채용공고",
    "counseling": "상담 시간",
    "questions": "자주 묻는 질문",
    "qualifications": "취득 자격",
    "year": "한 해 기록",
}
HERE = "/desk/import"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def show(ask: Ask, problem: str = "") -> Response:
    status, most = 422 if problem else 200, LARGEST // 1_000_000
    return ask.page("courses/upload.html", "파일 올리기", status, kinds=KINDS, problem=problem, most=most)


async def show_template(ask: Ask) -> Response:
    """The sheet to fill in."""
    kind = ask.query("of") if ask.query("of") in IMPORTERS else "courses"
    today = datetime.now(UTC).astimezone(ask.organization.timezone).date()
    data = await asyncio.to_thread(lambda: workbook.write(IMPORTERS[kind].template(today)))
    return Response(data, media_type=EXCEL, headers={"content-disposition": f'attachment; filename="{kind}.xlsx"'})


async def take_in(ask: Ask) -> Response:
    try:
        name, data = await sent(ask)
        rows = await asyncio.to_thread(sheets.rows_of, name, data)  # others are served meanwhile
    except UnreadableFile as unreadable:
        return await show(ask, str(unreadable))
    said = {"as_written": bool(ask.text("as_written")), "same_course": ask.texts("same_course")}
    if ask.text(acting.SURE):
        return await _done(ask, name, data, rows, said)
    assert IMPORT.check
    told = await ask.look("import", partial(IMPORT.check, rows=rows, files=[name], **said), names=[name])
    return _to_confirm(ask, told, name, data, said)


async def sent(ask: Ask) -> tuple[str, bytes]:
    """The file that was chosen, or that was shown before."""
    if upload := ask.upload("file"):
        name, data = clean(PurePath(upload.filename or "").name), await upload.read()
    else:
        name, data = PurePath(ask.text("name")).name, _decoded(ask.text("content"))
    if not name or not data:
        raise UnreadableFile("파일을 골라 주세요.")
    if len(data) > LARGEST:
        raise UnreadableFile(f"{name}: 파일이 너무 큽니다({LARGEST // 1_000_000}MB 초과). 목록만 남겨 나누어 주세요.")
    return name, data


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text)
    except (binascii.Error, ValueError):
        return b""


async def _done(ask: Ask, name: str, data: bytes, rows: list[Row], said: dict[str, Any]) -> Response:
    args = {"rows": rows, "names": [name], "files": [name], **said}
    told = await ask.gate.act(partial(acts.perform, act=IMPORT, args=args), IMPORT.name, args)
    if not told.is_good:  # something has changed since it was looked at
        return _to_confirm(ask, told, name, data, said)
    return await acting.tell(ask, _without_files(told), HERE)


def _to_confirm(ask: Ask, told: Told, name: str, data: bytes, said: dict[str, Any]) -> Response:
    meant = next((step for step in told.steps if step.action == IMPORT.name and "as_written" in step.args), None)
    meant = meant if not told.is_good else None
    content = base64.urlsafe_b64encode(data).decode()
    shown = {"told": _without_files(told), "name": name, "content": content, "said": said, "meant": meant}
    return ask.page("courses/upload_check.html", name, 200 if told.is_good else 422, **shown)


def _without_files(told: Told) -> Told:
    """Steps that name a file of somebody's own computer lead nowhere here."""
    return replace(told, steps=tuple(step for step in told.steps if not _is_of_files(step)))


def _is_of_files(step: Step) -> bool:
    return step.action == IMPORT.name


PAGES = (
    Page("/import", Right.DECIDE, show, take_in, limit=LIMIT),
    Page("/import/template", Right.DECIDE, show_template),
)
