"""Keys by which things are sealed: several of them while one takes the place of another, as the key file holds them."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from functools import cached_property

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
ID_BYTES = 4
TAG = 32  # signs of a digest by which a row is found
NEXT, DIGESTS = "next", "digests"  # what begins a line that isn't just a key


class Key:
    """Its id tells nothing of it, and stands in front of all that it seals."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self.secret = secret
        self.id = _derived(secret, b"id", ID_BYTES)
        self.cipher = AESGCM(_derived(secret, b"sealing"))
        self.digests = _derived(secret, b"digests")

    @cached_property
    def proof(self) -> str:
        """What a database says of a key that it needs."""
        return digest(self.digests, "proof")

    def tag(self, *parts: str) -> str:
        return self.id.hex() + digest(self.digests, *parts)[:TAG]


@dataclass(frozen=True)
class Ring:
    """Keys, the oldest first: all of them open, the last one seals.

    `coming` opens only, until all machines have it. `digests` is what stays of a first key that is gone.
    """

    keys: tuple[Key, ...]
    coming: Key | None = None
    digests: bytes | None = None

    @cached_property
    def by_id(self) -> dict[bytes, Key]:
        return {key.id: key for key in (*self.keys, *([self.coming] if self.coming else []))}

    @property
    def newest(self) -> Key:
        return self.keys[-1]

    @property
    def is_settled(self) -> bool:
        """Whether all is sealed with one key."""
        return len(self.by_id) == 1

    @property
    def proofs(self) -> set[str]:
        return {key.proof for key in self.by_id.values()}

    def digest(self, *parts: str) -> str:
        """The same as long as the database lives: of what it stands for nothing is kept to make it anew."""
        return digest(self.digests or self.keys[0].digests, *parts)

    def expecting(self, secret: bytes) -> "Ring":
        return replace(self, coming=Key(secret))

    def turned(self) -> "Ring":
        """The coming key seals."""
        return Ring((*self.keys, self.coming), digests=self.digests) if self.coming else self

    def freed(self) -> "Ring":
        """Only the newest key, and what the digests of the first one are made with."""
        return Ring((self.newest,), digests=self.digests or self.keys[0].digests)

    def written(self) -> str:
        lines = [f"{DIGESTS} {self.digests.hex()}"] if self.digests else []
        lines += [key.secret.hex() for key in self.keys]
        return "\n".join([*lines, *([f"{NEXT} {self.coming.secret.hex()}"] if self.coming else [])]) + "\n"


def read(text: str) -> Ring:
    """A key file of one key as it was always written, or of several lines. Raises ValueError."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    found = {
        word: [bytes.fromhex(line[1]) for line in lines if line[0] == word and line[1:]] for word in (NEXT, DIGESTS)
    }
    keys = tuple(Key(bytes.fromhex("".join(line))) for line in lines if line[0] not in found)
    if not keys or any(len(each) > 1 for each in found.values()):
        raise ValueError("not the lines of a key file")
    return Ring(keys, next(map(Key, found[NEXT]), None), next(iter(found[DIGESTS]), None))


def digest(key: bytes, *parts: str) -> str:
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def _derived(secret: bytes, purpose: bytes, size: int = KEY_BYTES) -> bytes:
    return HKDF(SHA256(), size, None, purpose).derive(secret)
