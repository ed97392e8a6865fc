"""The console over real https, at a name, and a browser with a device that holds keys."""

import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.async_api import Browser, BrowserContext, CDPSession, Page, async_playwright
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from tests.support.web.browsers import ARGUMENTS, PROGRAM

HOST = "desk.example.test"
TRUSTING = [*ARGUMENTS, "--ignore-certificate-errors", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
KEYS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def certificate(folder: Path) -> tuple[Path, Path]:
    """Signed by itself: the file of the certificate, and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)]), datetime.now(UTC)
    names = [x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    paths = folder / "desk.pem", folder / "desk.key"
    paths[0].write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return paths


@asynccontextmanager
async def served_securely(routes_of: Callable[[str], Sequence[BaseRoute]], folder: Path) -> AsyncIterator[str]:
    """What is served at an address, and the address."""
    files, listening = certificate(folder), socket.create_server(("127.0.0.1", 0))
    url = f"https://{HOST}:{listening.getsockname()[1]}"
    config = uvicorn.Config(
        Starlette(routes=routes_of(url)),
        log_level="error",
        ws="none",
        lifespan="off",
        ssl_certfile=str(files[0]),
        ssl_keyfile=str(files[1]),
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    try:
        yield url
    finally:
        await server.shutdown(sockets=[listening])


@asynccontextmanager
async def trusting_chromium() -> AsyncIterator[Browser]:
    """Takes our certificate, and finds our name on this machine."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=PROGRAM, args=TRUSTING)
        yield browser
        await browser.close()


class Device:
    """A tab with an authenticator, which signs without asking anybody."""

    def __init__(self, page: Page, cdp: CDPSession, number: str) -> None:
        self.page = page
        self._cdp = cdp
        self._number = number

    async def keys(self) -> list[dict[str, Any]]:
        found = await self._cdp.send("WebAuthn.getCredentials", {"authenticatorId": self._number})
        return list(found["credentials"])

    async def takes(self, key: dict[str, Any]) -> None:
        """A key that was made elsewhere."""
        await self._cdp.send("WebAuthn.addCredential", {"authenticatorId": self._number, "credential": key})

    async def loses_all(self) -> None:
        await self._cdp.send("WebAuthn.clearCredentials", {"authenticatorId": self._number})


async def device(context: BrowserContext) -> Device:
    page = await context.new_page()
    cdp = await context.new_cdp_session(page)
    await cdp.send("WebAuthn.enable")
    added = await cdp.send("WebAuthn.addVirtualAuthenticator", {"options": KEYS})
    return Device(page, cdp, str(added["authenticatorId"]))
