"""Surveys, their rounds, and what was answered.

Who answered (`survey_receipts`) and what was answered (`survey_answers`) share nothing but the round: no key, no order
and no time. Ids of answers are drawn at random, so that they don't tell which came first.
"""

from typing import Any

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.sealing import Sealed
from storage.tables.base import Key, UtcDateTime, column_of, id_column, metadata

# A version of a survey. Once it is answered its content stays, and a change is another version.
surveys = Table(
    "surveys",
    metadata,
    id_column(),
    Column("code", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", JSON, nullable=False),
    UniqueConstraint("code", "version"),
)

# A survey as it is asked once: of everybody in a period, or of those who attended a course.
survey_rounds = Table(
    "survey_rounds",
    metadata,
    id_column(),
    Column("key", Text, nullable=False, unique=True),
    column_of("surveys"),
    Column("course_id", ForeignKey("courses.id")),
    Column("code", Text, nullable=False, unique=True),  # on paper, on posters and in the kiosk's address
    Column("opens_at", UtcDateTime, nullable=False),
    Column("closes_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Index(None, "opens_at"),
)


def _answer() -> list[Column[Any]]:
    """Kept by round and question, in which they are counted, and there in the order of random ids."""
    return [
        Column("round_id", ForeignKey("survey_rounds.id"), primary_key=True, autoincrement=False),
        Column("question", Text, primary_key=True),
        Column("id", Key, primary_key=True, autoincrement=False),
        column_of("surveys"),
        Column("value", Text, nullable=False),
        Column("channel", Text),
    ]


survey_receipts = Table(
    "survey_receipts",
    metadata,
    Column("round_id", ForeignKey("survey_rounds.id"), primary_key=True, autoincrement=False),
    Column("resident_id", ForeignKey("residents.id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

survey_turnout = Table(
    "survey_turnout",
    metadata,
    Column("round_id", ForeignKey("survey_rounds.id"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

# Answers of a survey that still runs, or that too few have answered.
survey_pending = Table(
    "survey_pending",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("round_id", ForeignKey("survey_rounds.id"), nullable=False),
    Column("sheet", Sealed(4096), nullable=False),
    Index(None, "round_id"),
)

survey_answers = Table("survey_answers", metadata, *_answer(), sqlite_with_rowid=False)

# Answers of surveys that ask for one's name.
survey_signed_answers = Table(
    "survey_signed_answers", metadata, *_answer(), column_of("residents"), sqlite_with_rowid=False
)

# What was typed in from paper or another form already, so that the same file twice counts once.
survey_entries = Table(
    "survey_entries",
    metadata,
    Column("round_id", ForeignKey("survey_rounds.id"), primary_key=True, autoincrement=False),
    Column("digest", Text, primary_key=True),
)
