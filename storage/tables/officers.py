"""Officers' accounts in the console, their courses, who stands in for whom, and who is signed in and how."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from storage.keys.sealing import Sealed, SealedText
from storage.tables.base import Listed, UtcDateTime, column_of, id_column, metadata
from storage.tables.rules import of_nobody

# Without a password it waits for its one-time link to be opened; a new link ends what was set before.
officers = Table(
    "officers",
    metadata,
    id_column(),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text),  # Argon2id, in the PHC string format
    Column("totp", SealedText),  # the secret that the phone has, too
    Column("totp_step", Integer),  # the last step whose code was taken: each is good once
    Column("recovery", Listed(str), nullable=False, server_default=""),  # digests of codes that are left
    Column("link", Text, unique=True),  # digest of the one-time link
    Column("link_until", UtcDateTime),
    Column("failures", Integer, nullable=False, server_default="0"),  # in a row, from browsers that aren't theirs
    Column("locked_until", UtcDateTime),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    info=of_nobody("accounts of staff", name="of an officer", totp="of an officer"),
)

officer_sessions = Table(
    "officer_sessions",
    metadata,
    id_column(),
    column_of("officers"),
    Column("digest", Text, nullable=False, unique=True),
    Column("began_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("told", Sealed()),  # what the last act did, as the next page shows it
    Column("counter_pin", Text),  # of a tablet that is the counter's until this is typed; Argon2id
    Column("counter_tries", Integer, nullable=False, server_default="0"),  # wrong ones
    Column("origin", Text),  # from where it began
    Column("tries", Integer, nullable=False, server_default="0"),  # wrong proofs that it was its owner, in a row
    Index(None, "officer_id"),
    info=of_nobody("who of staff is signed in", told="it goes with the next page, or within minutes"),
)

# Browsers from which somebody has signed in: strangers who guess elsewhere don't lock them out.
officer_devices = Table(
    "officer_devices",
    metadata,
    id_column(),
    column_of("officers"),
    Column("digest", Text, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),  # when somebody signed in there last
    Column("failures", Integer, nullable=False, server_default="0"),  # in a row
    Column("locked_until", UtcDateTime),
    UniqueConstraint("officer_id", "digest"),
    Index(None, "digest"),
    info=of_nobody("browsers of staff"),
)

officer_passkeys = Table(
    "officer_passkeys",
    metadata,
    id_column(),
    column_of("officers"),
    Column("name", Text, nullable=False),
    Column("credential", Text, nullable=False, unique=True),  # by which the device knows it, in base64url
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),  # as the device counts; 0 for ever where it doesn't
    Column("made_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index(None, "officer_id"),
    info=of_nobody("keys with which staff sign in", name="of an officer's device"),
)

# What a key is to sign: good once, not for long, and for the browser alone that holds the token.
officer_challenges = Table(
    "officer_challenges",
    metadata,
    id_column(),
    Column("officer_id", ForeignKey("officers.id")),  # none where the password was wrong, which isn't told
    Column("digest", Text, nullable=False, unique=True),
    Column("purpose", Text, nullable=False),
    Column("challenge", LargeBinary, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Index(None, "officer_id"),
    info=of_nobody("signing in of staff that isn't over"),
)

# The courses of those who see their own alone.
officer_courses = Table(
    "officer_courses",
    metadata,
    Column("officer_id", ForeignKey("officers.id"), primary_key=True, autoincrement=False),
    Column("course_id", ForeignKey("courses.id"), primary_key=True, autoincrement=False),
    Index(None, "course_id"),
    info=of_nobody("which courses staff may see"),
)

# From one day to another, both included, an officer may do what the one may for whom they stand in.
officer_deputies = Table(
    "officer_deputies",
    metadata,
    id_column(),
    column_of("officers"),
    Column("deputy_id", ForeignKey("officers.id"), nullable=False),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date, nullable=False),
    UniqueConstraint("officer_id", "deputy_id", "from_day"),
    Index(None, "deputy_id"),
    info=of_nobody("who of staff stands in for whom"),
)
