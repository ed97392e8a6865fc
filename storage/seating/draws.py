"""Draws: what a lottery is bound to before it closes, the list that was fixed, and what it was drawn by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage.database import Transaction, insert
from storage.tables import courses, draws

# (number of the application, its group: 0 is drawn first, its lottery number); older ones were drawn by the first.
Application = tuple[int, ...]


@dataclass(frozen=True)
class Draw:
    """`applications` are those that are drawn from, None before the list is fixed.

    `public_name` says which value is mixed in that nobody knows by then; "" is none, by an officer's word.
    """

    course_id: int
    seed: str
    drawn_at: datetime | None = None
    seats: int | None = None
    applications: tuple[Application, ...] | None = None
    applications_hash: str | None = None
    public_name: str | None = None
    fixed_at: datetime | None = None
    public_at: datetime | None = None
    public_value: str | None = None


_UNDRAWN = draws.c.drawn_at.is_(None)


def find(tx: Transaction, course_id: int) -> Draw | None:
    row = tx.execute(select(draws).where(draws.c.course_id == course_id)).one_or_none()
    if row is None:
        return None
    drawn = row._mapping
    listed = None if drawn["applications"] is None else tuple(map(tuple, drawn["applications"]))
    return Draw(**{**drawn, "applications": listed})


def get(tx: Transaction, course_id: int) -> Draw:
    """One that must be there, as it was promised."""
    found = find(tx, course_id)
    assert found is not None
    return found


def is_fixed(tx: Transaction, course_id: int) -> bool:
    """Whether the list stays as it is: nobody can be added any more."""
    found = find(tx, course_id)
    return found is not None and (found.fixed_at or found.drawn_at) is not None


def without_seed(tx: Transaction) -> list[int]:
    """Lotteries that nothing was promised for yet."""
    missing = courses.c.id.not_in(select(draws.c.course_id))
    return list(tx.execute(select(courses.c.id).where(courses.c.selection == "lottery", missing)).scalars())


def promise(tx: Transaction, seeds: Mapping[int, str], public_name: str) -> None:
    """Bind each course to a seed and a public value; what is bound already stays as it is."""
    rows = [{"course_id": course_id, "seed": seed, "public_name": public_name} for course_id, seed in seeds.items()]
    if rows:
        tx.execute(insert(tx, draws).on_conflict_do_nothing(), rows)
    unsaid = (draws.c.public_name.is_(None), _UNDRAWN)  # promised before there were public values
    tx.execute(update(draws).where(*unsaid).values(public_name=public_name))


def do_without(tx: Transaction, course_id: int) -> None:
    """No public value is mixed in; only before the list is fixed."""
    this = (draws.c.course_id == course_id, draws.c.fixed_at.is_(None), _UNDRAWN)
    tx.execute(update(draws).where(*this).values(public_name=""))


def fix(
    tx: Transaction,
    course_id: int,
    applications: Sequence[Application],
    hashed: str,
    now: datetime,
    public_at: datetime | None,
) -> None:
    """From now on the list stays as it is."""
    this = (draws.c.course_id == course_id, draws.c.fixed_at.is_(None), _UNDRAWN)
    fixed = {"fixed_at": now, "applications": [list(each) for each in applications], "applications_hash": hashed}
    tx.execute(update(draws).where(*this).values(**fixed, public_at=public_at))


def record(tx: Transaction, course_id: int, seats: int, public_value: str | None, now: datetime) -> None:
    drawn = {"drawn_at": now, "seats": seats, "public_value": public_value}
    tx.execute(update(draws).where(draws.c.course_id == course_id, _UNDRAWN).values(drawn))


def awaiting_value(tx: Transaction, now: datetime) -> list[Draw]:
    """Fixed lists whose value is out, and nobody has entered it."""
    these = (draws.c.fixed_at.is_not(None), _UNDRAWN, draws.c.public_at <= now)
    found = tx.execute(select(draws.c.course_id).where(*these).order_by(draws.c.public_at)).scalars()
    return [get(tx, course_id) for course_id in found.all()]
