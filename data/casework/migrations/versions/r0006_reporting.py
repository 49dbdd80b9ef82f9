"""What came with the reporting page? Packages handed to the platform, the rows in them, and the reports that there was nothing.

Frozen like every revision.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"

INSTANT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "package",
        sa.Column("package_no", sa.Text, primary_key=True),
        sa.Column("matter_kind", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("county", sa.Text),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("status_at", INSTANT, nullable=False),
    )
    op.create_index("package_list", "package", ["created_at", "package_no"])
    op.create_table(
        "package_row",
        sa.Column("package_no", sa.Text, sa.ForeignKey("package.package_no"), primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("batch_id", sa.Text, nullable=False),
        sa.Column("row_no", sa.Integer, nullable=False),
        sa.Column("fact_key", sa.Text, nullable=False),
    )
    op.create_index("package_row_of_fact", "package_row", ["fact_key"])
    op.create_table(
        "zero_report",
        sa.Column("zero_id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("matter_kind", sa.Text, nullable=False),
        sa.Column("month", sa.Text, nullable=False),
        sa.Column("county", sa.Text),
        sa.Column("reported_by", sa.Text, nullable=False),
        sa.Column("reported_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
    )
    op.create_index("zero_report_of", "zero_report", ["month", "unit", "matter_kind"])


def downgrade() -> None:
    """What was handed in stays in the record."""
    raise NotImplementedError("a revision of the record is not taken back")
