"""What residents want of job postings: fields and rhythm of their digest, what they keep, and what they don't want."""

from sqlalchemy import Column, ForeignKey, Table, Text

from storage.tables.base import UtcDateTime, metadata


def _of_resident() -> Column[int]:
    return Column("resident_id", ForeignKey("residents.id"), primary_key=True, autoincrement=False)


def _of_posting() -> Column[int]:
    return Column("posting_id", ForeignKey("postings.id"), primary_key=True, autoincrement=False)


job_wishes = Table(
    "job_wishes",
    metadata,
    _of_resident(),
    Column("rhythm", Text, nullable=False),  # daily or weekly
)

job_fields = Table("job_fields", metadata, _of_resident(), Column("category", Text, primary_key=True))

saved_postings = Table(
    "saved_postings", metadata, _of_resident(), _of_posting(), Column("saved_at", UtcDateTime, nullable=False)
)

dismissed_postings = Table("dismissed_postings", metadata, _of_resident(), _of_posting())
