"""What came with the policy library? The ledger in which each unit says what it reprinted and issued, and the right to.

Frozen like every revision.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

INSTANT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: permission → the roles that get it
PERMISSIONS: dict[str, str] = {"keep_policies": "clerk officer county_officer"}
ROLE_PERMISSION = sa.table("role_permission", sa.column("role", sa.Text), sa.column("permission", sa.Text))


def upgrade() -> None:
    """Make the table and hand out the right."""
    op.create_table(
        "policy_entry",
        sa.Column("entry_id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Text, sa.ForeignKey("unit.unit_id"), nullable=False),
        sa.Column("sort", sa.Text, nullable=False),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("number", sa.Text),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_why", sa.Text),
    )
    op.create_index("policy_entry_of", "policy_entry", ["policy", "unit_id"])
    op.bulk_insert(
        ROLE_PERMISSION,
        [{"role": role, "permission": one} for one, roles in PERMISSIONS.items() for role in roles.split()],
    )


def downgrade() -> None:
    """What was entered stays in the record."""
    raise NotImplementedError("a revision of the record is not taken back")
