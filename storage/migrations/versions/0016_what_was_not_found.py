"""What residents looked for in vain, and the courses that they wish for."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "missed_phrases",
        sa.Column("id", key, nullable=False),
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_phrases")),
        sa.UniqueConstraint("phrase", name=op.f("uq_missed_phrases_phrase")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "course_wishes",
        sa.Column("id", key, nullable=False),
        sa.Column("resident_id", key, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_course_wishes_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_wishes")),
        sa.UniqueConstraint("resident_id", "words", name=op.f("uq_course_wishes_resident_id_words")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_course_wishes_words"), "course_wishes", ["words"], unique=False)
