"""What an answer is tried against before it is taken: Telegram, the database, the port, the address from outside."""

import asyncio
import errno
import secrets
import socket

import aiohttp

from bot import app
from bot.checks import database, service, telegram
from bot.settings import Settings, SettingsError
from bot.terminal.command import opened
from handlers.staff.desk.declined import Declined
from storage.engine import schema
from storage.engine.opening import file_of
from storage.officers import accounts

PATIENCE = aiohttp.ClientTimeout(total=10)
TAKEN = {
    errno.EADDRINUSE: "이 포트를 다른 프로그램이 쓰고 있습니다. 다른 포트를 적어 주세요. 예: 8081",
    errno.EACCES: "1024보다 작은 포트는 쓸 권한이 없습니다. 다른 포트를 적어 주세요. 예: 8080",
    errno.EADDRNOTAVAIL: "이 컴퓨터의 주소가 아닙니다. 127.0.0.1이나 0.0.0.0을 적어 주세요.",
}


def bot(settings: Settings) -> str:
    """The bot of the token, by its name. Raises Declined."""
    assert settings.telegram
    try:
        return f"{telegram.connected(asyncio.run(telegram.meet(settings.telegram)))}."
    except telegram.Unmet as unmet:
        raise Declined(f"{unmet}.") from unmet


def storing(settings: Settings) -> str:
    """Where it will store. Raises Declined; what is found of keys and databases here stops all, other things wait."""
    found = asyncio.run(database.check(settings))
    for result in found:
        if not result.is_good and result.name in (database.NAME, database.KEY):
            raise Declined(f"{result.finding}.")
    file = file_of(settings.database.url)
    return f"{file}에 만듭니다." if file and not file.exists() else f"{found[0].finding}."


def has_accounts(settings: Settings) -> bool:
    """Whether officers can sign in already; of a database that isn't there yet nobody can."""
    file = file_of(settings.database.url)
    if (file and not file.exists()) or not settings.key_file.exists():
        return False

    async def look() -> bool:
        async with opened(settings) as database:
            return not await database.read(schema.is_empty) and bool(await database.read(accounts.everybody))

    return asyncio.run(look())


def port(settings: Settings, is_ours: bool) -> str:
    """Whether it is free; `is_ours` where a service with these settings may hold it. Raises Declined."""
    try:
        app.listen(settings).close()
    except SettingsError as error:
        number = getattr(error.__cause__, "errno", None)
        if is_ours and number == errno.EADDRINUSE and asyncio.run(service.check(settings)).is_good:
            return "돌고 있는 배움톡이 쓰고 있습니다."
        raise Declined(TAKEN.get(number or 0, "여기에서 기다릴 수 없습니다. 주소를 확인해 주세요.")) from error
    return ""


def address(settings: Settings) -> str:
    """Whether who opens the public address arrives here. Raises Declined."""
    url, answer = settings.web.public_url, secrets.token_hex(16)
    status, body = asyncio.run(_answered(settings, answer))
    if answer in body:
        return f"{url}: 이 컴퓨터까지 옵니다."
    here = f"{settings.web.host}:{settings.web.port}"
    raise Declined(
        f"{url}: 열리지만(HTTP {status}) 이 컴퓨터의 {here}까지 오지 않습니다. "
        "프록시가 그리로 넘기는지 확인해 주세요 (deploy/Caddyfile, deploy/nginx.conf)."
    )


async def _answered(settings: Settings, answer: str) -> tuple[int, str]:
    """What is told at the public address while this machine says `answer` where the service will be."""
    try:
        listening = app.listen(settings)
    except SettingsError as error:
        raise Declined("서비스가 이미 돌고 있어 볼 수 없습니다. baeumtok check로 확인해 주세요.") from error
    try:
        return await _asked(settings.web.public_url, listening, answer)
    except aiohttp.ClientConnectorDNSError:
        why = "이런 이름을 찾을 수 없습니다. DNS에 이 이름과 서버의 주소를 등록했는지 확인해 주세요."
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError):
        why = "인증서가 맞지 않습니다. Caddy나 nginx의 인증서를 확인해 주세요."
    except (aiohttp.ClientError, TimeoutError):
        why = "연결할 수 없습니다. 방화벽이 443 포트를 여는지, Caddy나 nginx가 도는지 확인해 주세요."
    raise Declined(f"{settings.web.public_url}: {why}")


async def _asked(url: str, listening: socket.socket, answer: str) -> tuple[int, str]:
    async def tell(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\nConnection: close\r\n\r\n{answer}".encode())
        await writer.drain()
        writer.close()

    async with (
        await asyncio.start_server(tell, sock=listening),
        aiohttp.ClientSession(timeout=PATIENCE) as session,
        session.get(url, allow_redirects=False) as told,
    ):
        return told.status, await told.text()
