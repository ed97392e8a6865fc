"""Questions that officers answer often, with their answers."""

from sqlalchemy import Boolean, Column, Date, Table, Text

from storage.tables.base import Listed, id_column, metadata
from storage.tables.rules import of_nobody

common_questions = Table(
    "common_questions",
    metadata,
    id_column(),
    Column("code", Text, nullable=False, unique=True),
    Column("question", Text, nullable=False),
    Column("wordings", Listed(str), nullable=False),  # other ways to ask it
    Column("answer", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("question_en", Text, nullable=False),
    Column("wordings_en", Listed(str), nullable=False),
    Column("answer_en", Text, nullable=False),
    info=of_nobody("questions and answers that officers wrote"),
)
