"""What officers did and looked at: only ever added to, each entry bound to the one before.

The oldest leave when their time is over, and an entry tells how many and with which digest the last of them ended.
"""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Table, Text

from storage.tables.base import Key, UtcDateTime, id_column, metadata
from storage.tables.rules import ITS_NUMBER, WHOSE, AsSubject, Blank, Kept, Stay, of_person

journal = Table(
    "journal",
    metadata,
    id_column(),
    Column("at", UtcDateTime, nullable=False),
    Column("officer", Text, nullable=False),
    Column("origin", Text, nullable=False),  # from where: an address, a machine, a chat
    Column("action", Text, nullable=False),
    Column("args", JSON, nullable=False),
    Column("changes", JSON, nullable=False),  # rows before and after, as far as it can be undone
    Column("undoes_id", Key, ForeignKey("journal.id")),
    Column("digest", Text, nullable=False),
    Column("purpose", Text),  # what for; null in older entries, whose digests don't bind their subjects
    Index(None, "at"),
    Index(None, "undoes_id"),
    info=of_person(
        AsSubject(),
        export="at action purpose",
        withheld={
            "id": ITS_NUMBER,
            "officer": "residents are told the role, not the officer",
            "origin": "it tells where an officer sits",
            "args": "it may name others",
            "changes": "it may hold rows of others",
            "undoes_id": ITS_NUMBER,
            "digest": ITS_NUMBER,
        },
        erasing=Blank("law asks to keep who looked at and changed whose data; it has no name of theirs"),
        merging=Stay("it tells what was done then"),
        kept=Kept.ACCESS_LOG,
    ),
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
    info=of_person(
        AsSubject(),
        export="",
        withheld={
            "id": ITS_NUMBER,
            "entry_id": "its entry is handed out",
            "kind": "its entry is handed out",
            "subject_id": WHOSE,
        },
        erasing=Blank("law asks to keep who looked at and changed whose data; it has no name of theirs"),
        merging=Stay("it tells what was done then"),
        kept=Kept.ACCESS_LOG,
    ),
)
