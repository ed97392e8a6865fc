"""One address before several processes: nginx as it is shipped, or where there is none a proxy of a few lines."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from tests.support.service.process import ROOT

SHIPPED = ROOT / "deploy" / "scale.nginx.conf"
MAY_BE_REPEATED = ("/say", "/telegram", "/kakao/skill")  # what is said carries a key of its own
OWN_HEADERS = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "x-forwarded-for"}
MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def before(services: Sequence[str], port: int, folder: Path) -> AbstractAsyncContextManager[None]:
    """Passes on to the services with these addresses, as long as it lasts."""
    return nginx(services, port, folder) if shutil.which("nginx") else relay(services, port)


@asynccontextmanager
async def nginx(services: Sequence[str], port: int, folder: Path) -> AsyncIterator[None]:
    (folder / "site.conf").write_text(_site(services, port))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    process = await asyncio.create_subprocess_exec("nginx", "-c", folder / "nginx.conf", "-e", folder / "error.log")
    try:
        await _listens(port, process)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _site(services: Sequence[str], port: int) -> str:
    """The file that is shipped, with other addresses and without certificates."""
    text = SHIPPED.read_text()
    for number, url in enumerate(services, 1):
        text = text.replace(f"service{number}:8080", urlsplit(url).netloc)
    text = re.sub(r"^ +server service\d+:8080.*\n", "", text, flags=re.MULTILINE)  # where there are fewer
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^ +(listen \[::\]:443|ssl_).*\n", "", text, flags=re.MULTILINE)
    return text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")


async def _listens(port: int, process: asyncio.subprocess.Process) -> None:
    while process.returncode is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return await writer.wait_closed()
    raise AssertionError("nginx ended at its start")


@asynccontextmanager
async def relay(services: Sequence[str], port: int) -> AsyncIterator[None]:
    no_limit = aiohttp.ClientTimeout(total=None, sock_connect=2)
    connector = aiohttp.TCPConnector(force_close=True, limit=0)
    async with aiohttp.ClientSession(timeout=no_limit, connector=connector, auto_decompress=False) as session:
        handling = web.Server(Relay(services, session).handle, access_log=None)
        runner = web.ServerRunner(handling, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield
        finally:
            await runner.cleanup()


class Relay:
    """Each request goes to the next process; one that takes no connection is passed over."""

    def __init__(self, services: Sequence[str], session: aiohttp.ClientSession) -> None:
        self._services = services
        self._session = session
        self._turns = count()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        first, body = next(self._turns), await request.read()
        for attempt in range(len(self._services)):
            url = self._services[(first + attempt) % len(self._services)]
            try:
                found = await self._asked(url, request, body)
            except aiohttp.ClientConnectorError:
                continue
            except aiohttp.ClientError:
                if request.method != "POST" or request.path in MAY_BE_REPEATED:
                    continue
                break
            async with found:
                return await _passed_on(found, request)
        return web.Response(status=502)

    async def _asked(self, url: str, request: web.BaseRequest, body: bytes) -> aiohttp.ClientResponse:
        headers = _carried(request.headers.items())
        headers += [("Host", request.headers["Host"]), ("X-Forwarded-For", request.remote or "")]
        to = f"{url}{request.rel_url}"
        return await self._session.request(request.method, to, data=body, headers=headers, allow_redirects=False)


async def _passed_on(found: aiohttp.ClientResponse, request: web.BaseRequest) -> web.StreamResponse:
    answer = web.StreamResponse(status=found.status)
    for name, value in _carried(found.headers.items()):
        answer.headers.add(name, value)
    await answer.prepare(request)
    async for part in found.content.iter_any():
        await answer.write(part)
    await answer.write_eof()
    return answer


def _carried(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
