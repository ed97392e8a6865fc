"""Sealing: what nobody may read in the database, its copies or its log is encrypted with a key that isn't in it."""

import hashlib
import hmac
import json
import secrets
import zlib
from typing import Any
from weakref import WeakKeyDictionary

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, Dialect, LargeBinary, TypeDecorator

KEY_BYTES = 32
NONCE_BYTES = 12
BRIEF = 256  # bytes
MARK = b"\x01"  # begins what is sealed; JSON that was stored before there were seals begins otherwise


class Unsealable(Exception):
    """It was sealed with another key, or was changed since."""


class Seal:
    """A key of 32 bytes, in use. What is sealed is padded, so that its length tells little of what was said."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._cipher = AESGCM(_derived(key, b"sealing"))
        self._digests = _derived(key, b"digests")

    def close(self, value: Any, step: int) -> bytes:
        """A JSON value, sealed into a multiple of `step` bytes (and a constant)."""
        plain = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
        padded = len(plain).to_bytes(4, "big") + plain
        padded += bytes(-len(padded) % step)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return MARK + nonce + self._cipher.encrypt(nonce, padded, MARK)

    def open(self, sealed: bytes) -> Any:
        """Raises Unsealable."""
        try:
            padded = self._cipher.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], MARK)
        except (InvalidTag, ValueError) as error:
            raise Unsealable from error
        length = int.from_bytes(padded[:4], "big")
        return json.loads(zlib.decompress(padded[4 : 4 + length]))

    def digest(self, *parts: str) -> str:
        """The same for the same parts, and nothing that somebody without the key could find them by."""
        return hmac.new(self._digests, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, purpose).derive(key)


_in_use: WeakKeyDictionary[Dialect, Seal] = WeakKeyDictionary()


def use(dialect: Dialect, seal: Seal) -> None:
    """Whatever is read and written by this dialect is sealed so."""
    _in_use[dialect] = seal


def of(tx: Connection) -> Seal:
    return _in_use[tx.dialect]


class Brief(dict[str, Any]):
    """Of something whose length tells nothing that must stay hidden: it takes no more room than it needs."""


class Sealed(TypeDecorator[Any]):
    """A JSON value that only the service can read; `step` is the length in bytes that short ones share."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, step: int = 1024) -> None:
        super().__init__()
        self.step = step

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        step = BRIEF if isinstance(value, Brief) else self.step
        return None if value is None else _in_use[dialect].close(value, step)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        return _in_use[dialect].open(value) if value[:1] == MARK else json.loads(value)


class Genuine(Sealed):
    """Whatever the service didn't seal, or was changed since, reads as None: whoever hasn't the key adds nothing."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        try:
            return _in_use[dialect].open(value)
        except Unsealable:
            return None
