"""What a request carries, read within limits; registration numbers are masked before anybody sees them."""

import re
import unicodedata
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from starlette.requests import Request

from handlers.dialogue.texts import LANGUAGES
from handlers.language.hidden_numbers import mask_resident_numbers

LONGEST_BODY = 16 * 1024
LONGEST_TEXT = 1000
LONGEST_PATH = 64  # bytes
NOT_A_PATH = "-"

_LANGUAGE = re.compile(r"([a-z]{2,8}|\*)(?:-[a-z\d]{1,8})*\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?", re.IGNORECASE)


class TooLarge(Exception):
    """A body that nobody types."""


async def body(request: Request, limit: int = LONGEST_BODY) -> bytes:
    """Raises TooLarge before more than the limit is held."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > limit:
            raise TooLarge
    return bytes(held)


def clean(text: str) -> str:
    """Without what no keyboard types (half a sign and NUL, which databases refuse), with line ends as we write them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    legible = "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
    return mask_resident_numbers(legible.strip())


def path_of(path: str) -> str:
    cleaned = clean(path)
    return cleaned if len(cleaned.encode()) <= LONGEST_PATH else NOT_A_PATH


def client(request: Request) -> str:
    """Where it comes from; of an IPv6 address the network, as each household has more addresses than can be counted."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((int(address), 64), strict=False)) if address.version == 6 else host


def address(text: str) -> SplitResult | None:
    """The parts of an address; None for what is none."""
    try:
        return urlsplit(text)
    except ValueError:
        return None


def is_from_here(request: Request, public_url: str) -> bool:
    """Whether a form was sent from a page of ours, as far as browsers tell."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    here = {urlsplit(public_url).netloc, request.headers.get("host", "")}
    return origin is None or ((came := address(origin)) is not None and came.netloc in here)


def language(request: Request, otherwise: str) -> str:
    """Of ours the one that a browser asks for first (RFC 9110, 12.5.4); English for who reads neither."""
    asked = [_LANGUAGE.fullmatch(part.strip()) for part in request.headers.get("accept-language", "").split(",")]
    weighed = [(float(found[2] or 1), found[1].lower()) for found in asked if found and found[1] != "*"]
    wanted = [name for weight, name in sorted(weighed, key=lambda each: -each[0]) if weight]
    foreign = "en" if wanted else otherwise
    return next((name for name in wanted if name in LANGUAGES), foreign)


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")
