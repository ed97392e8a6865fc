"""The counselors' week as a calendar: what is free, who comes, and what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers.calendar.hours import DAY, local
from handlers.counseling import slots
from handlers.dialogue import texts
from handlers.language.days import dates
from handlers.language.names import mask_name
from handlers.staff.counseling.appointments import COLUMNS, OUTCOMES, STATES, UNKNOWN, WEEK, row
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Table, Told
from handlers.staff.persons.who import name_of
from storage.counseling import appointments, counselors
from storage.counseling.appointments import COMING, Listed
from storage.counseling.counselors import Counselor
from storage.database import Transaction


@dataclass(frozen=True)
class Taken:
    """An appointment as it stands in a calendar that others may see over a shoulder: with a masked name."""

    number: int
    counselor: str
    who: str
    about: str
    state: str
    is_coming: bool
    is_to_note: bool  # it is over, and nobody has said what came of it


@dataclass(frozen=True)
class Cell:
    """Who comes at a time of a day, and which counselors are free then."""

    taken: tuple[Taken, ...] = ()
    free: tuple[str, ...] = ()


@dataclass(frozen=True)
class Day:
    day: date
    label: str
    closed: str  # why nobody comes; "" on other days
    is_today: bool


@dataclass(frozen=True)
class Week:
    """`rows` are by the time of day, each with a cell a day; `to_note` is how many have no outcome yet."""

    monday: date
    counselors: tuple[Counselor, ...]
    days: tuple[Day, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    to_note: int

    @property
    def before(self) -> date:
        return self.monday - WEEK

    @property
    def after(self) -> date:
        return self.monday + WEEK


def of(tx: Transaction, desk: Desk, day: date | None = None, code: str = "") -> Week:
    """The week of a day; `code` is of the one counselor who is looked at."""
    day = day or desk.today
    monday = day - day.weekday() * DAY
    everybody = tuple(counselors.all_of_them(tx))
    asked = [each for each in everybody if code in ("", each.code)]
    if code and not asked:
        raise Declined(f"‘{code}’: 이런 상담사번호가 없습니다.")
    days = tuple(_day(desk, monday + ahead * DAY) for ahead in range(7))
    cells = _cells(tx, desk, days, asked)
    shown = tuple(each for each in days if each.day.weekday() < 5 or any(at.date() == each.day for at in cells))
    times = sorted({at.time() for at in cells})
    rows = tuple(
        (f"{at:%H:%M}", tuple(cells.get(datetime.combine(each.day, at), Cell()) for each in shown)) for at in times
    )
    to_note = sum(each.is_to_note for cell in cells.values() for each in cell.taken)
    return Week(monday, everybody, shown, rows, to_note)


def _day(desk: Desk, day: date) -> Day:
    closed = slots.closed_for(desk.organization, day) or ""
    return Day(day, dates.day(day, "ko", today=desk.today), closed, day == desk.today)


def _cells(tx: Transaction, desk: Desk, days: Sequence[Day], asked: Sequence[Counselor]) -> dict[datetime, Cell]:
    """By the local time, without a zone."""
    zone, of_whom = desk.organization.timezone, {each.id for each in asked}
    since, until = local(days[0].day, time(0), zone), local(days[-1].day + DAY, time(0), zone)
    found = [each for each in appointments.between(tx, since, until) if each.counselor_id in of_whom]
    taken: dict[datetime, list[Taken]] = {}
    for each in found:
        if each.state != "cancelled":
            at = each.starts_at.astimezone(zone).replace(tzinfo=None)
            taken.setdefault(at, []).append(_taken(desk, each))
    busy = [(each.counselor_id, each.starts_at) for each in found if each.ended_at is None]
    free: dict[datetime, list[str]] = {}
    for starts_at, name in _free(tx, desk, days, asked, busy):
        free.setdefault(starts_at.replace(tzinfo=None), []).append(name)
    return {at: Cell(tuple(taken.get(at, ())), tuple(free.get(at, ()))) for at in taken.keys() | free.keys()}


def _free(
    tx: Transaction,
    desk: Desk,
    days: Sequence[Day],
    asked: Sequence[Counselor],
    busy: list[tuple[int, datetime]],
) -> Iterator[tuple[datetime, str]]:
    timetables = counselors.timetables(tx)
    for each in (one for one in asked if one.id in timetables):
        for day in days:
            for starts_at in slots.of_day(desk.organization, timetables[each.id], day.day):
                if starts_at > desk.now and not slots.is_busy(busy, each.id, starts_at):
                    yield starts_at, each.name


def _taken(desk: Desk, one: Listed) -> Taken:
    about = (
        texts.say("ko", f"appointment_topic.{one.topic}"),
        texts.say("ko", f"appointment_way.{one.way}"),
    )
    said = [STATES[one.state], *(word for name, word in OUTCOMES.items() if getattr(one, name))]
    return Taken(
        one.id,
        one.counselor,
        mask_name(name_of(desk, one.resident_id, one.name)),
        ", ".join(about),
        "·".join(said),
        one.is_coming(desk.now),
        one.state in COMING and one.starts_at <= desk.now,
    )


# --- one of them ---


def show_one(tx: Transaction, desk: Desk, number: int) -> tuple[Listed, Told]:
    """With the name and the number of who comes."""
    found = appointments.listed(tx, number)
    if found is None:
        raise Declined(f"상담 {number}: {UNKNOWN}.")
    notes = (f"까닭: {found.note}",) if found.note else ()
    return found, Told(f"상담 {number}", tables=(Table((row(desk, found),), COLUMNS),), notes=notes)
