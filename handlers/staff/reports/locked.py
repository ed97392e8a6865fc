"""A workbook that opens with a password alone, encrypted as Excel does it (AES-256)."""

import io
import secrets

KINDS = (".xlsx",)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are taken for one another
GROUPS, IN_GROUP = 4, 5  # 99 bits


def new_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(IN_GROUP)) for _ in range(GROUPS))


def lock(content: bytes, password: str) -> bytes:
    """In memory: what isn't encrypted touches no disk."""
    from msoffcrypto.format.ooxml import OOXMLFile  # here, as most commands need it not

    encrypted = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, encrypted)
    return encrypted.getvalue()
