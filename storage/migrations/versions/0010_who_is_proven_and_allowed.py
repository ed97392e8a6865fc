"""What counts toward the five, numbers that are handed out, and tablets that officers allow."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0010"
down_revision = "0009"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("survey_pending", sa.Column("is_aside", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "survey_lots",
        sa.Column("round_id", _id(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("unproven", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_lots_round_id")),
        sa.PrimaryKeyConstraint("round_id", "channel", name=op.f("pk_survey_lots")),
    )
    op.create_table(
        "survey_slips",
        sa.Column("round_id", _id(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("resident_id", _id(), nullable=True),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_survey_slips_resident_id")),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_slips_round_id")),
        sa.PrimaryKeyConstraint("round_id", "digest", name=op.f("pk_survey_slips")),
    )
    op.create_table(
        "kiosks",
        sa.Column("id", _id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("code_until", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("allowed_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("sitting", sa.Text(), nullable=True),
        sa.Column("sitting_at", storage.tables.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosks")),
        sa.UniqueConstraint("name", name=op.f("uq_kiosks_name")),
        sa.UniqueConstraint("secret", name=op.f("uq_kiosks_secret")),
    )
    weigh_what_is_settled()


def weigh_what_is_settled() -> None:
    """Until now nothing but what came by chat was any one person's, and what isn't told apart may be of anybody."""
    run = op.get_bind().execute
    came: dict[int, dict[str, int]] = defaultdict(dict)
    counted = "SELECT round_id, channel, sum(count) FROM survey_turnout GROUP BY round_id, channel"
    for round_id, channel, count in run(sa.text(counted)):
        came[round_id][channel] = int(count)
    labels: dict[int, set[str]] = defaultdict(set)
    for round_id, channel in run(sa.text("SELECT DISTINCT round_id, channel FROM survey_answers")):
        labels[round_id].add(channel or "")
    for round_id, told in labels.items():
        rest = {channel: count for channel, count in came[round_id].items() if channel not in told}
        for label in told:
            of = rest if label == "" else {label: came[round_id].get(label, 0)}
            doubted = 0 if label in ("paper", "import") else sum(n for channel, n in of.items() if channel != "chat")
            row = {"round": round_id, "channel": label, "sheets": sum(of.values()), "unproven": doubted}
            run(sa.text("INSERT INTO survey_lots VALUES (:round, :channel, :sheets, :unproven)"), row)
