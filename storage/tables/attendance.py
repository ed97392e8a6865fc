"""Who came to which class, certificates, and qualifications that people acquired."""

from sqlalchemy import JSON, BigInteger, Column, Date, Index, Table, Text, UniqueConstraint, text

from storage.keys.sealing import SealedText
from storage.tables.base import UtcDateTime, column_of, id_column, metadata
from storage.tables.rules import ITS_NUMBER, Blank, Kept, Stay, Through, of_person

_WITH_SEAT = Through("enrollment_id", "enrollments")
_STAYS = Stay("it goes with the enrollment")

# All that was ever said of a person and a class; at most one of them counts. The others tell what it was before,
# wait for an officer, or were dismissed. A class that was dropped keeps what was said of it, in case it comes back.
attendance = Table(
    "attendance",
    metadata,
    id_column(),
    Column("session_id", BigInteger, nullable=False),
    column_of("enrollments"),
    Column("mark", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("way", Text, nullable=False),  # by which it was said
    Column("marked_at", UtcDateTime, nullable=False),  # the clock of whoever said it, also without a network
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("entered_by", Text, nullable=False, server_default=""),  # the officer; "" is the resident
    Column("reason", Text, nullable=False, server_default=""),
    Column("key", Text, unique=True),  # of an entry that a device may send again
    Index(None, "enrollment_id"),
    Index(None, "session_id"),
    Index(None, "recorded_at"),
    Index(
        "uq_attendance_counts",
        "session_id",
        "enrollment_id",
        unique=True,
        sqlite_where=text("standing = 'counts'"),
        postgresql_where=text("standing = 'counts'"),
    ),
    info=of_person(
        _WITH_SEAT,
        export="session_id enrollment_id mark standing way marked_at recorded_at reason",
        withheld={
            "id": ITS_NUMBER,
            "entered_by": "it is the officer's name",
            "key": "it only serves to know what a device sends again",
        },
        erasing=Blank("attendance is counted in the figures of the year", {"reason": ""}),
        merging=_STAYS,
        kept=Kept.WITH_PERSON,
    ),
)

# What a certificate says, as it was printed. Whoever has the number or the code can have it confirmed.
certificates = Table(
    "certificates",
    metadata,
    id_column(),
    column_of("enrollments"),
    Column("number", Text, nullable=False, unique=True),  # "2026-000123"
    Column("code", Text, nullable=False, unique=True),  # 128 random bits, which stand in its QR code
    Column("name", SealedText),
    Column("facts", JSON, nullable=False),  # of the course, in the words that are printed
    Column("issued_at", UtcDateTime, nullable=False),
    Column("issued_by", Text, nullable=False, server_default=""),
    Column("revoked_at", UtcDateTime),
    Column("revoke_reason", Text, nullable=False, server_default=""),
    Column("replaced_by", Text),  # the number of the one that was issued in its place
    Index(None, "enrollment_id"),
    Index(
        "uq_certificates_valid",
        "enrollment_id",
        unique=True,
        sqlite_where=text("revoked_at IS NULL"),
        postgresql_where=text("revoked_at IS NULL"),
    ),
    info=of_person(
        _WITH_SEAT,
        export="enrollment_id number name facts issued_at revoked_at revoke_reason replaced_by",
        withheld={
            "id": ITS_NUMBER,
            "code": "it stands on the certificate itself",
            "issued_by": "it is the officer's name",
        },
        erasing=Blank(
            "whoever was shown a certificate can have its number confirmed, without a name",
            {"name": None, "revoke_reason": ""},
        ),
        merging=_STAYS,
        kept=Kept.WITH_PERSON,
    ),
)

# A qualification that somebody acquired after a course, as they or an officer told.
qualifications = Table(
    "qualifications",
    metadata,
    id_column(),
    column_of("enrollments"),  # of the course that led to it
    Column("name", Text, nullable=False),
    Column("grade", Text, nullable=False, server_default=""),
    Column("license_number", Text, nullable=False, server_default=""),
    Column("acquired_on", Date, nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("entered_by", Text, nullable=False, server_default=""),  # the officer; "" is the resident
    UniqueConstraint("enrollment_id", "name", "grade"),
    info=of_person(
        _WITH_SEAT,
        export="enrollment_id name grade license_number acquired_on told_at",
        withheld={"id": ITS_NUMBER, "entered_by": "it is the officer's name"},
        erasing=Blank("qualifications are counted in the figures of the year", {"license_number": ""}),
        merging=_STAYS,
        kept=Kept.WITH_PERSON,
    ),
)
