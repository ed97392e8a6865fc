"""The year as officers report it: what was aimed at, money, what was done with residents, plans, and quarters."""

from datetime import date

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Integer, Table, Text, UniqueConstraint

from storage.tables.base import Listed, UtcDateTime, id_column, metadata
from storage.tables.rules import of_nobody

policy_tasks = Table(
    "policy_tasks",
    metadata,
    id_column(),
    Column("number", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("first_year", Integer, nullable=False),
    Column("last_year", Integer, nullable=False),
    Column("total_cost", BigInteger, nullable=False),  # won, as all money here
    Column("chosen", JSON, nullable=False),  # of each row of boxes the one that is ticked, by its name
    Column("overview", Text, nullable=False),
    Column("departments", Text, nullable=False),  # a line each: role, department, telephone; nobody's name
    info=of_nobody("the task that a policy card is of, with no names"),
)

indicators = Table(
    "indicators",
    metadata,
    id_column(),
    Column("name", Text, nullable=False, unique=True),
    Column("counts", Text, nullable=False),
    Column("unit", Text, nullable=False),
    info=of_nobody("what is counted of a year", name="of the indicator"),
)

indicator_targets = Table(
    "indicator_targets",
    metadata,
    id_column(),
    Column("indicator_id", ForeignKey("indicators.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("target", Integer, nullable=False),
    UniqueConstraint("indicator_id", "year"),
    info=of_nobody("what is aimed at in a year"),
)

# Courses of years before the service; a count that nobody knows is null.
past_courses = Table(
    "past_courses",
    metadata,
    id_column(),
    Column("year", Integer, nullable=False),
    Column("half", Integer),  # 1 or 2
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("daypart", Text, nullable=False),
    Column("capacity", Integer),
    Column("applied", Integer),
    Column("seated", Integer),
    Column("completed", Integer),
    Column("acquired", Integer),
    Column("placed", Integer),
    Column("counts_toward_kpi", Boolean, nullable=False),
    UniqueConstraint("year", "title", "daypart"),
    info=of_nobody("courses, with how many were in them"),
)

budget_entries = Table(
    "budget_entries",
    metadata,
    id_column(),
    Column("year", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("day", Date),
    Column("amount", BigInteger, nullable=False),
    Column("item", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("course_id", ForeignKey("courses.id"), index=True),
    info=of_nobody("money by what it is for"),
)

participations = Table(
    "participations",
    metadata,
    id_column(),
    Column("year", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("days", Listed(date), nullable=False),
    Column("ends_on", Date),  # of one that went on for a time, which began on the only day
    Column("count", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("people", Integer),
    info=of_nobody("what was done with residents and what the press wrote"),
)

plan_steps = Table(
    "plan_steps",
    metadata,
    id_column(),
    Column("year", Integer, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("what", Text, nullable=False),
    Column("state", Text, nullable=False),
    info=of_nobody("what is planned"),
)

year_problems = Table(
    "year_problems",
    metadata,
    id_column(),
    Column("year", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("state", Text, nullable=False),
    info=of_nobody("what is difficult, and what is done about it"),
)

promotions = Table(
    "promotions",
    metadata,
    id_column(),
    Column("year", Integer, nullable=False),
    Column("day", Date),
    Column("medium", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("origin", Text, nullable=False),  # the code of a link or poster, which tells what came of it
    Column("state", Text, nullable=False),
    info=of_nobody("how courses are made known"),
)

quarters = Table(
    "quarters",
    metadata,
    id_column(),
    Column("year", Integer, nullable=False),
    Column("quarter", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("drafted_by", Text, nullable=False),
    Column("drafted_at", UtcDateTime, nullable=False),
    Column("checked_by", Text, nullable=False),
    Column("checked_at", UtcDateTime),
    Column("frozen_by", Text, nullable=False),
    Column("frozen_at", UtcDateTime),
    Column("figures", JSON),  # as they were when it was frozen, with the rows that each is the sum of
    Column("digest", Text, nullable=False),
    UniqueConstraint("year", "quarter"),
    info=of_nobody("figures of a quarter, and who checked them"),
)
