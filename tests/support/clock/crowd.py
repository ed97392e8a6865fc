"""Many residents at once, as if all had registered long ago."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.database import Transaction
from storage.tables import addresses, enrollments, residents

FIRST = 900_001  # addresses count from here


def attend(tx: Transaction, course: int, people: int, now: datetime, channel: str = "telegram") -> None:
    """So many residents of a channel have seats in a course."""
    before = int(tx.execute(select(func.coalesce(func.max(residents.c.id), 0))).scalar_one())
    ids = range(before + 1, before + people + 1)
    someone: dict[str, Any] = {"language": "ko", "created_at": now}
    tx.execute(residents.insert(), [{"id": each, "name": "홍길동", **someone} for each in ids])
    known = {"channel": channel, "created_at": now}
    tx.execute(addresses.insert(), [{"resident_id": each, "address": str(FIRST + each - 1), **known} for each in ids])
    seat = {"course_id": course, "state": "confirmed", "channel": channel, "applied_at": now}
    tx.execute(enrollments.insert(), [{"resident_id": each, **seat} for each in ids])
