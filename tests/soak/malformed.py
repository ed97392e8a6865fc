"""Bodies that nobody sends, at every address that the program has: refused, and never an error of ours."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import aiohttp
from starlette.routing import BaseRoute, Route

from bot import settings
from bot.app import App
from bot.console.signing import cookies
from tests.soak.city import City
from tests.support.console.counter import signed_in
from tests.support.domain import SEOUL, School
from tests.support.kakao.talker import SECRET as SKILL
from tests.support.service.process import SECRET as HOOK
from tests.support.solapi import HOOK as RESULTS

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
MULTIPART = "multipart/form-data; boundary=x"
BODIES: tuple[tuple[str, bytes], ...] = (
    (FORM, b""),
    (FORM, b"%00=%ff&%ed%a0%bd&&&=&a=b&key=" + b"%F0%9F" * 50),
    (FORM, b"&".join(b"f%d=1" % number for number in range(500))),
    (FORM, b"text=" + b"x" * 40_000),
    (JSON, b""),
    (JSON, b"{"),
    (JSON, b"null"),
    (JSON, b'[{"a": 1e400, "b": "\\ud800"}]'),
    (JSON, b"[" * 20_000),
    (JSON, b'{"userRequest": [], "update_id": "x", "message": 7}'),
    (JSON, b"\xff\xfe\x00\x01"),
    (MULTIPART, b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\nPK\x03\x04broken"),
    (MULTIPART, b"--y\r\n\r\n--"),
    ("text/xml; charset=nonsense", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"),
)  # fmt: skip
PARTS = ("1", "x", "%00", "9" * 40)
AT_ONCE = 12
LARGE = 200_000  # bytes


def addresses(city: City) -> list[tuple[str, str]]:
    """Method and path of each route of the application itself, but those that stay open or end a session."""
    app: Any = App(settings.load(city.services[0].config), city.database)
    left_out = ("/events", "/metrics", "/healthz", "/desk/sign-out")
    return [each for each in _walk(app._site()._app.routes) if each[1] not in left_out]


def _walk(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    for each in routes:
        if isinstance(each, Route):
            yield from ((method, before + each.path) for method in sorted(each.methods or ()) if method != "HEAD")
        else:
            yield from _walk(getattr(each, "routes", None) or [], before + getattr(each, "path", ""))


async def malformed(city: City, share: int = 1) -> None:
    """One of `share` of all combinations."""
    url, turn = city.services[0].url, asyncio.Semaphore(AT_ONCE)
    tries = [(method, path, *body) for method, path in addresses(city) for body in _bodies(method)][::share]
    school = School(city.database)
    school.now = datetime.now(SEOUL)
    token = await city.does(lambda tx: signed_in(tx, school, "lee", "lead"))
    secrets = {"X-Skill-Secret": SKILL, "X-Telegram-Bot-Api-Secret-Token": HOOK, "X-Solapi-Secret": RESULTS}
    headers = {**secrets, "Origin": url, "Sec-Fetch-Site": "same-origin", "Cookie": f"{cookies.name(url)}={token}"}
    connector = aiohttp.TCPConnector(limit=AT_ONCE, local_addr=("127.9.9.9", 0))
    async with aiohttp.ClientSession(url, connector=connector, timeout=aiohttp.ClientTimeout(60)) as session:

        async def tried(number: int, method: str, path: str, kind: str, body: bytes) -> str:
            shown = "/".join(PARTS[number % len(PARTS)] if part[:1] == "{" else part for part in path.split("/"))
            async with turn:
                try:
                    return await _status(session, method, shown, {**headers, "Content-Type": kind}, body)
                except (aiohttp.ClientError, TimeoutError) as error:
                    return f"{type(error).__name__}: {method} {shown} {body[:30]!r}"

        found = await asyncio.gather(*(tried(number, *each) for number, each in enumerate(tries)))
        found.append(await _too_large(session))
    broken = [each for each in found if each]
    city.counts["malformed bodies"] += len(tries)
    if broken:
        city.faults.append(f"{len(broken)} of {len(tries)} malformed bodies broke something, the first: {broken[:3]}")


async def _too_large(session: aiohttp.ClientSession) -> str:
    """A body that nobody types is told to be too large, before all of it is held."""
    try:
        async with session.post("/say", data=bytes(LARGE), headers={"Content-Type": FORM}) as answer:
            return "" if answer.status == 413 else f"{answer.status}: a body of {LARGE} bytes"
    except (aiohttp.ClientError, OSError):
        return ""  # hung up on while it was still sent


def _bodies(method: str) -> tuple[tuple[str, bytes], ...]:
    return BODIES if method not in ("GET", "DELETE") else BODIES[:1]


async def _status(session: aiohttp.ClientSession, method: str, path: str, headers: dict[str, str], body: bytes) -> str:
    async with session.request(method, path, data=body, headers=headers, allow_redirects=False) as answer:
        return f"{answer.status}: {method} {path} {body[:30]!r}" if answer.status >= 500 else ""
