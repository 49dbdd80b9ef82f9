"""What came with the evaluation sheets? The scores that people enter by hand, and the right to.

Frozen like every revision. Confirming a scheme is an event alone and needs no table.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

INSTANT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: permission → the roles that get it
PERMISSIONS: dict[str, str] = {"enter_scores": "clerk officer county_officer"}
ROLE_PERMISSION = sa.table("role_permission", sa.column("role", sa.Text), sa.column("permission", sa.Text))


def upgrade() -> None:
    """Make the table and hand out the right."""
    op.create_table(
        "score_entry",
        sa.Column("entry_id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("scheme", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("subject_type", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False),
        sa.Column("county", sa.Text),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("fact", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_why", sa.Text),
    )
    op.create_index("score_entry_of", "score_entry", ["subject_id", "scheme", "year", "fact"])
    op.bulk_insert(
        ROLE_PERMISSION,
        [{"role": role, "permission": one} for one, roles in PERMISSIONS.items() for role in roles.split()],
    )


def downgrade() -> None:
    """What was entered stays in the record."""
    raise NotImplementedError("a revision of the record is not taken back")
