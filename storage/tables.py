"""Every table, in one MetaData."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC: SQLite drops offsets, so naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        moment: datetime | None = value
        return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only in INTEGER columns


def _id() -> Column[int]:
    return Column("id", Key, primary_key=True)


def _of(table: str) -> Column[int]:
    column = f"{table[:-1]}_id"
    return Column(column, ForeignKey(f"{table}.id"), nullable=False)


residents = Table(
    "residents",
    metadata,
    _id(),
    Column("name", Text),
    Column("birth_year", Integer),
    Column("mobile", Text),
    Column("dong", Text),
    Column("tie", Text),
    Column("target", Text),
    Column("language", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "mobile"),
)

addresses = Table(
    "addresses",
    metadata,
    _id(),
    _of("residents"),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("origin", Text),
    Column("unreachable", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "address"),
    Index(None, "resident_id"),
)

consents = Table(
    "consents",
    metadata,
    _id(),
    _of("residents"),
    Column("purpose", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("version", Text, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Index(None, "resident_id", "purpose"),
)

courses = Table(
    "courses",
    metadata,
    _id(),
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
    Column("weekdays", Text, nullable=False),
    Column("start_time", Time, nullable=False),
    Column("end_time", Time, nullable=False),
    Column("days_off", Text, nullable=False),
    Column("selection", Text, nullable=False),
    Column("priority", Text, nullable=False),
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
    Column("keywords", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("counts_toward_kpi", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("offer_hours", Integer, nullable=False, server_default="24"),
    Column("last_call_days", Integer, nullable=False, server_default="2"),
    Column("confirm_hours", Integer, nullable=False, server_default="0"),
    Column("cancel_reason", Text, nullable=False, server_default=""),
    Index(None, "apply_end"),
)

sessions = Table(
    "sessions",
    metadata,
    _id(),
    _of("courses"),
    Column("number", Integer, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("planned_at", UtcDateTime),  # where the course file has it, once it was moved by hand
    UniqueConstraint("course_id", "number"),
    Index(None, "starts_at"),
)

# What became of a session: it was moved, or dropped (`new_starts_at` is null).
session_changes = Table(
    "session_changes",
    metadata,
    _id(),
    _of("courses"),
    Column("session_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("old_starts_at", UtcDateTime, nullable=False),
    Column("new_starts_at", UtcDateTime),
    Column("revision", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("planned_at", UtcDateTime),  # where the course file still has it, when it was dropped by hand
    Index(None, "course_id"),
    Index(None, "changed_at"),
)

enrollments = Table(
    "enrollments",
    metadata,
    _id(),
    _of("courses"),
    _of("residents"),
    Column("state", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("applied_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("rank", Integer, nullable=False, server_default="0"),  # the place that a draw or a selection gave
    Column("decided_at", UtcDateTime),  # when it was offered, drawn, selected or rejected
    Column("offer_until", UtcDateTime),
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
)

drafts = Table(
    "drafts",
    metadata,
    _id(),
    _of("residents"),
    Column("form", Text, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("log", JSON, nullable=False),
    Column("touched_at", UtcDateTime, nullable=False),
    UniqueConstraint("resident_id", "form", "subject"),
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("channel", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reply", JSON(none_as_null=True)),
    Column("settled_at", UtcDateTime),
    Column("failure", Text),
    UniqueConstraint("channel", "key"),
    Index(None, "channel", "address", "id"),
    Index(
        "ix_inbox_due", "due_at", sqlite_where=text("due_at IS NOT NULL"), postgresql_where=text("due_at IS NOT NULL")
    ),
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
)

mutes = Table(
    "mutes",
    metadata,
    Column("resident_id", ForeignKey("residents.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
)

interests = Table(
    "interests",
    metadata,
    Column("resident_id", ForeignKey("residents.id"), primary_key=True),
    Column("topic", Text, primary_key=True),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    _of("residents"),
    Column("about", BigInteger, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("started_at", UtcDateTime),
    Column("outcome", Text),
    Column("reason", Text),
    Column("channel", Text),
    Column("message_id", Text),
    Column("settled_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
    Index(
        "ix_outbox_owed",
        "rank",
        "due_at",
        sqlite_where=text("outcome IS NULL AND started_at IS NULL"),
        postgresql_where=text("outcome IS NULL AND started_at IS NULL"),
    ),
    Index(
        "ix_outbox_unsettled",
        "started_at",
        sqlite_where=text("outcome IS NULL AND started_at IS NOT NULL"),
        postgresql_where=text("outcome IS NULL AND started_at IS NOT NULL"),
    ),
    Index(
        "ix_outbox_unseen",
        "resident_id",
        sqlite_where=text("outcome = 'unreached' AND seen_at IS NULL"),
        postgresql_where=text("outcome = 'unreached' AND seen_at IS NULL"),
    ),
)
