"""Classes and talks as an iCalendar file that real calendars accept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from handlers.counseling.slots import LENGTH
from handlers.dialogue.organization import House
from storage.counselors import VISIT, Counselor
from storage.course import Course
from storage.sessions import Change, Session
from storage.talks import Talk


def calendar(course: Course, meetings: Sequence[Session], gone: Sequence[Change], house: House, now: datetime) -> bytes:
    """One event a class. A class that moves keeps its UID and raises SEQUENCE, so calendars move it too (RFC 5545).

    A class that was dropped stays as a cancelled event, so that calendars that had it cross it out.
    """
    events = [_event(course, meeting, house, now) for meeting in meetings]
    return _calendar(course.title, [*events, *(_cancelled(course, change, house, now) for change in gone)])


def talk_calendar(talk: Talk, counselor: Counselor, title: str, house: House, now: datetime) -> bytes:
    """One event, that moves with the talk."""
    event = Event()
    event.add("uid", f"talk-{talk.id}@{_host(house)}")
    event.add("sequence", talk.revision)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", talk.starts_at.astimezone(UTC))
    event.add("dtend", (talk.starts_at + LENGTH).astimezone(UTC))
    event.add("summary", title)
    event.add("location", counselor.place if talk.way == VISIT else counselor.phone)
    directions = counselor.directions if talk.way == VISIT else ""
    event.add("description", "\n".join(filter(None, [directions, f"{house.team} {house.phone}"])))
    return _calendar(title, [event])


def _calendar(name: str, events: Sequence[Event]) -> bytes:
    written = Calendar()
    written.add("prodid", "-//baeumtok//ko")
    written.add("version", "2.0")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", name)
    for event in events:
        written.add_component(event)
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
    return f"session-{session_id}@{_host(house)}"


def _host(house: House) -> str | None:
    return urlsplit(house.public_url).hostname


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
