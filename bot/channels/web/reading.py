"""What a visitor sent in a form: read within limits, and registration numbers masked before anybody sees them."""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot import traits
from bot.http.requests import TooLarge, body, clean, path_of
from handlers.dialogue.texts import LANGUAGES
from handlers.language.hidden_numbers import mask_resident_numbers

NAME = traits.WEB

_KEY = re.compile(r"[A-Za-z0-9-]{16,80}")
_START = re.compile(r"[A-Za-z0-9_-]{0,58}")


@dataclass(frozen=True)
class Spoken:
    """A form that was sent. `key` is the page's nonce, with one more for each message that its script sends."""

    text: str
    path: str
    key: str
    start: str | None
    token: str
    language: str
    after: int

    def message_key(self, address: str) -> str:
        """The same for the same form sent twice, another one for whatever else is said on the same page."""
        return _digest(address, self.key, self.path, self.text)

    def start_key(self, address: str) -> str:
        return _digest(address, self.key[:32], "start", self.start or "")


async def read(request: Request) -> Spoken:
    """Raises TooLarge."""
    sent = (await body(request)).decode("utf-8", "replace")
    try:
        fields = dict(parse_qsl(sent, keep_blank_values=True, max_num_fields=20))
    except ValueError:  # more fields than any form of ours has
        raise TooLarge from None
    return _spoken(fields)


def start_of(request: Request) -> str:
    """Where a flyer's QR code leads: ?start=c42-from-CODE, ?start=c42 or ?from=CODE."""
    query = request.query_params
    parts = [query.get("start", ""), f"from-{query['from']}" if query.get("from") else ""]
    return _start("-".join(filter(None, parts))) or ""


def number(written: str) -> int:
    """Of a message; 0 for what is none, or more than any database counts to."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else 0


def _spoken(fields: dict[str, str]) -> Spoken:
    key, language, after = fields.get("key", ""), fields.get("language", ""), fields.get("after", "")
    return Spoken(
        text=clean(fields.get("text", "")),
        path=path_of(fields.get("path", "")),
        key=key if _KEY.fullmatch(key) else "",
        start=_start(fields["start"]) if "start" in fields else None,
        token=fields.get("token", ""),
        language=language if language in LANGUAGES else "",
        after=number(after),
    )


def _start(start: str) -> str | None:
    return start if _START.fullmatch(start) and mask_resident_numbers(start) == start else None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
