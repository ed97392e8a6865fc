"""Free slots: counselors' hours without holidays and closed days, minus what is booked; never stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.calendar.holidays import public_holidays
from handlers.calendar.hours import DAY, local
from handlers.dialogue.organization import Organization
from storage.counseling import appointments, counselors
from storage.counseling.counselors import Counselor, Timetable
from storage.database import Transaction

LENGTH = timedelta(minutes=30)
SOONEST = timedelta(hours=2)
FURTHEST = 14 * DAY


@dataclass(frozen=True)
class Slot:
    starts_at: datetime
    counselor: Counselor


def free(tx: Transaction, organization: Organization, now: datetime) -> list[Slot]:
    """What can be booked now, in the order of time."""
    today = now.astimezone(organization.timezone).date()
    ends = local(today + FURTHEST + DAY, time(0), organization.timezone)
    busy = appointments.taken(tx, now, ends)
    found = [
        Slot(starts_at, each)
        for each, timetable in _with_hours(tx)
        for starts_at in _coming(organization, timetable, today)
        if starts_at >= now + SOONEST and not is_busy(busy, each.id, starts_at)
    ]
    return sorted(found, key=lambda slot: (slot.starts_at, slot.counselor.id))


def take(tx: Transaction, organization: Organization, now: datetime, way: str, starts_at: datetime) -> Counselor | None:
    """A counselor who is free then; nobody else can book them before this transaction ends."""
    for slot in _at(free(tx, organization, now), way, starts_at):
        counselors.lock(tx, slot.counselor.id)
        if slot in free(tx, organization, now):
            return slot.counselor
    return None


def is_busy(busy: list[tuple[int, datetime]], counselor_id: int, starts_at: datetime) -> bool:
    """Whether an appointment of theirs lies across this slot; hours may have changed after it was booked."""
    return any(who == counselor_id and abs(at - starts_at) < LENGTH for who, at in busy)


def is_within(organization: Organization, timetable: Timetable, starts_at: datetime) -> bool:
    """Whether an appointment at this moment lies within the hours of its day."""
    there = starts_at.astimezone(organization.timezone)
    spans = () if closed_for(organization, there.date()) else timetable.on(there.date())
    return any(start <= there.time() and _end(there) <= _moment(there.date(), end) for start, end in spans)


def closed_for(organization: Organization, day: date) -> str | None:
    """Why there are no appointments on a day, whatever the hours say."""
    return public_holidays(day.year).get(day) or organization.closed_days.get(day)


def _with_hours(tx: Transaction) -> Iterator[tuple[Counselor, Timetable]]:
    timetables = counselors.timetables(tx)
    return ((each, timetables[each.id]) for each in counselors.all_of_them(tx) if each.id in timetables)


def _at(found: list[Slot], way: str, starts_at: datetime) -> list[Slot]:
    """Always in the order of ids, so that two who book can't wait for each other."""
    return [slot for slot in found if slot.starts_at == starts_at and slot.counselor.takes(way)]


def of_day(organization: Organization, timetable: Timetable, day: date) -> Iterator[datetime]:
    """When each slot of a day begins, be it taken or not."""
    spans = () if closed_for(organization, day) else timetable.on(day)
    for start, end in spans:
        at = _moment(day, start)
        while _end(at) <= _moment(day, end):
            yield at.replace(tzinfo=organization.timezone)
            at = _end(at)


def _coming(organization: Organization, timetable: Timetable, today: date) -> Iterator[datetime]:
    for ahead in range(FURTHEST.days + 1):
        yield from of_day(organization, timetable, today + ahead * DAY)


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock)


def _end(at: datetime) -> datetime:
    return at.replace(tzinfo=None) + LENGTH
