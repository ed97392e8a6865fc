"""Courses, their classes, who is enrolled, and how seats were drawn."""

from datetime import date

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from storage.tables.base import Key, Listed, UtcDateTime, column_of, id_column, metadata
from storage.tables.rules import Blank, By, ByItself, Kept, of_nobody, of_person

courses = Table(
    "courses",
    metadata,
    id_column(),
    Column("code", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("term", Text, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("daypart", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("directions", Text, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("waitlist_capacity", Integer, nullable=False),
    Column("minimum", Integer, nullable=False),
    Column("apply_start", UtcDateTime, nullable=False),
    Column("apply_end", UtcDateTime, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("end_date", Date, nullable=False),
    Column("weekdays", Listed(int), nullable=False),
    Column("start_time", Time, nullable=False),
    Column("end_time", Time, nullable=False),
    Column("days_off", Listed(date), nullable=False),
    Column("selection", Text, nullable=False),
    Column("priority", Listed(str), nullable=False),
    Column("audience", Text, nullable=False),
    Column("open_to", Text, nullable=False),
    Column("minimum_age", Integer, nullable=False),
    Column("term_limit", Integer, nullable=False),
    Column("instructor", Text, nullable=False),
    Column("supplies", Text, nullable=False),
    Column("material_fee", Integer, nullable=False),
    Column("textbook_fee", Integer, nullable=False),
    Column("exam_fee", Integer, nullable=False),
    Column("completion_rule", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("keywords", Listed(str), nullable=False),
    Column("contact", Text, nullable=False),
    Column("counts_toward_kpi", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("offer_hours", Integer, nullable=False, server_default="24"),
    Column("last_call_days", Integer, nullable=False, server_default="2"),
    Column("confirm_hours", Integer, nullable=False, server_default="0"),
    Column("payment", Text, nullable=False, server_default=""),
    Column("title_en", Text, nullable=False, server_default=""),
    Column("certificate_en", Text, nullable=False, server_default=""),
    Column("venue_en", Text, nullable=False, server_default=""),
    Column("directions_en", Text, nullable=False, server_default=""),
    Column("audience_en", Text, nullable=False, server_default=""),
    Column("supplies_en", Text, nullable=False, server_default=""),
    Column("payment_en", Text, nullable=False, server_default=""),
    Column("description_en", Text, nullable=False, server_default=""),
    Column("parking", Text, nullable=False, server_default=""),
    Column("parking_en", Text, nullable=False, server_default=""),
    Column("lift", Text, nullable=False, server_default=""),
    Column("access", Text, nullable=False, server_default=""),
    Column("access_en", Text, nullable=False, server_default=""),
    Column("map", Text, nullable=False, server_default=""),
    Column("every_weeks", Integer, nullable=False, server_default="1"),
    Column("extra_days", Listed(date), nullable=False, server_default=""),
    Column("cancel_reason", Text, nullable=False, server_default=""),
    Column("offline_seats", Integer, nullable=False, server_default="0"),
    Column("offline_until", UtcDateTime),
    Column("completion_percent", Integer),  # null is what the organization has for all, here and below
    Column("late_minutes", Integer),
    Column("lates_per_absence", Integer),
    Column("no_show", Text, nullable=False, server_default=""),
    Index(None, "apply_end"),
    Index(None, "end_date"),
    info=of_nobody("courses, with what is told of their instructors to everybody"),
)

sessions = Table(
    "sessions",
    metadata,
    id_column(),
    column_of("courses"),
    Column("number", Integer, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("planned_at", UtcDateTime),  # where the course file has it, once it was moved by hand
    UniqueConstraint("course_id", "number"),
    Index(None, "starts_at"),
    info=of_nobody("classes of courses"),
)

# What became of a session: it was moved, dropped (`new_starts_at` is null) or added (`old_starts_at` is null).
session_changes = Table(
    "session_changes",
    metadata,
    id_column(),
    column_of("courses"),
    Column("session_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("old_starts_at", UtcDateTime),
    Column("new_starts_at", UtcDateTime),
    Column("revision", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("planned_at", UtcDateTime),  # where the course file still has it, when it was dropped by hand
    Index(None, "course_id"),
    Index(None, "changed_at"),
    info=of_nobody("classes of courses"),
)

# What a course was like before a change that those in it are told of: fields and their values.
course_changes = Table(
    "course_changes",
    metadata,
    id_column(),
    column_of("courses"),
    Column("before", JSON, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index(None, "course_id"),
    Index(None, "changed_at"),
    info=of_nobody("fields of courses"),
)

enrollments = Table(
    "enrollments",
    metadata,
    id_column(),
    column_of("courses"),
    column_of("residents"),
    Column("state", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("applied_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("rank", Integer, nullable=False, server_default="0"),  # the place that a draw or a selection gave
    Column("line_order", Integer, nullable=False, server_default="0"),  # an officer's word: less is sooner, before rank
    Column("decided_at", UtcDateTime),  # when it was offered, drawn, selected or rejected
    Column("offer_until", UtcDateTime),
    Column("ended_from", Text),  # the state in which a resident ended it
    Column("source", Text),  # digest of where it came from, another one each day
    Column("unchecked_since", UtcDateTime),  # an officer has to look at it before it counts
    Column("end_reason", Text, nullable=False, server_default=""),  # why an officer ended it, as residents read it
    Column("origin", Text),  # the flyer, poster or link that had led them here
    Column("seated_at", UtcDateTime),  # from when on the seat was theirs; null in older rows is from the start
    Column("no_show_waived", Text, nullable=False, server_default=""),  # why an officer lets an absence pass
    Index(None, "course_id", "state"),
    Index(None, "decided_at"),
    Index(None, "resident_id"),
    # A resident holds one seat a course, whatever the concurrency.
    Index(
        "uq_enrollments_live",
        "course_id",
        "resident_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    info=of_person(
        By(),
        export="id course_id state channel applied_at ended_at rank decided_at offer_until unchecked_since end_reason "
        "origin seated_at no_show_waived",
        withheld={
            "ended_from": "it only serves to take a cancellation back",
            "line_order": "it only serves to order the line",
            "source": "a digest that another key makes each day; it tells nothing but what came together",
        },
        erasing=Blank(
            "seats are counted in the figures of the year", {"source": None, "end_reason": "", "no_show_waived": ""}
        ),
        merging=ByItself(),
        kept=Kept.APPLICATIONS,
    ),
)

# Seats that an officer keeps for an institution until a moment; they are in use until `ended_at`.
seat_holds = Table(
    "seat_holds",
    metadata,
    id_column(),
    column_of("courses"),
    Column("institution", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("used", Integer, nullable=False, server_default="0"),
    Column("until", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(None, "course_id"),
    CheckConstraint("used <= seats", name="ck_seat_holds_used"),
    info=of_nobody("how many seats are kept for which institution"),
)

# What flyers, posters and links are called that carry a code ("centre") and lead here.
origins = Table(
    "origins",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    info=of_nobody("names of centres and flyers", name="of a centre or a flyer"),
)

# How often a code was followed on a day, and to which course; 0 is none.
origin_looks = Table(
    "origin_looks",
    metadata,
    Column("day", Date, primary_key=True),
    Column("origin", Text, primary_key=True),
    Column("course_id", Key, primary_key=True, autoincrement=False),
    Column("looks", Integer, nullable=False),
    info=of_nobody("counts of days"),
)

draws = Table(
    "draws",
    metadata,
    Column("course_id", ForeignKey("courses.id"), primary_key=True, autoincrement=False),
    Column("seed", Text, nullable=False),
    Column("drawn_at", UtcDateTime),
    Column("seats", Integer),
    Column("applications", JSON(none_as_null=True)),
    Column("applications_hash", Text),
    Column("public_name", Text),  # what nobody knows until the list is fixed; "" is none, by an officer's word
    Column("fixed_at", UtcDateTime),  # from when on the list stays as it is
    Column("public_at", UtcDateTime),  # when the value is published
    Column("public_value", Text),
    info=of_nobody("numbers of applications, which anybody may draw again; whose they are stands in enrollments"),
)
