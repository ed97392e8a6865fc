"""When one can say that one is there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.calendar.attending import AttendanceRules
from storage.teaching.sessions import Session


@dataclass(frozen=True)
class Window:
    """From before a class until it is over; after `late_after` one is late."""

    opens_at: datetime
    late_after: datetime
    closes_at: datetime

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now <= self.closes_at

    def is_on_time(self, now: datetime) -> bool:
        return self.opens_at <= now <= self.late_after


def window(rules: AttendanceRules, meeting: Session) -> Window:
    """`rules` are those of its course."""
    late_after = min(meeting.starts_at + timedelta(minutes=rules.late_minutes), meeting.ends_at)
    return Window(meeting.starts_at - timedelta(minutes=rules.open_minutes), late_after, meeting.ends_at)
