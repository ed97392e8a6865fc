"""Draws: the seed that a lottery is bound to before it closes, and what it was drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage.database import Transaction, insert
from storage.tables import courses, draws

Application = tuple[int, int]  # (number of the application, its group: 0 is drawn first)


@dataclass(frozen=True)
class Draw:
    """`applications` are those that were drawn from, None before the draw."""

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


def find(tx: Transaction, course_id: int) -> Draw | None:
    row = tx.execute(select(draws).where(draws.c.course_id == course_id)).one_or_none()
    if row is None:
        return None
    drawn = row._mapping
    listed = None if drawn["applications"] is None else tuple((n, group) for n, group in drawn["applications"])
    return Draw(**{**drawn, "applications": listed})


def without_seed(tx: Transaction) -> list[int]:
    """Lotteries that nothing was promised for yet."""
    missing = courses.c.id.not_in(select(draws.c.course_id))
    return list(tx.execute(select(courses.c.id).where(courses.c.selection == "lottery", missing)).scalars())


def promise(tx: Transaction, seeds: Mapping[int, str]) -> None:
    """Bind each course to a seed; one that is bound already stays as it is."""
    rows = [{"course_id": course_id, "seed": seed} for course_id, seed in seeds.items()]
    if rows:
        tx.execute(insert(tx, draws).on_conflict_do_nothing(), rows)


def record(
    tx: Transaction, course_id: int, seats: int, applications: Sequence[Application], hashed: str, now: datetime
) -> None:
    drawn = {"drawn_at": now, "seats": seats, "applications": [list(each) for each in applications]}
    this = (draws.c.course_id == course_id, draws.c.drawn_at.is_(None))
    tx.execute(update(draws).where(*this).values(**drawn, applications_hash=hashed))
