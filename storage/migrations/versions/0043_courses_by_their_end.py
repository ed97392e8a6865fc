"""Each sentence looks for courses that aren't over: with the years these are few of many."""

from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.create_index("ix_courses_end_date", "courses", ["end_date"])
