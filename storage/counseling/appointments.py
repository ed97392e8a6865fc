"""Appointments with counselors: who holds which slot, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Update, bindparam, case, func, select, update
from sqlalchemy.exc import IntegrityError

from storage.database import Transaction, insert
from storage.states import AppointmentFlag, AppointmentState
from storage.tables import UtcDateTime, appointments, counselors, residents
from storage.tables.counseling import IS_OPEN

COMING: Sequence[AppointmentState] = ("booked", "moved")
HELD: Sequence[AppointmentState] = ("attended", "no_show")


@dataclass(frozen=True)
class Appointment:
    """`state` is booked, or moved (booked for another time than at first), until it is cancelled, attended or no_show.

    While it has no `ended_at` it holds its slot. `revision` counts how often it was moved; `decided_at` is when staff
    last decided on it, and None where the resident did.
    """

    id: int
    counselor_id: int
    resident_id: int
    starts_at: datetime
    topic: str
    way: str
    state: AppointmentState
    registered: bool
    placed: bool
    note: str
    revision: int
    channel: str
    created_at: datetime
    decided_at: datetime | None
    ended_at: datetime | None

    def is_coming(self, now: datetime) -> bool:
        return self.ended_at is None and self.starts_at > now


_LIVE = appointments.c.ended_at.is_(None)
_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
_THIS = appointments.c.id == bindparam("at")
_BETWEEN = (appointments.c.starts_at >= _SINCE, appointments.c.starts_at < _UNTIL)
_TAKEN = select(appointments.c.counselor_id, appointments.c.starts_at).where(*_BETWEEN, _LIVE)
_BEGINNINGS = select(appointments.c.starts_at).where(*_BETWEEN, _LIVE).distinct().order_by(appointments.c.starts_at)
_BEGINNINGS_OF = select(appointments.c.id, appointments.c.starts_at).where(
    appointments.c.id.in_(bindparam("ids", expanding=True))
)
_DECIDED = select(appointments).where(
    appointments.c.decided_at > _SINCE,
    appointments.c.decided_at <= _UNTIL,
    appointments.c.state == bindparam("in_state"),
)
_THEIRS = appointments.c.resident_id.in_(bindparam("people", expanding=True))
_COMING = select(appointments).where(_THEIRS, _LIVE, appointments.c.starts_at > bindparam("now", type_=UtcDateTime))


def add(
    tx: Transaction,
    counselor_id: int,
    resident_id: int,
    starts_at: datetime,
    *,
    topic: str,
    way: str,
    channel: str,
    now: datetime,
) -> Appointment | None:
    """Book; None when the slot is taken, or this resident has an appointment already."""
    row = {"counselor_id": counselor_id, "resident_id": resident_id, "starts_at": starts_at, "state": "booked"}
    row |= {"topic": topic, "way": way, "channel": channel, "created_at": now}
    added = insert(tx, appointments).values(row).on_conflict_do_nothing().returning(appointments)
    found = tx.execute(added).one_or_none()
    return Appointment(**found._mapping) if found else None


def find(tx: Transaction, appointment_id: int) -> Appointment | None:
    row = tx.execute(select(appointments).where(_THIS), {"at": appointment_id}).one_or_none()
    return Appointment(**row._mapping) if row else None


def coming(tx: Transaction, resident_ids: Sequence[int], now: datetime) -> Appointment | None:
    """The appointment that a person has booked, whom several resident ids may stand for."""
    row = tx.execute(_COMING, {"people": resident_ids, "now": now}).first()
    return Appointment(**row._mapping) if row else None


def of_resident(tx: Transaction, resident_id: int) -> list[Appointment]:
    """All that a resident ever booked."""
    rows = tx.execute(select(appointments).where(_THEIRS).order_by(appointments.c.id), {"people": [resident_id]})
    return [Appointment(**row._mapping) for row in rows]


def release_past(tx: Transaction, resident_ids: Sequence[int], now: datetime) -> None:
    """Appointments whose time has come keep nobody from the next one, even if nobody noted what came of them."""
    past = (appointments.c.resident_id.in_(resident_ids), _LIVE, appointments.c.starts_at <= now)
    tx.execute(update(appointments).where(*past).values(ended_at=now))


def move(
    tx: Transaction, appointment_id: int, counselor_id: int, starts_at: datetime, now: datetime, by_staff: bool = False
) -> bool:
    """To another slot, and its old one is free at once; False when that is taken, or it isn't to come any more."""
    new = {
        "counselor_id": counselor_id,
        "starts_at": starts_at,
        "state": "moved",
        "revision": appointments.c.revision + 1,
    }
    moved = update(appointments).where(_THIS, *_is_coming(now)).values(**new, decided_at=now if by_staff else None)
    try:
        with tx.begin_nested():
            return _hits(tx, moved, appointment_id)
    except IntegrityError:
        return False


def cancel(tx: Transaction, appointment_id: int, now: datetime, note: str = "", by_staff: bool = False) -> bool:
    """False when it isn't to come any more."""
    gone = {"state": "cancelled", "ended_at": now, "note": note, "decided_at": now if by_staff else None}
    return _hits(tx, update(appointments).where(_THIS, *_is_coming(now)).values(gone), appointment_id)


