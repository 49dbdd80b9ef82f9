"""How are ten thousand and more warnings counted and put in order without reading their evidence? By an index of their own.

Frozen like every revision.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

COLUMNS = ["status", "county", "rule_id", "subject_type", "level_rank", "opened_on", "subject_id", "alert_id"]


def upgrade() -> None:
    """Make the index."""
    op.create_index("alert_counts", "alert_state", COLUMNS)


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("alert_counts", "alert_state")
