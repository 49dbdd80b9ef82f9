"""What came with the candidates for a list of serious dishonesty? What people judged of them.

Frozen like every revision.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"

INSTANT = sa.DateTime(timezone=True)
DOCUMENT: Any = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
SERIAL: Any = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "listing_judgement",
        sa.Column("judgement_id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("situation", sa.Text, nullable=False),
        sa.Column("subject_type", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False),
        sa.Column("county", sa.Text),
        sa.Column("met_on", sa.Date, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("told", DOCUMENT, nullable=False),
        sa.Column("judged_by", sa.Text, nullable=False),
        sa.Column("judged_at", INSTANT, nullable=False),
        sa.Column("undone_by", sa.Text),
        sa.Column("undone_at", INSTANT),
        sa.Column("undone_why", sa.Text),
    )
    op.create_index("listing_judgement_of", "listing_judgement", ["subject_id", "situation"])


def downgrade() -> None:
    """What was judged stays in the record."""
    raise NotImplementedError("a revision of the record is not taken back")
