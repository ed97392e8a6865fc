"""Quarters of a year: drafted, checked by a lead, and frozen with the figures and rows as they were then."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage.database import Transaction, hold
from storage.states import QuarterState
from storage.tables import quarters


@dataclass(frozen=True)
class Quarter:
    """`figures` is kept once it is frozen, and `digest` is of them."""

    id: int
    year: int
    quarter: int
    state: QuarterState
    stage: str
    drafted_by: str
    drafted_at: datetime
    checked_by: str
    checked_at: datetime | None
    frozen_by: str
    frozen_at: datetime | None
    figures: dict[str, Any] | None
    digest: str


def of_year(tx: Transaction, year: int) -> list[Quarter]:
    query = select(quarters).where(quarters.c.year == year).order_by(quarters.c.quarter)
    return [Quarter(**row._mapping) for row in tx.execute(query)]


def find(tx: Transaction, year: int, quarter: int) -> Quarter | None:
    query = select(quarters).where(quarters.c.year == year, quarters.c.quarter == quarter)
    row = tx.execute(query).one_or_none()
    return Quarter(**row._mapping) if row else None


def lock(tx: Transaction, year: int, quarter: int) -> None:
    """Nobody else drafts, checks or freezes it before this transaction ends."""
    hold(tx, f"quarter {year}/{quarter}")


def save(tx: Transaction, one: Quarter) -> None:
    """Add it where its id is 0, else change it. IntegrityError where there is one of that quarter already."""
    values = {field.name: getattr(one, field.name) for field in fields(one) if field.name != "id"}
    if one.id:
        tx.execute(update(quarters).where(quarters.c.id == one.id).values(values))
    else:
        tx.execute(quarters.insert().values(values))
