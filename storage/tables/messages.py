"""What came in, what is half filled in, and what is to go out."""

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

from storage.keys.sealing import Sealed
from storage.tables.base import UtcDateTime, column_of, id_column, metadata
from storage.tables.rules import ITS_NUMBER, WHOSE, AtTheirAddress, By, ByItself, Delete, Kept, Stay, of_person

ANNOUNCED = "kind IN ('announcement', 'announcement_news')"  # what officers wrote to many

drafts = Table(
    "drafts",
    metadata,
    id_column(),
    column_of("residents"),
    Column("form", Text, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("log", Sealed(4096), nullable=False),
    Column("touched_at", UtcDateTime, nullable=False),
    UniqueConstraint("resident_id", "form", "subject"),
    info=of_person(
        By(),
        export="form subject log touched_at",
        withheld={"id": ITS_NUMBER},
        erasing=Delete(),
        merging=ByItself(),
        kept=Kept.DRAFTS,
    ),
)

inbox = Table(
    "inbox",
    metadata,
    id_column(),
    Column("channel", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("body", Sealed, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reply", Sealed),
    Column("form", Text),  # the form that it was said in, so that what a secret form was told can be taken back
    Column("settled_at", UtcDateTime),
    Column("failure", Text),
    UniqueConstraint("channel", "key"),
    Index(None, "channel", "address", "id"),
    Index("ix_inbox_form", "form", sqlite_where=text("form IS NOT NULL"), postgresql_where=text("form IS NOT NULL")),
    Index(
        "ix_inbox_due", "due_at", sqlite_where=text("due_at IS NOT NULL"), postgresql_where=text("due_at IS NOT NULL")
    ),
    info=of_person(
        AtTheirAddress(),
        export="channel body received_at reply",
        withheld={
            "id": ITS_NUMBER,
            "key": "the channel's number of the message",
            "address": WHOSE,
            "due_at": "how the message was handled",
            "attempts": "how the message was handled",
            "form": "how the message was handled",
            "settled_at": "how the message was handled",
            "failure": "how the message was handled",
        },
        erasing=Delete(),
        merging=Stay("it follows its address"),
        kept=Kept.TALK,
    ),
)

UNHEARD: ColumnElement[bool] = literal_column("outcome IN ('unreached', 'refused', 'unknown') AND seen_at IS NULL")
"""Of a notice: it did not arrive for sure, and nobody was told otherwise. In these words the index is found."""

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    column_of("residents"),
    Column("address_id", BigInteger),  # of the only chat in which it is told
    Column("about", BigInteger, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("started_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),  # by a way that tells later what became of it
    Column("outcome", Text),
    Column("reason", Text),
    Column("channel", Text),
    Column("message_id", Text),
    Column("settled_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
    Index(None, "resident_id"),
    Index("ix_outbox_announced", "about", sqlite_where=text(ANNOUNCED), postgresql_where=text(ANNOUNCED)),
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
    Index("ix_outbox_unheard", "expires_at", sqlite_where=UNHEARD, postgresql_where=UNHEARD),
    Index(
        "ix_outbox_unseen",
        "resident_id",
        sqlite_where=text("outcome = 'unreached' AND seen_at IS NULL"),
        postgresql_where=text("outcome = 'unreached' AND seen_at IS NULL"),
    ),
    info=of_person(
        By(),
        export="kind due_at outcome channel settled_at seen_at",
        withheld={
            "id": ITS_NUMBER,
            "key": ITS_NUMBER,
            "rank": "how the notice was handled",
            "address_id": "the chat itself is handed out",
            "about": "what it spoke of is handed out itself",
            "expires_at": "how the notice was handled",
            "attempts": "how the notice was handled",
            "started_at": "how the notice was handled",
            "accepted_at": "how the notice was handled",
            "reason": "how the notice was handled",
            "message_id": "the channel's number of the message",
        },
        erasing=Delete(),
        merging=ByItself(),
        kept=Kept.NOTICES,
    ),
)
