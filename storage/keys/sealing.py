"""Sealing: what nobody may read in the database, its copies or its log is encrypted with a key that isn't in it."""

import json
import secrets
import zlib
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, Dialect, LargeBinary, TypeDecorator

from storage.keys.keyring import ID_BYTES, KEY_BYTES, Key, Ring

NONCE_BYTES = 12
BRIEF = 256  # bytes
# What begins what is sealed; JSON that was stored before there were seals begins otherwise.
MARK = b"\x02"  # the id of the key comes next
OLD_MARK = b"\x01"  # by the only key that there was

__all__ = ["KEY_BYTES", "Brief", "Genuine", "Seal", "Sealed", "SealedNumber", "SealedText", "Unsealable", "of", "use"]


class Unsealable(Exception):
    """It was sealed with another key, or was changed since."""


class Seal:
    """Keys in use. What is sealed is padded, so that its length tells little of what was said.

    `look` finds the keys as they are now, if they have changed.
    """

    def __init__(self, keys: bytes | Ring, look: Callable[[], Ring | None] = lambda: None) -> None:
        self.ring = Ring((Key(keys),)) if isinstance(keys, bytes) else keys
        self._look = look

    def refresh(self) -> None:
        """Before each unit of work, so that nothing is sealed with a key whose time is over."""
        self.ring = self._look() or self.ring

    def close(self, value: Any, step: int) -> bytes:
        """A JSON value, sealed into a multiple of `step` bytes (and a constant)."""
        return self.close_bytes(
            zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()), step
        )

    def open(self, sealed: bytes) -> Any:
        """Raises Unsealable."""
        return json.loads(zlib.decompress(self.open_bytes(sealed)))

    def close_bytes(self, plain: bytes, step: int) -> bytes:
        padded = len(plain).to_bytes(4, "big") + plain
        return self._encrypted(padded + bytes(-len(padded) % step))

    def open_bytes(self, sealed: bytes) -> bytes:
        """Raises Unsealable."""
        padded = self._decrypted(sealed)
        return padded[4 : 4 + int.from_bytes(padded[:4], "big")]

    def close_again(self, sealed: bytes) -> bytes:
        """The same, sealed with the newest key. Raises Unsealable."""
        return self._encrypted(self._decrypted(sealed))

    def digest(self, *parts: str) -> str:
        """The same for the same parts, and nothing that somebody without the key could find them by."""
        return self.ring.digest(*parts)

    def tag(self, *parts: str) -> str:
        """By which a row is found whose content is sealed; made anew when the key changes."""
        return self.ring.newest.tag(*parts)

    def tags(self, *parts: str) -> list[str]:
        """All by which it may be found while one key takes the place of another."""
        return [key.tag(*parts) for key in self.ring.by_id.values()]

    def _encrypted(self, padded: bytes) -> bytes:
        key, nonce = self.ring.newest, secrets.token_bytes(NONCE_BYTES)
        head = MARK + key.id
        return head + nonce + key.cipher.encrypt(nonce, padded, head)

    def _decrypted(self, sealed: bytes) -> bytes:
        head = sealed[: 1 + ID_BYTES if sealed[:1] == MARK else 1]
        nonce, content = sealed[len(head) : len(head) + NONCE_BYTES], sealed[len(head) + NONCE_BYTES :]
        for key in self._candidates(head):
            try:
                return key.cipher.decrypt(nonce, content, head)
            except (InvalidTag, ValueError):
                continue
        raise Unsealable

    def _candidates(self, head: bytes) -> list[Key]:
        if head == OLD_MARK:
            return list(self.ring.by_id.values())
        if head[1:] not in self.ring.by_id:
            self.refresh()
        known = self.ring.by_id.get(head[1:])
        return [known] if known else []


_in_use: WeakKeyDictionary[Dialect, Seal] = WeakKeyDictionary()


def use(dialect: Dialect, seal: Seal) -> None:
    """Whatever is read and written by this dialect is sealed so."""
    _in_use[dialect] = seal


def of(tx: Connection) -> Seal:
    return of_dialect(tx.dialect)


def of_dialect(dialect: Dialect) -> Seal:
    return _in_use[dialect]


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
        return _in_use[dialect].open(value) if value[:1] in (MARK, OLD_MARK) else json.loads(value)


class Genuine(Sealed):
    """Whatever the service didn't seal, or was changed since, reads as None: whoever hasn't the key adds nothing."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        try:
            return _in_use[dialect].open(value)
        except Unsealable:
            return None


class SealedText(Sealed):
    """A word or two: in less room than JSON takes, and in less time."""

    cache_ok = True

    def __init__(self, step: int = 32) -> None:
        super().__init__(step)

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else _in_use[dialect].close_bytes(str(value).encode(), self.step)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else _in_use[dialect].open_bytes(value).decode()


class SealedNumber(SealedText):
    """A whole number."""

    cache_ok = True

    def __init__(self, step: int = 16) -> None:
        super().__init__(step)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else int(_in_use[dialect].open_bytes(value))
