"""What officers write to the people of a course or to many who completed one, and texts that they keep for that."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from storage.tables.base import UtcDateTime, id_column, metadata
from storage.tables.rules import of_nobody

# To whom one goes stands in the outbox, whose `about` is its id.
announcements = Table(
    "announcements",
    metadata,
    id_column(),
    Column("course_id", ForeignKey("courses.id")),  # or to who completed one, wherever
    Column("whom", Text, nullable=False),
    Column("place", Text, nullable=False),  # words of where they learnt, or came from
    Column("term", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("cost", Integer, nullable=False),  # won
    Column("written_by", Text, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("paused_at", UtcDateTime),
    Column("taken_back_at", UtcDateTime),  # after some were told
    info=of_nobody("what an officer wrote to many, in which numbers of persons are refused"),
)

message_templates = Table(
    "message_templates",
    metadata,
    id_column(),
    Column("name", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    info=of_nobody("texts that officers use again", name="of the text"),
)
