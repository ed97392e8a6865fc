"""Sessions: the single class meetings of a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import sessions


@dataclass(frozen=True)
class Session:
    """`number` counts from 1 within the course; `revision` tells how often it was moved."""

    id: int
    course_id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    revision: int


def of_courses(tx: Transaction, course_ids: Sequence[int]) -> list[Session]:
    """In the order of time."""
    query = select(sessions).where(sessions.c.course_id.in_(course_ids)).order_by(sessions.c.starts_at)
    return [Session(**row._mapping) for row in tx.execute(query)]
