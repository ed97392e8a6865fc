"""Counselors, and the hours at which they can be talked to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from sqlalchemy import bindparam, delete, select

from storage.database import Transaction, insert, there_is
from storage.tables import counseling_days, counseling_hours, counselors

WAYS = VISIT, PHONE = "visit", "phone"
Span = tuple[time, time]


@dataclass(frozen=True)
class Counselor:
    """`place` is where they are visited, `phone` the number from which they call;
    without one there is no such appointment."""

    id: int
    code: str
    name: str
    place: str
    directions: str
    phone: str

    def takes(self, way: str) -> bool:
        return bool(self.place if way == VISIT else self.phone)


@dataclass(frozen=True)
class Timetable:
    """Hours of each week by weekday (0 is Monday), and in place of them those of single days: none is a day off."""

    weekly: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    days: Mapping[date, Sequence[Span]] = field(default_factory=dict)

    def on(self, day: date) -> Sequence[Span]:
        return self.days[day] if day in self.days else self.weekly.get(day.weekday(), ())


_BY_ID = select(counselors).where(counselors.c.id == bindparam("at"))
_ALL = select(counselors).order_by(counselors.c.id)
_WEEKS = select(counseling_hours).order_by(counseling_hours.c.start_time)
_DAYS = select(counseling_days).order_by(counseling_days.c.start_time)


def exist(tx: Transaction) -> bool:
    return bool(tx.execute(select(there_is(counselors))).scalar())


def all_of_them(tx: Transaction) -> list[Counselor]:
    return [Counselor(**row._mapping) for row in tx.execute(_ALL)]


def find(tx: Transaction, counselor_id: int) -> Counselor:
    return Counselor(**tx.execute(_BY_ID, {"at": counselor_id}).one()._mapping)


def lock(tx: Transaction, counselor_id: int) -> None:
    """Nobody else books them or changes their hours before this transaction ends."""
    tx.execute(_BY_ID.with_for_update(key_share=True), {"at": counselor_id})


def timetables(tx: Transaction) -> dict[int, Timetable]:
    """Of every counselor, by id."""
    weekly: dict[int, dict[int, list[Span]]] = {}
    days: dict[int, dict[date, list[Span]]] = {}
    for row in tx.execute(_WEEKS):
        weekly.setdefault(row.counselor_id, {}).setdefault(row.weekday, []).append((row.start_time, row.end_time))
    for row in tx.execute(_DAYS):
        spans = days.setdefault(row.counselor_id, {}).setdefault(row.day, [])
        spans += [(row.start_time, row.end_time)] if row.start_time else []
    return {each: Timetable(weekly.get(each, {}), days.get(each, {})) for each in weekly.keys() | days.keys()}


def save(tx: Transaction, counselor: Counselor) -> int:
    """Add or change a counselor by their code; their id."""
    values = {name: value for name, value in vars(counselor).items() if name != "id"}
    added = insert(tx, counselors).values(values).on_conflict_do_update(index_elements=["code"], set_=values)
    written = added.returning(counselors.c.id)
    return int(tx.execute(written).scalar_one())


def set_week(tx: Transaction, counselor_id: int, weekly: Mapping[int, Sequence[Span]]) -> None:
    tx.execute(delete(counseling_hours).where(counseling_hours.c.counselor_id == counselor_id))
    rows = [
        {"counselor_id": counselor_id, "weekday": weekday, "start_time": start, "end_time": end}
        for weekday, spans in weekly.items()
        for start, end in spans
    ]
    if rows:
        tx.execute(counseling_hours.insert(), rows)


def set_day(tx: Transaction, counselor_id: int, day: date, spans: Sequence[Span] | None) -> None:
    """Other hours on a day, no hours at all, or (None) the usual ones again."""
    this = (counseling_days.c.counselor_id == counselor_id, counseling_days.c.day == day)
    tx.execute(delete(counseling_days).where(*this))
    times: Sequence[tuple[time | None, time | None]] = () if spans is None else spans or [(None, None)]
    for start, end in times:
        row = {"counselor_id": counselor_id, "day": day, "start_time": start, "end_time": end}
        tx.execute(counseling_days.insert().values(row))
