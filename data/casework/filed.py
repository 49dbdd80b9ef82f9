"""What did people hand in, file and judge beside the warnings, in which columns? Named, with the rest, in `tables.py`."""

from __future__ import annotations

import sqlalchemy as sa

from data.casework.columns import Document, Instant, Serial

metadata = sa.MetaData()

package = sa.Table(
    "package",
    metadata,
    sa.Column("package_no", sa.Text, primary_key=True),
    sa.Column("matter_kind", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("county", sa.Text),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("status_at", Instant, nullable=False),
    sa.Index("package_list", "created_at", "package_no"),
)

package_row = sa.Table(
    "package_row",
    metadata,
    sa.Column("package_no", sa.Text, sa.ForeignKey("package.package_no"), primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("batch_id", sa.Text, nullable=False),
    sa.Column("row_no", sa.Integer, nullable=False),
    sa.Column("fact_key", sa.Text, nullable=False),
    sa.Index("package_row_of_fact", "fact_key"),
)

zero_report = sa.Table(
    "zero_report",
    metadata,
    sa.Column("zero_id", Serial, primary_key=True, autoincrement=True),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("matter_kind", sa.Text, nullable=False),
    sa.Column("month", sa.Text, nullable=False),
    sa.Column("county", sa.Text),
    sa.Column("reported_by", sa.Text, nullable=False),
    sa.Column("reported_at", Instant, nullable=False),
    sa.Column("withdrawn_at", Instant),
    sa.Index("zero_report_of", "month", "unit", "matter_kind"),
)

policy_entry = sa.Table(
    "policy_entry",
    metadata,
    sa.Column("entry_id", Serial, primary_key=True, autoincrement=True),
    sa.Column("policy", sa.Text, nullable=False),
    sa.Column("unit_id", sa.Text, sa.ForeignKey("unit.unit_id"), nullable=False),
    sa.Column("sort", sa.Text, nullable=False),
    sa.Column("done_on", sa.Date, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("number", sa.Text),
    sa.Column("entered_by", sa.Text, nullable=False),
    sa.Column("entered_at", Instant, nullable=False),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdrawn_at", Instant),
    sa.Column("withdrawn_why", sa.Text),
    sa.Index("policy_entry_of", "policy", "unit_id"),
)

listing_judgement = sa.Table(
    "listing_judgement",
    metadata,
    sa.Column("judgement_id", Serial, primary_key=True, autoincrement=True),
    sa.Column("situation", sa.Text, nullable=False),
    sa.Column("subject_type", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("county", sa.Text),
    sa.Column("met_on", sa.Date, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("told", Document, nullable=False),
    sa.Column("judged_by", sa.Text, nullable=False),
    sa.Column("judged_at", Instant, nullable=False),
    sa.Column("undone_by", sa.Text),
    sa.Column("undone_at", Instant),
    sa.Column("undone_why", sa.Text),
    sa.Index("listing_judgement_of", "subject_id", "situation"),
)

saved_view = sa.Table(
    "saved_view",
    metadata,
    sa.Column("view_id", Serial, primary_key=True, autoincrement=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("address", Document, nullable=False),
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("saved_at", Instant, nullable=False),
    sa.Column("removed_at", Instant),
    sa.Index("saved_view_of", "owner", "view_id"),
)
