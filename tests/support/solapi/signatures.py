"""Whether a request is signed as the dealer asks: its own key, a time of now, and no signature twice."""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta

SKEW = timedelta(minutes=15)
_HEADER = re.compile(r"HMAC-SHA256 (?:\w+=[^,\s]+(?:, |$)){4}")


class Signatures:
    def __init__(self, key: str, secret: str, now: Callable[[], datetime]) -> None:
        self._key = key
        self._secret = secret
        self._now = now
        self._used: set[str] = set()

    def refusal(self, header: str) -> str:
        """The dealer's name for what is wrong."""
        if not _HEADER.fullmatch(header):
            return "InvalidAuthorization"
        given = {name.lower(): value for name, value in re.findall(r"(\w+)=([^,\s]+)", header)}
        if set(given) != {"apikey", "date", "salt", "signature"} or not 12 <= len(given["salt"].encode()) <= 64:
            return "InvalidAuthorization"
        if given["apikey"] != self._key:
            return "InvalidAPIKey"
        date = datetime.fromisoformat(given["date"].replace("Z", "+00:00"))
        if date.tzinfo is None or abs(date - self._now()) > SKEW:
            return "RequestTimeTooSkewed"
        said = f"{given['date']}{given['salt']}".encode()
        if not hmac.compare_digest(
            hmac.new(self._secret.encode(), said, hashlib.sha256).hexdigest(), given["signature"]
        ):
            return "SignatureDoesNotMatch"
        if given["signature"] in self._used:
            return "DuplicatedSignature"
        self._used.add(given["signature"])
        return ""
