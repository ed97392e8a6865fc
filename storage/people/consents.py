"""Consents: who agreed to what text, when and where; never changed, only added to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, select

from storage.database import Transaction
from storage.engine.prepared import Prepared
from storage.tables import consents

ALIMTALK = "alimtalk"  # what concerns them may be told at their number, in KakaoTalk or as the district's sender does
KAKAO_NEWS = "kakao_news"  # news may come in KakaoTalk, marked as advertising
LASTING = ("news", "jobs")  # purposes to which a yes lasts until it is taken back: they keep somebody known


@dataclass(frozen=True)
class Decision:
    """`text_hash` is that of the words as they were shown, `paper` the number of what was signed by hand."""

    purpose: str
    given: bool
    version: str
    text_hash: str
    channel: str
    decided_at: datetime
    paper: str | None


_ALL = (
    select(*(consents.c[name] for name in Decision.__dataclass_fields__))
    .where(consents.c.resident_id == bindparam("resident_id"))
    .order_by(consents.c.id)
)
_LATEST = Prepared(
    select(consents.c.given, consents.c.version)
    .where(consents.c.resident_id == bindparam("resident_id"), consents.c.purpose == bindparam("purpose"))
    .order_by(consents.c.id.desc())
    .limit(1)
)


def record(
    tx: Transaction,
    resident_id: int,
    purpose: str,
    given: bool,
    version: str,
    text_hash: str,
    channel: str,
    now: datetime,
    paper: str | None = None,
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
            paper=paper,
        )
    )


def agreed(tx: Transaction, resident_id: int, purpose: str) -> str | None:
    """The version of the text to which the latest decision on a purpose said yes; None where it said no, or none is."""
    given, version = _LATEST.first(tx, resident_id=resident_id, purpose=purpose) or (False, None)
    return version if given else None


def agrees(resident_id: ColumnElement[int], purpose: str) -> ColumnElement[bool]:
    """Whether somebody's latest word on a purpose is yes, whatever the version of its text."""
    word = (
        select(consents.c.given)
        .where(consents.c.resident_id == resident_id, consents.c.purpose == purpose)
        .order_by(consents.c.id.desc())
        .limit(1)
    )
    return func.coalesce(word.scalar_subquery(), False)


def latest(tx: Transaction, resident_id: int) -> dict[str, Decision]:
    """By purpose the last word on it."""
    return {each.purpose: each for each in of_resident(tx, resident_id)}


def of_resident(tx: Transaction, resident_id: int) -> list[Decision]:
    """All that was ever decided, the oldest first."""
    return [Decision(*row) for row in tx.execute(_ALL, {"resident_id": resident_id})]
