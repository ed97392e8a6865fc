"""Residents, where they write from, and what they agreed to and want."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.sealing import Sealed
from storage.tables.base import Key, Listed, UtcDateTime, column_of, id_column, metadata
from storage.tables.rules import (
    ITS_NUMBER,
    Blank,
    By,
    ByItself,
    Delete,
    Kept,
    Move,
    Stay,
    Through,
    Unite,
    of_nobody,
    of_person,
)

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
    Column("erased_at", UtcDateTime),  # nothing is known of them any more
    Column("merged_into", ForeignKey("residents.id")),  # they have another record, which is the one that counts
    Column("merged_at", UtcDateTime),
    Column("lent", Listed(str)),  # names of the columns that the other record took from this one
    Index(None, "mobile"),
    Index(None, "merged_into"),
    info=of_person(
        By("id"),
        export="name birth_year mobile dong tie target language is_simple created_at",
        withheld={
            "proven_mobile": "the same number, once somebody knew it to be theirs",
            "simple_declined_at": "so that they aren't asked again",
            "erased_at": "nobody is left to ask",
            "merged_into": "it leads to their other record",
            "merged_at": "how their records became one",
            "lent": "how their records became one",
        },
        erasing=Blank(
            "what stays of others' tables refers to it, and figures are counted by it",
            {
                **dict.fromkeys(("name", "birth_year", "mobile", "proven_mobile", "dong", "tie", "target")),
                "language": "ko",
                "is_simple": False,
                "simple_declined_at": None,
                "lent": None,
            },
        ),
        merging=ByItself(),
        kept=Kept.WITH_PERSON,
    ),
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
    info=of_person(
        By(),
        export="channel address origin created_at",
        withheld={"id": ITS_NUMBER, "unreachable": "how messages are sent"},
        erasing=Delete(),
        merging=Move(),
        kept=Kept.WITH_PERSON,
    ),
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
    info=of_person(
        By(),
        export="purpose given version text_hash channel decided_at",
        withheld={"id": ITS_NUMBER},
        erasing=Blank("that somebody agreed has to be shown for some years; it has no name of theirs"),
        merging=ByItself(),
        kept=Kept.CONSENTS,
    ),
)

mutes = Table(
    "mutes",
    metadata,
    Column("resident_id", ForeignKey("residents.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    info=of_person(By(), export="kind", erasing=Delete(), merging=Unite(by=("kind",)), kept=Kept.WITH_PERSON),
)

interests = Table(
    "interests",
    metadata,
    Column("resident_id", ForeignKey("residents.id"), primary_key=True),
    Column("topic", Text, primary_key=True),
    info=of_person(By(), export="topic", erasing=Delete(), merging=Unite(by=("topic",)), kept=Kept.WITH_PERSON),
)

# Who completed a course, where everything else of them was erased: a certificate can be asked for again for some years.
kept_completions = Table(
    "kept_completions",
    metadata,
    Column("enrollment_id", ForeignKey("enrollments.id"), primary_key=True, autoincrement=False),
    Column("who", Sealed(256), nullable=False),  # name and year of birth
    Column("until", Date, nullable=False),
    Index(None, "until"),
    info=of_person(
        Through("enrollment_id", "enrollments"),
        export="who until",
        erasing=Blank("law asks to keep who completed a course; it is sealed, and apart from all else"),
        merging=Stay("it follows its enrollment"),
        kept=Kept.COMPLETIONS,
    ),
)

# Whom nothing may be known of any more, so that a backup from before is put right: no name, no address.
erasures = Table(
    "erasures",
    metadata,
    Column("resident_id", Key, primary_key=True, autoincrement=False),
    Column("proof", Text, nullable=False),  # a digest of when they came: numbers may be given out again
    Column("erased_at", UtcDateTime, nullable=False),
    info=of_nobody("nothing is known of them", resident_id="of a record that was emptied"),
)

# Six digits that one chat shows and another one of the same person types. One that was typed is nobody else's.
link_codes = Table(
    "link_codes",
    metadata,
    id_column(),
    column_of("residents"),
    Column("address_id", BigInteger, nullable=False),  # of the chat that shows it
    Column("digest", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("typed_by", BigInteger),  # the record of the chat in which it was typed
    Column("used_at", UtcDateTime),
    Index(None, "digest"),
    Index(None, "resident_id"),
    info=of_person(
        By(),
        export="made_at until used_at",
        withheld={
            "id": ITS_NUMBER,
            "address_id": "the chat itself is handed out",
            "digest": "it is over within minutes",
            "typed_by": "it may be somebody else's",
        },
        erasing=Delete(),
        merging=Stay("it is over within minutes"),
        kept=Kept.TALK,
    ),
)

# Wrong codes, so that nobody finds one by trying: digests of the chat and of the network that they came from.
link_guesses = Table(
    "link_guesses",
    metadata,
    id_column(),
    Column("chat", Text, nullable=False),
    Column("source", Text, nullable=False),  # "" where chats are accounts
    Column("at", UtcDateTime, nullable=False),
    Index(None, "at"),
    info=of_nobody("digests, which nobody can lead back to a chat, and for a day only"),
)
