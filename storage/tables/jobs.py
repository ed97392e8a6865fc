"""Job postings from every door, what their sources sent, and how each run of a source went."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.tables.base import UtcDateTime, id_column, metadata
from storage.tables.rules import of_nobody


def _of_shown(name: str, *columns: str) -> Index:
    shown = text("hidden_at IS NULL AND duplicate_of IS NULL")
    return Index(name, *columns, sqlite_where=shown, postgresql_where=shown)


postings = Table(
    "postings",
    metadata,
    id_column(),
    Column("source", Text, nullable=False),  # work24, seoul, file or desk
    Column("source_key", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("occupation", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("region_code", Text, nullable=False),
    Column("salary", Text, nullable=False),
    Column("employment", Text, nullable=False),
    Column("education", Text, nullable=False),
    Column("career", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("daypart", Text, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("benefits", Text, nullable=False),
    Column("openings", Integer),
    Column("close_on", Date),
    Column("until_filled", Boolean, nullable=False),
    Column("registered_on", Date),
    Column("url", Text, nullable=False),
    Column("institution", Text, nullable=False),
    Column("listed_on", Date, nullable=False),  # registered, or first seen: lists have the newest first
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("missed", Integer, nullable=False, server_default="0"),  # good full runs in a row without it
    Column("hidden_at", UtcDateTime),
    Column("is_barred", Boolean, nullable=False, server_default=false()),  # an officer hid it: no source brings it back
    Column("duplicate_of", ForeignKey("postings.id")),
    Column("hash", Text, nullable=False),
    Column("twin", Text, nullable=False),  # alike for the same job in another source; "" where that can't be told
    Column("search", Text, nullable=False),
    Column("description", Text, nullable=False),
    UniqueConstraint("source", "source_key"),
    _of_shown("ix_postings_shown", "listed_on", "id"),
    _of_shown("ix_postings_shown_category", "category", "listed_on", "id"),
    _of_shown("ix_postings_shown_region", "region_code", "listed_on", "id"),
    _of_shown("ix_postings_shown_new", "category", "first_seen_at"),
    Index(None, "twin"),
    Index(None, "duplicate_of"),
    info=of_nobody("postings, from which names and numbers are taken out before they are kept"),
)

posting_payloads = Table(
    "posting_payloads",
    metadata,
    Column("posting_id", ForeignKey("postings.id"), primary_key=True, autoincrement=False),
    Column("payload", JSON, nullable=False),
    Column("received_at", UtcDateTime, nullable=False, index=True),
    info=of_nobody("what feeds sent, masked likewise"),
)

feed_runs = Table(
    "feed_runs",
    metadata,
    id_column(),
    Column("source", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("outcome", Text, nullable=False),  # ok, empty or failed
    Column("reason", Text, nullable=False),
    Column("new", Integer, nullable=False, server_default="0"),
    Column("updated", Integer, nullable=False, server_default="0"),
    Column("same", Integer, nullable=False, server_default="0"),
    Column("skipped", Integer, nullable=False, server_default="0"),
    Column("hidden", Integer, nullable=False, server_default="0"),
    Index(None, "source", "started_at"),
    info=of_nobody("how feeds went"),
)
