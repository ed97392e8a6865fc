"""Consents: who agreed to what text, when and where; never changed, only added to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import consents


def record(
    tx: Transaction,
    resident_id: int,
    purpose: str,
    given: bool,
    version: str,
    text_hash: str,
    channel: str,
    now: datetime,
) -> None:
    tx.execute(
        consents.insert().values(
            resident_id=resident_id,
            purpose=purpose,
            given=given,
            version=version,
            text_hash=text_hash,
            channel=channel,
            decided_at=now,
        )
    )


def holds(tx: Transaction, resident_id: int, purpose: str, text_hashes: Collection[str] = ()) -> bool:
    """Whether the latest decision on a purpose was yes (and, when hashes are given, was made of one of those texts)."""
    mine = (consents.c.resident_id == resident_id, consents.c.purpose == purpose)
    query = select(consents.c.given, consents.c.text_hash).where(*mine).order_by(consents.c.id.desc()).limit(1)
    row = tx.execute(query).one_or_none()
    return row is not None and row.given and (not text_hashes or row.text_hash in text_hashes)
