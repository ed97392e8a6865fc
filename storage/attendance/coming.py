"""The classes that come next, whose people are asked whether they come."""

from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import courses, sessions
from storage.teaching.courses import TAKES_PLACE
from storage.teaching.sessions import Session


def between(tx: Transaction, since: datetime, until: datetime) -> list[Session]:
    """Those of courses that take place which begin after a moment and before another."""
    columns = (sessions.c[name] for name in Session.__dataclass_fields__)
    query = select(*columns).join(courses, courses.c.id == sessions.c.course_id)
    these = query.where(TAKES_PLACE, sessions.c.starts_at > since, sessions.c.starts_at < until)
    return [Session(*row) for row in tx.execute(these.order_by(sessions.c.starts_at))]
