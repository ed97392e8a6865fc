"""Reads to when an officer moves something."""

from datetime import datetime

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.files import moments
from handlers.staff.files.cells import Wrong


def read_when(desk: Desk, before: datetime, when: str) -> datetime:
    """Where something is to be moved; on a day alone the time of day stays."""
    usual = before.astimezone(desk.organization.timezone).time()
    try:
        return moments.meeting(when, usual).replace(tzinfo=desk.organization.timezone)
    except ValueError as error:
        why = str(error) if isinstance(error, Wrong) else ""
        advice = why or "날짜와 시각을 적어 주세요. 예: 2026-12-15 14:00 (날짜만 적으면 시각은 그대로)"
        raise Declined(f"옮길 때 ‘{when}’: {advice}") from error
