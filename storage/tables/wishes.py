"""What residents want: courses, to be called, and of job postings fields and rhythm, what they keep and don't want."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from storage.keys.sealing import SealedText
from storage.tables.base import UtcDateTime, column_of, id_column, metadata
from storage.tables.rules import ITS_NUMBER, By, ByItself, Delete, Kept, Unite, of_nobody, of_person


def _of_resident() -> Column[int]:
    return Column("resident_id", ForeignKey("residents.id"), primary_key=True, autoincrement=False)


def _of_posting() -> Column[int]:
    return Column("posting_id", ForeignKey("postings.id"), primary_key=True, autoincrement=False)


job_wishes = Table(
    "job_wishes",
    metadata,
    _of_resident(),
    Column("rhythm", Text, nullable=False),  # daily or weekly
    info=of_person(By(), export="rhythm", erasing=Delete(), merging=Unite(by=()), kept=Kept.WITH_PERSON),
)

job_fields = Table(
    "job_fields",
    metadata,
    _of_resident(),
    Column("category", Text, primary_key=True),
    info=of_person(By(), export="category", erasing=Delete(), merging=Unite(by=("category",)), kept=Kept.WITH_PERSON),
)

saved_postings = Table(
    "saved_postings",
    metadata,
    _of_resident(),
    _of_posting(),
    Column("saved_at", UtcDateTime, nullable=False),
    info=of_person(
        By(), export="posting_id saved_at", erasing=Delete(), merging=Unite(by=("posting_id",)), kept=Kept.WITH_PERSON
    ),
)

dismissed_postings = Table(
    "dismissed_postings",
    metadata,
    _of_resident(),
    _of_posting(),
    info=of_person(
        By(), export="posting_id", erasing=Delete(), merging=Unite(by=("posting_id",)), kept=Kept.WITH_PERSON
    ),
)

# Once told, a row stays: the key of its notice is what keeps it from being told again.
awaited_courses = Table(
    "awaited_courses",
    metadata,
    id_column(),
    column_of("residents"),
    column_of("courses"),
    Column("since", UtcDateTime, nullable=False),
    UniqueConstraint("resident_id", "course_id"),
    Index(None, "course_id"),
    info=of_person(
        By(),
        export="course_id since",
        withheld={"id": ITS_NUMBER},
        erasing=Delete(),
        merging=Unite(by=("course_id",)),
        kept=Kept.WISHES,
    ),
)

# What was looked for in vain: never who, where or at what time. Old buttons carry ids, so none is given out again.
missed_phrases = Table(
    "missed_phrases",
    metadata,
    id_column(),
    Column("phrase", Text, nullable=False, unique=True),  # compact
    Column("words", Text, nullable=False),  # as they are shown
    Column("count", Integer, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("state", Text, nullable=False),
    sqlite_autoincrement=True,
    info=of_nobody("words that found nothing, without who said them"),
)

course_wishes = Table(
    "course_wishes",
    metadata,
    id_column(),
    column_of("residents"),
    Column("words", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    UniqueConstraint("resident_id", "words"),
    Index(None, "words"),
    sqlite_autoincrement=True,
    info=of_person(
        By(),
        export="words since",
        withheld={"id": ITS_NUMBER},
        erasing=Delete(),
        merging=Unite(by=("words",)),
        kept=Kept.WISHES,
    ),
)

_OPEN = text("ended_at IS NULL")

# Who wants to be called: the number and the words go with the row, soon after it is over.
callbacks = Table(
    "callbacks",
    metadata,
    id_column(),
    column_of("residents"),
    Column("number", SealedText, nullable=False),  # E.164
    Column("suits", SealedText, nullable=False),  # morning, afternoon, any, or in their own words
    Column("about", SealedText),
    Column("channel", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("outcome", Text),  # called or withdrawn, once it has ended
    Index(None, "resident_id"),
    Index(None, "ended_at"),
    Index("uq_callbacks_open", "resident_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    sqlite_autoincrement=True,
    info=of_person(
        By(),
        export="number suits about channel since ended_at outcome",
        withheld={"id": ITS_NUMBER},
        erasing=Delete(),
        merging=ByItself(),
        kept=Kept.CALLBACKS,
    ),
)
