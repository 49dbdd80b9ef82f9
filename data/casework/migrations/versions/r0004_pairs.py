"""What came with the page that decides on pairs of subjects? Pairs kept apart or linked, who undid a merge, and the right to.

Frozen like every revision.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

DOCUMENT: Any = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
SERIAL: Any = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: permission → the roles that get it
PERMISSIONS: dict[str, str] = {"merge_subjects": "clerk analyst"}
ROLE_PERMISSION = sa.table("role_permission", sa.column("role", sa.Text), sa.column("permission", sa.Text))


def upgrade() -> None:
    """Make the table, widen the one of merges and hand out the right."""
    op.create_table(
        "pair_decision",
        sa.Column("decision_id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("subject_type", sa.Text, nullable=False),
        sa.Column("left_id", sa.Text, nullable=False),
        sa.Column("right_id", sa.Text, nullable=False),
        sa.Column("grounds", DOCUMENT, nullable=False),
        sa.Column("told", DOCUMENT, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("undone_on", sa.Date),
        sa.Column("undone_by", sa.Text),
        sa.Column("undo_reason", sa.Text),
    )
    op.create_index("pair_of_left", "pair_decision", ["left_id", "right_id"])
    op.create_index("pair_of_right", "pair_decision", ["right_id"])
    for name, kind in (("told", DOCUMENT), ("undone_by", sa.Text), ("undo_reason", sa.Text)):
        op.add_column("subject_merge", sa.Column(name, kind))
    op.bulk_insert(
        ROLE_PERMISSION,
        [{"role": role, "permission": one} for one, roles in PERMISSIONS.items() for role in roles.split()],
    )


def downgrade() -> None:
    """What was decided stays in the record."""
    raise NotImplementedError("a revision of the record is not taken back")
