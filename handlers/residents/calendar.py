"""Classes and appointments as an iCalendar file that real calendars accept."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from handlers.calendar.hours import local
from handlers.counseling.slots import LENGTH
from handlers.dialogue.organization import Organization
from storage.counseling.appointments import Appointment
from storage.counseling.counselors import VISIT, Counselor
from storage.seating.enrollments import Enrollment
from storage.teaching.course import Course
from storage.teaching.sessions import Change, Session

if TYPE_CHECKING:
    from icalendar import Event

LOOK_AT = time(10)


def calendar(
    course: Course,
    meetings: Sequence[Session],
    gone: Sequence[Change],
    organization: Organization,
    now: datetime,
    language: str = "ko",
) -> bytes:
    """One event a class. A class that moves keeps its UID and raises SEQUENCE, so calendars move it too (RFC 5545).

    A class that was dropped stays as a cancelled event, so that calendars that had it cross it out.
    """
    contact = organization.contact_in(language)
    events = [_event(course, meeting, contact, organization, now) for meeting in meetings]
    return _calendar(course.title, [*events, *(_cancelled(course, change, organization, now) for change in gone)])


def appointment_calendar(
    appointment: Appointment,
    counselor: Counselor,
    title: str,
    organization: Organization,
    now: datetime,
    language: str = "ko",
) -> bytes:
    """One event, that moves with the appointment."""
    from icalendar import Event  # here, as it takes long

    event = Event()
    event.add("uid", f"talk-{appointment.id}@{_host(organization)}")
    event.add("sequence", appointment.revision)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", (appointment.starts_at + LENGTH).astimezone(UTC))
    event.add("summary", title)
    event.add("location", counselor.place if appointment.way == VISIT else counselor.phone)
    directions = counselor.directions if appointment.way == VISIT else ""
    event.add("description", "\n".join(filter(None, [directions, organization.contact_in(language)])))
    return _calendar(title, [event])


def look_calendar(
    enrollment: Enrollment, days: tuple[date, date], title: str, organization: Organization, now: datetime
) -> bytes:
    """A reminder to look here, every morning from the first of these days to the last."""
    from icalendar import Alarm, Event

    zone, event, alarm = organization.timezone, Event(), Alarm()
    begins, ends = (local(day, LOOK_AT, zone) for day in days)
    event.add("uid", f"look-{enrollment.id}@{_host(organization)}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", begins)
    event.add("duration", timedelta(minutes=10))
    event.add("rrule", {"freq": "daily", "until": ends.astimezone(UTC)})
    event.add("summary", title)
    event.add("url", organization.public_url)
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta())
    event.add_component(alarm)
    return _calendar(title, [event])


def _calendar(name: str, events: Sequence["Event"]) -> bytes:
    from icalendar import Calendar

    written = Calendar()
    written.add("prodid", "-//baeumtok//ko")
    written.add("version", "2.0")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", name)
    for event in events:
        written.add_component(event)
    return bytes(written.to_ical())


def _cancelled(course: Course, change: Change, organization: Organization, now: datetime) -> "Event":
    from icalendar import Event  # here, as it takes long

    event = Event()
    event.add("uid", _uid(change.session_id, organization))
    event.add("sequence", change.revision)
    event.add("dtstamp", now.astimezone(UTC))
    assert change.old_starts_at  # it was there before it was dropped
    event.add("dtstart", change.old_starts_at.astimezone(UTC))
    event.add("summary", f"{course.title} ({change.number})")
    event.add("status", "CANCELLED")
    return event


def _uid(session_id: int, organization: Organization) -> str:
    return f"session-{session_id}@{_host(organization)}"


def _host(organization: Organization) -> str | None:
    return urlsplit(organization.public_url).hostname


def _event(course: Course, meeting: Session, contact: str, organization: Organization, now: datetime) -> "Event":
    from icalendar import Event  # here, as it takes long

    event = Event()
    event.add("uid", _uid(meeting.id, organization))
    event.add("sequence", meeting.revision)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", f"{course.title} ({meeting.number})")
    event.add("location", course.venue)
    event.add("description", "\n".join(filter(None, [course.supplies, course.directions, contact])))
    return event
