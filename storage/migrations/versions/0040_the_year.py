"""The year: a policy task, indicators and targets, past courses, money, participation, plans, and quarters."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0040"
down_revision = "0039"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = storage.tables.UtcDateTime(timezone=True)


def upgrade() -> None:
    chosen = [sa.Column("chosen", sa.JSON(), nullable=False)]
    named, years = _text("number", "title"), _whole("first_year", "last_year")
    _create(
        "policy_tasks", named, years, _won("total_cost"), chosen, _text("overview", "departments"), unique=["number"]
    )
    _create("indicators", _text("name", "counts", "unit"), unique=["name"])
    _create(
        "indicator_targets",
        [sa.Column("indicator_id", KEY, nullable=False)],
        _whole("year", "target"),
        [sa.ForeignKeyConstraint(["indicator_id"], ["indicators.id"], name="fk_indicator_targets_indicator_id")],
        unique=["indicator_id", "year"],
    )
    counts = [
        sa.Column(name, sa.Integer()) for name in ("capacity", "applied", "seated", "completed", "acquired", "placed")
    ]
    _create(
        "past_courses",
        [*_whole("year"), sa.Column("half", sa.Integer())],
        _text("title", "category", "operation", "daypart"),
        counts,
        [sa.Column("counts_toward_kpi", sa.Boolean(), nullable=False)],
        unique=["year", "title", "daypart"],
    )
    _money()
    when = [sa.Column("days", sa.Text(), nullable=False), sa.Column("ends_on", sa.Date())]
    people = [sa.Column("people", sa.Integer())]
    _create(
        "participations", _whole("year"), _text("kind"), when, _whole("count"), _text("title", "outlet", "url"), people
    )
    days = [sa.Column(name, sa.Date(), nullable=False) for name in ("starts_on", "ends_on")]
    _create("plan_steps", _whole("year"), days, _text("what", "state"))
    _create("year_problems", _whole("year"), _text("problem", "measure", "state"))
    _create("promotions", _whole("year"), [sa.Column("day", sa.Date())], _text("medium", "what", "origin", "state"))
    _quarters()


def _money() -> None:
    _create(
        "budget_entries",
        _whole("year"),
        _text("kind", "source"),
        [sa.Column("day", sa.Date())],
        _won("amount"),
        _text("item", "purpose"),
        [sa.Column("course_id", KEY)],
        [sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_budget_entries_course_id")],
    )
    op.create_index("ix_budget_entries_course_id", "budget_entries", ["course_id"])


def _quarters() -> None:
    _create(
        "quarters",
        _whole("year", "quarter"),
        _text("state", "stage", "drafted_by"),
        [sa.Column("drafted_at", MOMENT, nullable=False)],
        _text("checked_by"),
        [sa.Column("checked_at", MOMENT)],
        _text("frozen_by"),
        [sa.Column("frozen_at", MOMENT), sa.Column("figures", sa.JSON())],
        _text("digest"),
        unique=["year", "quarter"],
    )


def _create(name: str, *parts: list[Any], unique: list[str] | None = None) -> None:
    keys = [sa.PrimaryKeyConstraint("id", name=f"pk_{name}")]
    named = f"uq_{name}_{'_'.join(unique or ())}"
    unique_keys = [sa.UniqueConstraint(*unique, name=named)] if unique else []
    columns = [column for part in parts for column in part]
    op.create_table(name, sa.Column("id", KEY, nullable=False), *columns, *keys, *unique_keys)


def _text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _whole(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _won(name: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False)]
