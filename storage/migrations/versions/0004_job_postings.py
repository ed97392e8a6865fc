"""Job postings, their sources' payloads and runs, and the letter pairs that postings are searched by."""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _create_tables()
    # Each database's own full-text index; SQLAlchemy's MetaData knows neither.
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE posting_grams "
            "USING fts5(grams, detail=none, tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        op.execute(
            "CREATE TABLE posting_grams (posting_id BIGINT PRIMARY KEY REFERENCES postings (id), grams TEXT[] NOT NULL)"
        )
        op.execute("CREATE INDEX ix_posting_grams ON posting_grams USING gin (grams)")


def _create_tables() -> None:
    op.create_table(
        "feed_runs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("started_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("new", sa.Integer(), server_default="0", nullable=False),
        sa.Column("updated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("same", sa.Integer(), server_default="0", nullable=False),
        sa.Column("skipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hidden", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_runs")),
    )
    op.create_index(op.f("ix_feed_runs_source_started_at"), "feed_runs", ["source", "started_at"], unique=False)
    op.create_table(
        "postings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("occupation", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("salary", sa.Text(), nullable=False),
        sa.Column("employment", sa.Text(), nullable=False),
        sa.Column("education", sa.Text(), nullable=False),
        sa.Column("career", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("daypart", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("benefits", sa.Text(), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=True),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("until_filled", sa.Boolean(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("first_seen_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("missed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hidden_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("duplicate_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("twin", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["duplicate_of"], ["postings.id"], name=op.f("fk_postings_duplicate_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("source", "source_key", name=op.f("uq_postings_source_source_key")),
    )
    op.create_index(op.f("ix_postings_duplicate_of"), "postings", ["duplicate_of"], unique=False)
    op.create_index(
        "ix_postings_shown",
        "postings",
        ["listed_on", "id"],
        unique=False,
        sqlite_where=sa.text("hidden_at IS NULL AND duplicate_of IS NULL"),
        postgresql_where=sa.text("hidden_at IS NULL AND duplicate_of IS NULL"),
    )
    op.create_index(
        "ix_postings_shown_category",
        "postings",
        ["category", "listed_on", "id"],
        unique=False,
        sqlite_where=sa.text("hidden_at IS NULL AND duplicate_of IS NULL"),
        postgresql_where=sa.text("hidden_at IS NULL AND duplicate_of IS NULL"),
    )
    op.create_index(
        "ix_postings_shown_region",
        "postings",
        ["region_code", "listed_on", "id"],
        unique=False,
        sqlite_where=sa.text("hidden_at IS NULL AND duplicate_of IS NULL"),
        postgresql_where=sa.text("hidden_at IS NULL AND duplicate_of IS NULL"),
    )
    op.create_index(op.f("ix_postings_twin"), "postings", ["twin"], unique=False)
    op.create_table(
        "posting_payloads",
        sa.Column(
            "posting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("received_at", storage.tables.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("fk_posting_payloads_posting_id")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_posting_payloads")),
    )
    op.create_index(op.f("ix_posting_payloads_received_at"), "posting_payloads", ["received_at"], unique=False)
