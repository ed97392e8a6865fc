"""Surveys, their rounds, and what was answered.

Who answered (`survey_receipts`) and what was answered (`survey_answers`) share nothing but the round: no key, no order
and no time. Ids of answers are drawn at random, so that they don't tell which came first.
"""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false

from storage.keys.sealing import Genuine
from storage.tables.base import Key, UtcDateTime, column_of, id_column, metadata
from storage.tables.rules import ITS_NUMBER, By, Delete, Kept, Move, Unite, of_nobody, of_person

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
    info=of_nobody("questions that are asked of everybody"),
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
    info=of_nobody("when surveys are asked"),
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
    Index(None, "resident_id"),
    sqlite_with_rowid=False,
    info=of_person(
        By(),
        export="round_id",
        erasing=Delete(),
        merging=Unite(by=("round_id",)),
        kept=Kept.ANSWERS,
    ),
)

survey_turnout = Table(
    "survey_turnout",
    metadata,
    Column("round_id", ForeignKey("survey_rounds.id"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    info=of_nobody("how many answered on which day"),
)

# Answers of a survey that still runs, or that too few have answered.
survey_pending = Table(
    "survey_pending",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("round_id", ForeignKey("survey_rounds.id"), nullable=False),
    Column("sheet", Genuine(4096), nullable=False),
    Column("is_aside", Boolean, nullable=False, server_default=false()),  # an officer doubts it: it doesn't count
    Index(None, "round_id"),
    info=of_nobody("sheets without a name", sheet="sealed answers, of which nothing leads to who gave them"),
)

# How many sheets of a round were taken apart under which channel, and how many of them nobody proved to be a person's.
# "" and "typed" are channels that aren't told.
survey_lots = Table(
    "survey_lots",
    metadata,
    Column("round_id", ForeignKey("survey_rounds.id"), primary_key=True, autoincrement=False),
    Column("channel", Text, primary_key=True),
    Column("sheets", Integer, nullable=False),
    Column("unproven", Integer, nullable=False),
    info=of_nobody("how many sheets were counted"),
)

survey_answers = Table(
    "survey_answers",
    metadata,
    *_answer(),
    sqlite_with_rowid=False,
    info=of_nobody("single answers, of which nothing leads to who gave them"),
)

# Answers of surveys that ask for one's name.
survey_signed_answers = Table(
    "survey_signed_answers",
    metadata,
    *_answer(),
    column_of("residents"),
    Index(None, "resident_id"),
    sqlite_with_rowid=False,
    info=of_person(
        By(),
        export="round_id question value channel",
        withheld={"id": ITS_NUMBER, "survey_id": "its round is handed out"},
        erasing=Delete(),
        merging=Move(),
        kept=Kept.ANSWERS,
    ),
)

# What was typed in from paper or another form already, so that the same file twice counts once.
survey_entries = Table(
    "survey_entries",
    metadata,
    Column("round_id", ForeignKey("survey_rounds.id"), primary_key=True, autoincrement=False),
    Column("digest", Text, primary_key=True),
    info=of_nobody("digests of papers without a name"),
)

# Numbers that officers hand out, each for one answer at a kiosk. Of a course each is one attendee's.
survey_slips = Table(
    "survey_slips",
    metadata,
    Column("round_id", ForeignKey("survey_rounds.id"), primary_key=True, autoincrement=False),
    Column("digest", Text, primary_key=True),
    Column("resident_id", ForeignKey("residents.id")),
    Index(None, "resident_id"),
    info=of_person(
        By(),
        export="round_id",
        withheld={"digest": "it is on the paper that they were handed"},
        erasing=Delete(),
        merging=Move(),
        kept=Kept.ANSWERS,
    ),
)

# Tablets at which surveys may be answered: by a code that is typed once, then by what the device keeps itself.
kiosks = Table(
    "kiosks",
    metadata,
    id_column(),
    Column("name", Text, nullable=False, unique=True),
    Column("code", Text),  # a digest, as are the others
    Column("code_until", UtcDateTime),
    Column("secret", Text, unique=True),
    Column("allowed_at", UtcDateTime),
    Column("sitting", Text),  # of whoever is answering there
    Column("sitting_at", UtcDateTime),
    info=of_nobody("tablets", name="of the tablet"),
)
