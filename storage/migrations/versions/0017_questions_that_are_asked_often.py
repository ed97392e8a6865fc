"""Questions that officers answer often, each with its source and date."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    listed = storage.tables.Listed(str)
    op.create_table(
        "common_questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("wordings", listed, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("question_en", sa.Text(), nullable=False),
        sa.Column("wordings_en", listed, nullable=False),
        sa.Column("answer_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_common_questions")),
        sa.UniqueConstraint("code", name=op.f("uq_common_questions_code")),
    )
