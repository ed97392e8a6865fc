"""Codes on the screen of a class: signed, new every half minute, and worth nothing a minute after they came up.

None is kept anywhere: whoever has the key can tell which class a code is of, and when it was shown.
"""

import hmac
import re
from base64 import b32encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from storage.keys.sealing import Seal

SECONDS = 30  # for so long one is shown
DIGITS = 6
_SIGNS = 10  # of a signature: 50 bits
_WRITTEN = re.compile(rf"([1-9]\d{{0,11}})-([a-z2-7]{{{_SIGNS}}})", re.ASCII)
# Whoever reads one may be a moment late, and the clock of another machine a moment ahead.
_TAKEN = (0, -1, 1)


@dataclass(frozen=True)
class Code:
    """Of a class, in the half minute of this number."""

    session_id: int
    step: int


def at(session_id: int, now: datetime) -> Code:
    """The one that the screen of a class shows now."""
    return Code(session_id, int(now.timestamp()) // SECONDS)


def renewed_in(now: datetime) -> int:
    """Seconds until the next one, at least 1."""
    return SECONDS - int(now.timestamp()) % SECONDS


def written(seal: Seal, code: Code) -> str:
    """As it stands in an address."""
    signature = b32encode(bytes.fromhex(_digest(seal, "long", code))).decode().lower()
    return f"{code.session_id}-{signature[:_SIGNS]}"


def typed(seal: Seal, code: Code) -> str:
    """Six digits for who types them. They can be guessed, so tries have to be counted."""
    return f"{int(_digest(seal, 'short', code), 16) % 10**DIGITS:0{DIGITS}}"


def read(seal: Seal, text: str, now: datetime) -> Code | None:
    """None for one that is over, or that nobody here has signed."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    taken = (code for code in _taken(int(found[1]), now) if hmac.compare_digest(written(seal, code), text))
    return next(taken, None)


def read_typed(seal: Seal, digits: str, session_ids: Collection[int], now: datetime) -> Code | None:
    """The one of these classes that was meant."""
    taken = (code for each in session_ids for code in _taken(each, now))
    return next((code for code in taken if hmac.compare_digest(typed(seal, code), digits)), None)


def _taken(session_id: int, now: datetime) -> list[Code]:
    step = at(session_id, now).step
    return [Code(session_id, step + other) for other in _TAKEN]


def _digest(seal: Seal, kind: str, code: Code) -> str:
    return seal.digest("attendance code", kind, str(code.session_id), str(code.step))
