"""Classes as an iCalendar file that real calendars accept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from handlers.dialogue.chat import House
from storage.course import Course
from storage.sessions import Change, Session


def calendar(course: Course, meetings: Sequence[Session], gone: Sequence[Change], house: House, now: datetime) -> bytes:
    """One event a class. A class that moves keeps its UID and raises SEQUENCE, so calendars move it too (RFC 5545).

    A class that was dropped stays as a cancelled event, so that calendars that had it cross it out.
    """
    written = Calendar()
    written.add("prodid", "-//baeumtok//ko")
    written.add("version", "2.0")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", course.title)
    for meeting in meetings:
        written.add_component(_event(course, meeting, house, now))
    for change in gone:
        written.add_component(_cancelled(course, change, house, now))
    return bytes(written.to_ical())


def _cancelled(course: Course, change: Change, house: House, now: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(change.session_id, house))
    event.add("sequence", change.revision)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", change.old_starts_at.astimezone(UTC))
    event.add("summary", f"{course.title} ({change.number})")
    event.add("status", "CANCELLED")
    return event


def _uid(session_id: int, house: House) -> str:
    return f"session-{session_id}@{urlsplit(house.public_url).hostname}"


def _event(course: Course, meeting: Session, house: House, now: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(meeting.id, house))
    event.add("sequence", meeting.revision)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", f"{course.title} ({meeting.number})")
    event.add("location", course.venue)
    event.add(
        "description", "\n".join(filter(None, [course.supplies, course.directions, f"{house.team} {house.phone}"]))
    )
    return event
