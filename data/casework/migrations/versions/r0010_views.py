"""What came with the saved views of the explore page? The views that people keep under a name.

Frozen like every revision.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"

INSTANT = sa.DateTime(timezone=True)
DOCUMENT: Any = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
SERIAL: Any = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "saved_view",
        sa.Column("view_id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("address", DOCUMENT, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.Column("removed_at", INSTANT),
    )
    op.create_index("saved_view_of", "saved_view", ["owner", "view_id"])


def downgrade() -> None:
    """What was saved stays in the record."""
    raise NotImplementedError("a revision of the record is not taken back")
