"""What officers did and looked at: only ever added to, each entry bound to the one before."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Table, Text

from storage.tables.base import Key, UtcDateTime, id_column, metadata

journal = Table(
    "journal",
    metadata,
    id_column(),
    Column("at", UtcDateTime, nullable=False),
    Column("officer", Text, nullable=False),
    Column("origin", Text, nullable=False),  # from where: the command line, the console
    Column("action", Text, nullable=False),
    Column("args", JSON, nullable=False),
    Column("changes", JSON, nullable=False),  # rows before and after, as far as it can be undone
    Column("undoes_id", Key, ForeignKey("journal.id")),
    Column("digest", Text, nullable=False),
    Index(None, "at"),
    Index(None, "undoes_id"),
)

# What an entry touched, so that the history of a course or of a person can be read.
journal_subjects = Table(
    "journal_subjects",
    metadata,
    id_column(),
    Column("entry_id", Key, ForeignKey("journal.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Index(None, "entry_id"),
    Index(None, "kind", "subject_id"),
)
