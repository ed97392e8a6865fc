"""A course, and what its dates and counts mean."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from storage.states import OFFLINE, CourseState, Daypart, Lift, NoShow, OpenTo, Selection, Share

SPOKEN = (
    "title", "certificate", "venue", "directions", "parking", "access",
    "audience", "supplies", "payment", "description",
)  # fmt: skip
"""What officers may give in English as well."""

Status = Literal["upcoming", "open", "waitlist", "full", "closed", "running", "ended", "cancelled", "suspended"]


@dataclass(frozen=True)
class Course:
    """A class that runs once. Times are aware, fees are won."""

    id: int
    code: str
    title: str
    category: str
    term: str
    certificate: str
    operation: str
    daypart: Daypart
    venue: str
    directions: str
    capacity: int
    waitlist_capacity: int
    minimum: int
    apply_start: datetime
    apply_end: datetime  # the last moment, included
    start_date: date
    end_date: date
    weekdays: tuple[int, ...]  # 0 is Monday
    start_time: time
    end_time: time
    days_off: tuple[date, ...]
    selection: Selection
    priority: tuple[str, ...]  # groups of people, who is taken first before
    audience: str
    open_to: OpenTo
    minimum_age: int
    term_limit: int  # courses a person may take in this term; 0 is no limit
    instructor: str
    supplies: str
    material_fee: int
    textbook_fee: int
    exam_fee: int
    completion_rule: str
    description: str
    keywords: tuple[str, ...]
    contact: str
    counts_toward_kpi: bool
    state: CourseState | Literal[""]  # "" only where a row of a file says nothing of it
    offer_hours: int = 24  # for how long a freed seat is kept for who is offered it
    last_call_days: int = 2  # so near to the start a freed seat goes to whoever of the line takes it first
    confirm_hours: int = 0  # for how long a drawn or selected seat is kept until it is confirmed; 0: nothing to confirm
    payment: str = ""  # how and until when fees are paid
    title_en: str = ""
    certificate_en: str = ""
    venue_en: str = ""
    directions_en: str = ""
    audience_en: str = ""
    supplies_en: str = ""
    payment_en: str = ""
    description_en: str = ""
    parking: str = ""
    parking_en: str = ""
    lift: Lift = ""
    access: str = ""  # how one comes in with a wheelchair
    access_en: str = ""
    every_weeks: int = 1  # 2: every other week, beginning with that of the first class
    extra_days: tuple[date, ...] = ()  # classes on other days than these
    map: str = ""  # a link to a map, or what is looked for on one in place of the venue
    offline_seats: int = 0  # of the capacity, for who comes by phone, in person, on paper or through an institution
    offline_until: datetime | None = None  # from then on what is left of either share goes to whoever comes
    completion_percent: int | None = None  # None, here and below, is what the organization has for all its courses
    late_minutes: int | None = None  # so long after its start somebody who comes isn't late yet
    lates_per_absence: int | None = None  # so many times late, or gone early, are one absence; 0 is never
    no_show: NoShow | Literal[""] = ""  # what becomes of who had a seat and never came; "" is as for all
    held: int = 0
    held_offline: int = 0  # counted, like those who wait, where seats are shared
    kept: int = 0  # for institutions, and not used by them yet
    waiting: int = 0
    waiting_offline: int = 0
    unchecked: int = 0  # of those who wait: whom an officer has still to look at
    applied: int = 0
    first_class: datetime | None = None

    def in_(self, language: str) -> "Course":
        """In the words of a language: what has no English stays Korean."""
        if language != "en":
            return self
        given = {name: words for name in SPOKEN if (words := getattr(self, f"{name}_en"))}
        return replace(self, map=self.map or self.venue, **given)  # maps know places by their Korean names

    @property
    def bare(self) -> "Course":
        """What officers write of it: without its number, and what follows from others."""
        counted = dict.fromkeys(
            ("held", "held_offline", "kept", "waiting", "waiting_offline", "unchecked", "applied"), 0
        )
        return replace(self, id=0, first_class=None, **counted)  # type: ignore[arg-type]

    def is_taking(self, now: datetime) -> bool:
        return self.state == "published" and self.apply_start <= now <= self.apply_end

    @property
    def free(self) -> int:
        """Seats that nobody holds, nobody is offered, and that are kept for no institution."""
        return max(self.capacity - self.held - self.kept, 0)

    def is_shared(self, now: datetime) -> bool:
        """Whether who comes offline and who comes online still have seats of their own."""
        return self.offline_until is not None and self.offline_seats > 0 and now < self.offline_until

    def free_for(self, channel: str, now: datetime) -> int:
        """Free seats that may go to somebody who comes by this channel."""
        return self.free_of("offline" if channel in OFFLINE else "online", now)

    def free_of(self, share: Share, now: datetime) -> int:
        if not self.is_shared(now):
            return self.free
        if share == "offline":
            left = self.offline_seats - self.held_offline - self.kept
        else:
            left = self.capacity - self.offline_seats - (self.held - self.held_offline)
        return min(max(left, 0), self.free)

    @property
    def takes_place(self) -> bool:
        """Who is in it is owed all of it, also where it is hidden from others or takes nobody new."""
        return self.state != "cancelled"

    def gives_seats(self, today: date) -> bool:
        """Whether a freed seat still goes to somebody."""
        return self.takes_place and today < self.start_date

    def is_last_call(self, today: date) -> bool:
        return self.gives_seats(today) and today >= self.start_date - timedelta(days=self.last_call_days)

    def has_room_for(self, channel: str, now: datetime) -> bool:
        """Whether somebody who comes now by this channel gets a seat: whoever waits for the same ones comes first."""
        waiting = self.waiting
        if self.is_shared(now):
            waiting = self.waiting_offline if channel in OFFLINE else self.waiting - self.waiting_offline
        return self.free_for(channel, now) > 0 and not waiting

    @property
    def has_line_room(self) -> bool:
        """Whether one more may wait; whom an officer has still to look at takes nobody's place in the line."""
        return self.waiting - self.unchecked < self.waitlist_capacity

    def status(self, now: datetime, today: date, channel: str = "web") -> Status:
        """The word that residents know who come by this channel; `today` is the date in Seoul."""
        if self.state in ("cancelled", "suspended"):
            return self.state
        if today > self.end_date:
            return "ended"
        if self.is_taking(now):
            return self._room(channel, now)
        if now < self.apply_start:
            return "upcoming"
        return "running" if today >= self.start_date else "closed"

    def _room(self, channel: str, now: datetime) -> Status:
        if self.selection != "first_come" or self.has_room_for(channel, now):
            return "open"
        return "waitlist" if self.has_line_room else "full"


_NAMES = tuple(each.name for each in fields(Course))


def of_row(row: Sequence[Any]) -> Course:
    """From its columns in their order: as the class makes one of so many fields, in an eighth of the time."""
    course = object.__new__(Course)
    course.__dict__.update(zip(_NAMES, row, strict=True))
    return course
