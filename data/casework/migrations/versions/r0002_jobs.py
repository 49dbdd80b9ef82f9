"""What came with the pages of the head, the analyst and the clerk? The table of jobs, and the rights that open the pages.

Frozen like every revision. A job is work too long for a page: a child process does it and tells its row how far it is.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)
DOCUMENT: Any = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

#: permission → the roles that get it
PERMISSIONS: dict[str, str] = {
    "see_overview": "head analyst officer county_officer approver admin",
    "explore": "head analyst officer county_officer approver",
    "refresh": "clerk analyst",
}
ROLE_PERMISSION = sa.table("role_permission", sa.column("role", sa.Text), sa.column("permission", sa.Text))


def upgrade() -> None:
    """Make the table and hand out the rights."""
    op.create_table(
        "job",
        sa.Column("job_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("county", sa.Text),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("options", DOCUMENT, nullable=False),
        sa.Column("file", sa.Text),
        sa.Column("size", sa.BigInteger),
        sa.Column("sha256", sa.Text),
        sa.Column("done", sa.BigInteger, nullable=False),
        sa.Column("total", sa.BigInteger),
        sa.Column("unit_word", sa.Text, nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("result", DOCUMENT),
        sa.Column("error", DOCUMENT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("pid", sa.Integer),
        sa.Column("spawned_at", INSTANT),
        sa.Column("started_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("run_id", sa.Text),
    )
    op.create_index("job_queue", "job", ["state", "step", "asked_at", "job_id"])
    op.create_index("job_list", "job", ["kind", "asked_at", "job_id"])
    op.bulk_insert(
        ROLE_PERMISSION,
        [{"role": role, "permission": one} for one, roles in PERMISSIONS.items() for role in roles.split()],
    )


def downgrade() -> None:
    """What was asked and confirmed stays in the record."""
    raise NotImplementedError("a revision of the record is not taken back")
