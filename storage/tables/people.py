"""Residents, where they write from, and what they agreed to and want."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Index, Table, Text, UniqueConstraint, text

from storage.keys import sealing
from storage.keys.sealing import Sealed, SealedNumber, SealedText
from storage.tables.base import ChangeNumber, Key, Listed, UtcDateTime, column_of, id_column, metadata
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


def _tag_of_mobile(context: Any) -> str | None:
    number = context.get_current_parameters().get("mobile")
    return sealing.of_dialect(context.dialect).tag("mobile", number) if number else None


residents = Table(
    "residents",
    metadata,
    id_column(),
    Column("name", SealedText),
    Column("birth_year", SealedNumber),
    Column("mobile", SealedText),
    Column("mobile_tag", Text, default=_tag_of_mobile, info={"tag_of": "mobile"}),  # by which it is looked up
    Column("proven_mobile", SealedText),  # by their own contact or an officer; what they tell now may be another
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
    Column("changed", BigInteger, nullable=False, server_default="0", default=ChangeNumber(), onupdate=ChangeNumber()),
    Index(None, "mobile_tag"),
    Index(None, "changed"),
    Index(None, "merged_into"),
    info=of_person(
        By("id"),
        export="name birth_year mobile dong tie target language is_simple created_at",
        withheld={
            "mobile_tag": "by which the number is looked up",
            "changed": "a number of the program's own, by which it reads anew what changed",
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
                **dict.fromkeys(
                    ("name", "birth_year", "mobile", "mobile_tag", "proven_mobile", "dong", "tie", "target")
                ),
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
    Column("is_main", Boolean, nullable=False, server_default=text("true")),  # else somebody speaks for them there
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "address", "resident_id"),
    Index(
        "ix_addresses_main",
        "channel",
        "address",
        unique=True,
        sqlite_where=text("is_main"),
        postgresql_where=text("is_main"),
    ),
    Index(None, "resident_id"),
    info=of_person(
        By(),
        export="channel address origin created_at",
        withheld={
            "id": ITS_NUMBER,
            "unreachable": "how messages are sent",
            "is_main": "an address at which somebody speaks for them is that person's",
        },
        erasing=Delete(),
        merging=ByItself(),
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
    Column("paper", Text),  # number of the sheet that was signed by hand
    Index(None, "resident_id", "purpose"),
    info=of_person(
        By(),
        export="purpose given version text_hash channel decided_at paper",
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

# What somebody can open once without a login: the digest of the token that is in the link.
one_time_links = Table(
    "one_time_links",
    metadata,
    id_column(),
    Column("digest", Text, nullable=False, unique=True),
    Column("purpose", Text, nullable=False),
    column_of("residents"),
    Column("subject", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index(None, "resident_id"),
    Index(None, "until"),
    info=of_person(
        By(),
        export="purpose made_at until used_at",
        withheld={"id": ITS_NUMBER, "digest": "it tells nobody anything", "subject": ITS_NUMBER},
        erasing=Delete(),
        merging=Move(),
        kept=Kept.WITH_PERSON,
    ),
)

# What went in a night because its time was over: how many of each kind, and nothing of whose.
retention_runs = Table(
    "retention_runs",
    metadata,
    Column("day", Date, primary_key=True),
    Column("began_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("counts", JSON, nullable=False),
    info=of_nobody("how many went in a night"),
)

# Six digits that one chat shows, or an officer tells, and another chat of the same person types. One that was typed is
# nobody else's.
link_codes = Table(
    "link_codes",
    metadata,
    id_column(),
    column_of("residents"),
    Column("address_id", BigInteger),  # of the chat that shows it, if one does
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
        kept=Kept.WITH_PERSON,
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
    Column("purpose", Text, nullable=False, server_default="link"),  # or "attend": a code of a class
    Index(None, "at"),
    info=of_nobody("digests, which nobody can lead back to a chat, and for a day only"),
)
