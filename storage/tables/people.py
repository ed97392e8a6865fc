"""Residents, where they write from, and what they agreed to and want."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from storage.tables.base import UtcDateTime, column_of, id_column, metadata

residents = Table(
    "residents",
    metadata,
    id_column(),
    Column("name", Text),
    Column("birth_year", Integer),
    Column("mobile", Text),
    Column("proven_mobile", Text),  # by their own contact or an officer; what they tell now may be another
    Column("dong", Text),
    Column("tie", Text),
    Column("target", Text),
    Column("language", Text, nullable=False),
    Column("is_simple", Boolean, nullable=False, server_default=text("false")),
    Column("simple_declined_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "mobile"),
)

addresses = Table(
    "addresses",
    metadata,
    id_column(),
    column_of("residents"),
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
    id_column(),
    column_of("residents"),
    Column("purpose", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("version", Text, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Index(None, "resident_id", "purpose"),
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
