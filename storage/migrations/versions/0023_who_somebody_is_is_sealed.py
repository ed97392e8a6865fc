"""Names, years of birth and mobile numbers of residents are sealed; numbers are found by a digest."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.database import rewrite
from storage.keys import sealing

revision = "0023"
down_revision = "0022"

STEPS = {"name": 32, "birth_year": 16, "mobile": 32, "proven_mobile": 32}
MANY = 1000

_residents = sa.table("residents", sa.column("id"), *(sa.column(name) for name in STEPS))
_THESE = (
    sa.select(_residents)
    .where(_residents.c.id > sa.bindparam("after"), sa.or_(*(_residents.c[name].is_not(None) for name in STEPS)))
    .order_by(_residents.c.id)
    .limit(MANY)
)
_SEALED = sa.text(
    f"UPDATE residents SET mobile_tag = :mobile_tag, {', '.join(f'sealed_{name} = :{name}' for name in STEPS)}, "  # noqa: S608
    f"{', '.join(f'{name} = NULL' for name in STEPS)} WHERE id = :id"
).bindparams(*(sa.bindparam(name, type_=sa.LargeBinary) for name in STEPS))


def upgrade() -> None:
    for name in STEPS:
        op.add_column("residents", sa.Column(f"sealed_{name}", sa.LargeBinary(), nullable=True))
    op.add_column("residents", sa.Column("mobile_tag", sa.Text(), nullable=True))
    op.add_column("residents", sa.Column("changed", sa.BigInteger(), nullable=False, server_default="0"))
    op.drop_index(op.f("ix_residents_mobile"), "residents")
    after = 0
    while rows := op.get_bind().execute(_THESE, {"after": after}).all():
        op.get_bind().execute(_SEALED, _sealed(rows))
        after = rows[-1].id
    for name in STEPS:
        op.execute(f"ALTER TABLE residents DROP COLUMN {name}")
        op.execute(f"ALTER TABLE residents RENAME COLUMN sealed_{name} TO {name}")
    op.create_index(op.f("ix_residents_mobile_tag"), "residents", ["mobile_tag"], unique=False)
    op.create_index(op.f("ix_residents_changed"), "residents", ["changed"], unique=False)
    if after:
        rewrite(op.get_bind())


def _sealed(rows: Sequence[sa.Row[tuple[object, ...]]]) -> list[dict[str, object]]:
    seal = sealing.of(op.get_bind())
    found = []
    for row in rows:
        told = {name: getattr(row, name) for name in STEPS}
        closed = {name: seal.close_bytes(f"{told[name]}".encode(), step) for name, step in STEPS.items() if told[name]}
        tag = seal.tag("mobile", row.mobile) if row.mobile else None
        found.append({"id": row.id, "mobile_tag": tag, **dict.fromkeys(STEPS), **closed})
    return found
