"""Surveys, and what is sealed."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
    )
    op.create_table(
        "surveys",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_surveys_code_version")),
    )
    op.create_table(
        "survey_rounds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("opens_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_survey_rounds_course_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_rounds_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_rounds")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_rounds_code")),
        sa.UniqueConstraint("key", name=op.f("uq_survey_rounds_key")),
    )
    op.create_index(op.f("ix_survey_rounds_opens_at"), "survey_rounds", ["opens_at"], unique=False)
    op.create_table(
        "survey_answers",
        sa.Column(
            "round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_answers_round_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_answers_survey_id")),
        sa.PrimaryKeyConstraint("round_id", "question", "id", name=op.f("pk_survey_answers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_entries",
        sa.Column(
            "round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_entries_round_id")),
        sa.PrimaryKeyConstraint("round_id", "digest", name=op.f("pk_survey_entries")),
    )
    op.create_table(
        "survey_pending",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_pending_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_pending")),
    )
    op.create_index(op.f("ix_survey_pending_round_id"), "survey_pending", ["round_id"], unique=False)
    op.create_table(
        "survey_receipts",
        sa.Column(
            "round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_survey_receipts_resident_id")),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_receipts_round_id")),
        sa.PrimaryKeyConstraint("round_id", "resident_id", name=op.f("pk_survey_receipts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_signed_answers",
        sa.Column(
            "round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_survey_signed_answers_resident_id")),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_signed_answers_round_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_signed_answers_survey_id")),
        sa.PrimaryKeyConstraint("round_id", "question", "id", name=op.f("pk_survey_signed_answers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_turnout",
        sa.Column(
            "round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_turnout_round_id")),
        sa.PrimaryKeyConstraint("round_id", "day", "channel", name=op.f("pk_survey_turnout")),
    )
    _seal("drafts", log=False)
    _seal("inbox", body=False, reply=True)
    op.add_column("inbox", sa.Column("form", sa.Text(), nullable=True))
    said_in_form = sa.text("form IS NOT NULL")
    op.create_index("ix_inbox_form", "inbox", ["form"], sqlite_where=said_in_form, postgresql_where=said_in_form)


def _seal(table: str, **nullable: bool) -> None:
    """JSON becomes bytes; what was stored before stays legible, as bytes of the same JSON."""
    with op.batch_alter_table(table) as batch:
        for name, is_nullable in nullable.items():
            batch.alter_column(
                name,
                existing_type=sa.JSON(),
                type_=sa.LargeBinary(),
                existing_nullable=is_nullable,
                postgresql_using=f"convert_to({name}::text, 'UTF8')",
            )
