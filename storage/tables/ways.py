"""What left by ways that cost money or tell later what became of it, and the texts that may leave by them."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from storage.keys.sealing import Sealed
from storage.tables.base import Key, UtcDateTime, column_of, id_column, metadata
from storage.tables.rules import ITS_NUMBER, Delete, Kept, Stay, Through, of_nobody, of_person

STANDS = text("outcome IS NULL OR outcome <> 'failed'")
ON_ITS_WAY = text("outcome IS NULL")

# A notice as it left once: what it cost, and what became of it. One that failed may leave again by another way.
dispatches = Table(
    "dispatches",
    metadata,
    id_column(),
    Column("notice_id", BigInteger().with_variant(Integer, "sqlite"), ForeignKey("outbox.id", ondelete="SET NULL")),
    Column("kind", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("batch", Text),  # whose outcome is asked for: a task of the Event API, a group of the dealer, a file
    Column("message_id", Text),  # by which its outcome is told: a digest where that would be somebody's address
    Column("cost", Integer, nullable=False),  # in hundredths of a won; 0 once it is known that it failed
    Column("is_text", Boolean, nullable=False, server_default=text("false")),  # it came as a text message instead
    Column("started_at", UtcDateTime, nullable=False),
    Column("accepted_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column("outcome", Text),
    Column("reason", Text),
    Index("ix_dispatches_stands", "notice_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
    Index(None, "notice_id"),
    Index(None, "started_at", "cost"),
    Index(None, "batch"),
    Index("ix_dispatches_on_its_way", "way", "started_at", sqlite_where=ON_ITS_WAY, postgresql_where=ON_ITS_WAY),
    info=of_nobody("money, and what became of it; the notice tells whom it was for, and goes with them"),
)

# What the dealer, or the district's own sender, has approved for a kind of notice.
notice_templates = Table(
    "notice_templates",
    metadata,
    id_column(),
    Column("way", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False),  # by which the sender knows it
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("is_usable", Boolean, nullable=False),  # approved, and all that it has to be filled with is known
    Column("reason", Text),  # why it isn't
    Column("looked_at", UtcDateTime, nullable=False),
    UniqueConstraint("way", "kind"),
    info=of_nobody("texts with places for names, and no names", name="of the template"),
)

# A file for the district's own sender. Its rows are fixed: made again it is the same, or it isn't made.
push_files = Table(
    "push_files",
    metadata,
    id_column(),
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False),  # of the template, as the sender knows it
    Column("name", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("withdrawn_at", UtcDateTime),  # it was never sent
    info=of_nobody("of which template a file was made and when", name="of the template"),
)

# What stands in a row of a file beside the number of its dispatch.
push_file_rows = Table(
    "push_file_rows",
    metadata,
    Column("dispatch_id", Key, ForeignKey("dispatches.id", ondelete="CASCADE"), primary_key=True),
    column_of("push_files"),
    Column("notice_id", Key, ForeignKey("outbox.id", ondelete="CASCADE"), nullable=False),
    Column("said", Sealed(256), nullable=False),  # number, name, and the values of the template
    Index(None, "push_file_id"),
    Index(None, "notice_id"),
    info=of_person(
        Through("notice_id", "outbox"),
        export="",
        withheld={
            "dispatch_id": ITS_NUMBER,
            "push_file_id": ITS_NUMBER,
            "said": "the notice that it was made of is handed out, and what is known of them",
        },
        erasing=Delete(),
        merging=Stay("it goes with its notice"),
        kept=Kept.NOTICES,
    ),
)
