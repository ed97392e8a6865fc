"""What officers enter of a year, each sort of it in a table of its own; figures are counted from these and more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Table, delete, func, select, update

from storage import tables
from storage.database import Transaction
from storage.states import BudgetKind, Counted, Daypart, Money, ParticipationKind, Progress


@dataclass(frozen=True)
class PolicyTask:
    """What a policy card is of. `chosen` is which box of each row of boxes is ticked; `departments` is a line each."""

    id: int
    number: str
    title: str
    first_year: int
    last_year: int
    total_cost: int  # won
    chosen: dict[str, str]
    overview: str
    departments: str


@dataclass(frozen=True)
class Indicator:
    id: int
    name: str
    counts: Counted
    unit: str


@dataclass(frozen=True)
class Target:
    id: int
    indicator_id: int
    year: int
    target: int


@dataclass(frozen=True)
class PastCourse:
    """A course before the service: a count that is None isn't known."""

    id: int
    year: int
    half: int | None  # 1 or 2
    title: str
    category: str
    operation: str
    daypart: Daypart
    capacity: int | None
    applied: int | None
    seated: int | None
    completed: int | None
    acquired: int | None
    placed: int | None
    counts_toward_kpi: bool


@dataclass(frozen=True)
class BudgetEntry:
    id: int
    year: int
    kind: BudgetKind
    source: Money
    day: date | None
    amount: int  # won; less than none is paid back
    item: str  # 강사료, 재료비, 대관료, 위탁금 …
    purpose: str
    course_id: int | None


@dataclass(frozen=True)
class Participation:
    """`count` is of these days together: nine articles on three of them."""

    id: int
    year: int
    kind: ParticipationKind
    days: tuple[date, ...]
    ends_on: date | None  # of one that went on for a time, which began on its only day
    count: int
    title: str
    outlet: str
    url: str
    people: int | None


@dataclass(frozen=True)
class PlanStep:
    id: int
    year: int
    starts_on: date
    ends_on: date
    what: str
    state: Progress


@dataclass(frozen=True)
class Problem:
    id: int
    year: int
    problem: str
    measure: str
    state: Progress


@dataclass(frozen=True)
class Promotion:
    """`origin` is the code of the link or poster that tells what came of it."""

    id: int
    year: int
    day: date | None
    medium: str
    what: str
    origin: str
    state: Progress


Entry = PolicyTask | Indicator | Target | PastCourse | BudgetEntry | Participation | PlanStep | Problem | Promotion
E = TypeVar("E", bound=Entry)

TABLES: dict[type[Any], Table] = {
    PolicyTask: tables.policy_tasks,
    Indicator: tables.indicators,
    Target: tables.indicator_targets,
    PastCourse: tables.past_courses,
    BudgetEntry: tables.budget_entries,
    Participation: tables.participations,
    PlanStep: tables.plan_steps,
    Problem: tables.year_problems,
    Promotion: tables.promotions,
}


def all_of(tx: Transaction, sort: type[E], years: Collection[int] | None = None) -> list[E]:
    """In the order in which they were entered; of these years, where the sort has years."""
    table = TABLES[sort]
    query = select(*(table.c[field.name] for field in fields(sort))).order_by(table.c.id)
    if years is not None:
        query = query.where(table.c.year.in_(list(years)))
    return [sort(*row) for row in tx.execute(query).all()]


def find(tx: Transaction, sort: type[E], number: int) -> E | None:
    table = TABLES[sort]
    row = tx.execute(select(table).where(table.c.id == number)).one_or_none()
    return sort(**row._mapping) if row else None


def save(tx: Transaction, entries: Sequence[Entry]) -> None:
    """Add those whose id is 0, and change the others. IntegrityError where one takes the place of another."""
    for each in entries:
        table = TABLES[type(each)]
        values = {field.name: getattr(each, field.name) for field in fields(each) if field.name != "id"}
        if each.id:
            tx.execute(update(table).where(table.c.id == each.id).values(values))
        else:
            tx.execute(table.insert().values(values))


def drop(tx: Transaction, sort: type[Entry], ids: Collection[int]) -> None:
    table = TABLES[sort]
    tx.execute(delete(table).where(table.c.id.in_(list(ids))))


def newest(tx: Transaction, sort: type[Entry]) -> int:
    """The highest id that there is, or 0."""
    found: int | None = tx.execute(select(func.max(TABLES[sort].c.id))).scalar_one()
    return found or 0