def note(tx: Transaction, appointment_id: int, state: AppointmentState, now: datetime) -> bool:
    """Whether somebody came; False for one that is yet to come, or was cancelled. Of who didn't come nothing came."""
    begun = (appointments.c.starts_at <= now, appointments.c.state.in_((*COMING, *HELD)))
    nothing = {"registered": False, "placed": False} if state == "no_show" else {}
    noted = {"state": state, "decided_at": now, "ended_at": now, **nothing}
    return _hits(tx, update(appointments).where(_THIS, *begun).values(noted), appointment_id)


def flag(tx: Transaction, appointment_id: int, name: AppointmentFlag, value: bool = True) -> bool:
    """What came of an appointment that took place, `registered` or `placed`, or didn't; False when it took no place."""
    return _hits(
        tx, update(appointments).where(_THIS, appointments.c.state == "attended").values({name: value}), appointment_id
    )


def forget_outcome(tx: Transaction, appointment_id: int) -> bool:
    """As if nothing had been noted of it; False when nothing is. What it was before tells how often it was moved."""
    before = case((appointments.c.revision > 0, "moved"), else_="booked")
    blank = {"state": before, "registered": False, "placed": False, "decided_at": None}
    return _hits(tx, update(appointments).where(_THIS, appointments.c.state.in_(HELD)).values(blank), appointment_id)


def _is_coming(now: datetime) -> tuple[Any, ...]:
    return _LIVE, appointments.c.starts_at > now


def _hits(tx: Transaction, changing: Update, appointment_id: int) -> bool:
    return tx.execute(changing, {"at": appointment_id}).rowcount == 1


# --- by time ---


def taken(tx: Transaction, since: datetime, until: datetime) -> list[tuple[int, datetime]]:
    """(counselor, beginning) of the appointments that begin from `since` on and before `until`."""
    return [(row.counselor_id, row.starts_at) for row in tx.execute(_TAKEN, {"since": since, "until": until})]


def beginnings(tx: Transaction, since: datetime, until: datetime) -> list[datetime]:
    """When appointments begin, from `since` on and before `until`."""
    return list(tx.execute(_BEGINNINGS, {"since": since, "until": until}).scalars())


def beginnings_of(tx: Transaction, ids: Collection[int]) -> dict[int, datetime]:
    """When each of these appointments begins."""
    return {row.id: row.starts_at for row in tx.execute(_BEGINNINGS_OF, {"ids": list(ids)})} if ids else {}


def decided(tx: Transaction, state: AppointmentState, since: datetime, until: datetime) -> list[Appointment]:
    """Appointments that staff gave this state after `since` and no later than `until`, and that still have it."""
    when = {"in_state": state, "since": since, "until": until}
    return [Appointment(**row._mapping) for row in tx.execute(_DECIDED, when)]


@dataclass(frozen=True)
class Listed(Appointment):
    """An appointment as officers look at it: with whom, and whose it is."""

    name: str | None
    birth_year: int | None
    mobile: str | None
    counselor: str


_LISTED = (
    select(
        appointments, residents.c.name, residents.c.birth_year, residents.c.mobile, counselors.c.name.label("counselor")
    )
    .join(residents, residents.c.id == appointments.c.resident_id)
    .join(counselors, counselors.c.id == appointments.c.counselor_id)
    .order_by(appointments.c.starts_at, appointments.c.id)
)


def between(tx: Transaction, since: datetime, until: datetime) -> list[Listed]:
    """Appointments from `since` on and before `until`, in the order of time."""
    rows = tx.execute(_LISTED.where(*_BETWEEN), {"since": since, "until": until})
    return [Listed(**row._mapping) for row in rows]


def listed(tx: Transaction, number: int) -> Listed | None:
    row = tx.execute(_LISTED.where(_THIS), {"at": number}).one_or_none()
    return Listed(**row._mapping) if row else None


def still_coming(tx: Transaction, now: datetime) -> list[Listed]:
    """Appointments that are booked and yet to come, as `between` has them."""
    return [Listed(**row._mapping) for row in tx.execute(_LISTED.where(*_is_coming(now)))]


def booked(tx: Transaction, since: datetime | None, until: datetime) -> tuple[int, datetime | None]:
    """How many begin between two moments of which nothing is noted, and when the first does."""
    these = [IS_OPEN, appointments.c.starts_at < until]
    these += [appointments.c.starts_at >= since] if since else []
    count, first = tx.execute(select(func.count(), func.min(appointments.c.starts_at)).where(*these)).one()
    return count, first


class Outcome(NamedTuple):
    """What came of an appointment."""

    starts_at: datetime
    state: AppointmentState
    registered: bool
    placed: bool


def outcomes(tx: Transaction) -> list[Outcome]:
    """Of all appointments that were not cancelled."""
    columns = (appointments.c[name] for name in Outcome._fields)
    rows = tx.execute(select(*columns).where(appointments.c.state != "cancelled").order_by(appointments.c.starts_at))
    return [Outcome(*row) for row in rows]
