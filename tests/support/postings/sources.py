"""Both feeds on a local server, which answers as a test has it answer."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.feeds.fetching import Manners

FEEDS = Path(__file__).with_name("feeds")
HASTY = Manners(patience=60, pause=0, backoff=0.01)
IMPATIENT = Manners(patience=0.1, pause=0, backoff=0.01)  # for what is slow on purpose
KEY = "0000secret-feed-key0000"
JSON, XML = "application/json", "text/xml"

Answer = Callable[[web.Request], Any]


class Sources:
    """`asked` has the path of every question; `answer` makes what each gets, asked with these manners."""

    def __init__(self) -> None:
        self.manners = HASTY
        self.answer: Answer = lambda _: gone(500)
        self.asked: list[str] = []
        app = web.Application()
        app.router.add_get("/{path:.*}", self._handle)
        self._server = TestServer(app)

    async def __aenter__(self) -> "Sources":
        await self._server.start_server()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("")).rstrip("/")

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        answer = self.answer(request)
        return await answer if asyncio.iscoroutine(answer) else answer


# --- answers ---


def sent(body: str | bytes, content_type: str = XML, **how: Any) -> web.Response:
    data = body.encode() if isinstance(body, str) else body
    return web.Response(body=data, headers={"Content-Type": content_type, **how})


def file(name: str) -> web.Response:
    return sent((FEEDS / name).read_bytes(), JSON if name.endswith("json") else XML)


def gone(status: int) -> web.Response:
    return web.Response(status=status, text=f"<html>{KEY}</html>")


def elsewhere(request: web.Request) -> web.StreamResponse:
    """Sent on to another address, where all seems well."""
    if request.path == "/elsewhere":
        return file("work24_list_ok.xml")
    return web.Response(status=302, headers={"Location": "/elsewhere"})


def cut(request: web.Request) -> web.Response:
    """A connection that breaks before anything is said."""
    assert request.transport is not None
    request.transport.abort()
    return gone(500)


async def slowly(seconds: float) -> web.Response:
    await asyncio.sleep(seconds)
    return file("work24_list_ok.xml")


def in_turn(*answers: Answer) -> Answer:
    """One after the other, and the last again and again."""
    left = list(answers)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


# --- 고용24 ---


def wanted(number: int, **changed: str) -> dict[str, str]:
    row = {"wantedAuthNo": f"K{number}", "title": f"조리사 {number}", "company": "예시식당", "region": "서울 중구"}
    return {**row, "closeDt": "채용시까지", "regDt": "20261120", **changed}


def work24_xml(rows: Sequence[Mapping[str, str]], total: int | None = None, head: str = "") -> str:
    fields = ("".join(f"<{name}>{escape(value)}</{name}>" for name, value in row.items()) for row in rows)
    listed = "".join(f"<wanted>{each}</wanted>" for each in fields)
    return f"{head}<wantedRoot><total>{len(rows) if total is None else total}</total>{listed}</wantedRoot>"


def in_pages(rows: Sequence[Mapping[str, str]]) -> Answer:
    def page(request: web.Request) -> web.Response:
        size = int(request.query["display"])
        start = (int(request.query["startPage"]) - 1) * size
        return sent(work24_xml(rows[start : start + size], len(rows)))

    return page


# --- 서울시 ---


def offered(number: int, **changed: Any) -> dict[str, Any]:
    row = {
        "JO_REQST_NO": f"S{number}",
        "JO_SJ": f"조리사 {number}",
        "CMPNY_NM": "예시식당",
        "RCEPT_CLOS_NM": "채용시까지",
    }
    return {**row, "WORK_PARAR_BASS_ADRES_CN": "서울 중구1층", "JO_REG_DT": "2026-11-20", **changed}


def seoul_json(row: Any, total: Any = 1, code: str = "INFO-000") -> str:
    result = {"CODE": code, "MESSAGE": KEY}
    return json.dumps({"GetJobInfo": {"list_total_count": total, "RESULT": result, "row": row}})
