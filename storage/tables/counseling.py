"""Counselors, their hours and appointments, and what became of those who completed a course."""

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
    literal_column,
    text,
)

from storage.tables.base import UtcDateTime, column_of, id_column, metadata
from storage.tables.rules import ITS_NUMBER, Blank, By, ByItself, Delete, Kept, Stay, Through, of_nobody, of_person

counselors = Table(
    "counselors",
    metadata,
    id_column(),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("directions", Text, nullable=False),
    Column("phone", Text, nullable=False),
    info=of_nobody("staff, as everybody is told", name="of a counselor", phone="of a counselor"),
)

counseling_hours = Table(
    "counseling_hours",
    metadata,
    id_column(),
    column_of("counselors"),
    Column("weekday", Integer, nullable=False),  # 0 is Monday
    Column("start_time", Time, nullable=False),
    Column("end_time", Time, nullable=False),
    UniqueConstraint("counselor_id", "weekday", "start_time"),
    info=of_nobody("hours of staff"),
)

# On such a day these hours stand in place of the weekly ones; without times it is a day off.
counseling_days = Table(
    "counseling_days",
    metadata,
    id_column(),
    column_of("counselors"),
    Column("day", Date, nullable=False),
    Column("start_time", Time),
    Column("end_time", Time),
    Index(None, "counselor_id", "day"),
    info=of_nobody("hours of staff"),
)

_LIVE = text("ended_at IS NULL")
IS_OPEN: ColumnElement[bool] = literal_column("state IN ('booked', 'moved')")
"""Of an appointment: nothing is noted of it. In these words the index is found."""

# An appointment that has no `ended_at` holds its slot, and is the one that its resident may have.
appointments = Table(
    "appointments",
    metadata,
    id_column(),
    column_of("counselors"),
    column_of("residents"),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("topic", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("registered", Boolean, nullable=False, server_default=text("false")),  # as a job seeker
    Column("placed", Boolean, nullable=False, server_default=text("false")),
    Column("note", Text, nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("channel", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),  # when staff moved, cancelled or noted it
    Column("ended_at", UtcDateTime),
    Index(None, "starts_at"),
    Index("ix_appointments_open", "starts_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    Index(None, "decided_at"),
    Index(None, "resident_id"),
    Index("uq_appointments_slot", "counselor_id", "starts_at", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    Index("uq_appointments_live", "resident_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    info=of_person(
        By(),
        export="starts_at topic way state registered placed note channel created_at decided_at ended_at",
        withheld={
            "id": ITS_NUMBER,
            "counselor_id": "it leads to somebody else",
            "revision": ITS_NUMBER,
        },
        erasing=Blank("talks are counted in the figures of the year", {"note": ""}),
        merging=ByItself(),
        kept=Kept.COUNSELING,
    ),
)

# How somebody is doing some months after completing a course; a row is there once it was asked.
followups = Table(
    "followups",
    metadata,
    Column("enrollment_id", ForeignKey("enrollments.id"), primary_key=True, autoincrement=False),
    Column("stage", Integer, primary_key=True, autoincrement=False),  # months after completion
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answer", Text),
    Column("answered_at", UtcDateTime),  # the first time
    Index(None, "asked_at"),
    info=of_person(
        Through("enrollment_id", "enrollments"),
        export="stage asked_at answer answered_at",
        erasing=Blank("what became of completers is counted in the figures of the year"),
        merging=Stay("it follows its enrollment"),
        kept=Kept.APPLICATIONS,
    ),
)

instructor_candidates = Table(
    "instructor_candidates",
    metadata,
    Column("enrollment_id", ForeignKey("enrollments.id"), primary_key=True, autoincrement=False),
    Column("since", UtcDateTime, nullable=False),
    Column("course_id", ForeignKey("courses.id")),  # that they teach; NULL while they only would like to
    Column("assigned_at", UtcDateTime),
    Column("replaced", Text, nullable=False, server_default=""),  # what was told of the instructor before
    Index(None, "course_id"),
    Index(None, "assigned_at"),
    info=of_person(
        Through("enrollment_id", "enrollments"),
        export="since course_id assigned_at",
        withheld={"replaced": "it is of the course"},
        erasing=Delete(),
        merging=Stay("it follows its enrollment"),
        kept=Kept.APPLICATIONS,
    ),
)
