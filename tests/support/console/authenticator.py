"""A device that holds keys, without a browser: it signs whatever it is told to, as an attacker's would."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.support.console.https import HOST

ORIGIN = f"https://{HOST}"
PRESENT, VERIFIED, MADE = 1, 4, 64  # what it says of itself


def text(signs: bytes) -> str:
    return base64.urlsafe_b64encode(signs).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One key. `step` is by how much it counts up with each signature."""

    step: int = 1
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    number: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def makes(self, options: dict[str, Any], origin: str = ORIGIN, host: str = HOST) -> str:
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        named = bytes(16) + len(self.number).to_bytes(2, "big") + self.number + cbor2.dumps(public)
        data = self._data(host, PRESENT | VERIFIED | MADE) + named
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("create", options["challenge"], origin)
        return self._answer({"attestationObject": text(made), "clientDataJSON": text(said)})

    def signs(self, options: dict[str, Any], origin: str = ORIGIN, host: str = HOST) -> str:
        self.count += self.step
        data, said = self._data(host, PRESENT | VERIFIED), self._said("get", options["challenge"], origin)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        signed = {"authenticatorData": text(data), "signature": text(signature)}
        return self._answer({**signed, "clientDataJSON": text(said)})

    def _data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, what: str, challenge: str, origin: str) -> bytes:
        return json.dumps({"type": f"webauthn.{what}", "challenge": challenge, "origin": origin}).encode()

    def _answer(self, response: dict[str, str]) -> str:
        name = text(self.number)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
