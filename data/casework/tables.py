"""What does the casework database keep, and in which columns? The tables as they are at `HEAD`.

Grain: `event` one thing that happened (append only), `alert_state` one warning as it stands now, `publication` one
published build of one day, `read_log` one look at one subject (append only), `job` one piece of work of a child process,
`pair_decision` one pair of subjects that somebody kept apart or linked, `package` one workbook handed to the platform,
`zero_report` one word that there was nothing, `policy_entry` one thing a unit did with a policy document, `score_entry` one
value that somebody entered for one subject, scheme, year and fact, `listing_judgement` what a person judged of one candidate
for a list, `saved_view` one view of the explore page under the name its owner gave it, the rest as named.
Instants are UTC.
"""

from __future__ import annotations

import sqlalchemy as sa

from data.casework.columns import Document, Instant, Serial
from data.casework.filed import listing_judgement as listing_judgement
from data.casework.filed import metadata as metadata
from data.casework.filed import package as package
from data.casework.filed import package_row as package_row
from data.casework.filed import policy_entry as policy_entry
from data.casework.filed import saved_view as saved_view
from data.casework.filed import zero_report as zero_report

#: The revision this code speaks; a test holds it to the newest file in `migrations/versions`.
HEAD = "0010"

unit = sa.Table(
    "unit",
    metadata,
    sa.Column("unit_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("county", sa.Text),
    sa.Column("code", sa.Text),
)

role = sa.Table(
    "role",
    metadata,
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False, unique=True),
    sa.Column("ordinal", sa.Integer, nullable=False),
)

role_permission = sa.Table(
    "role_permission",
    metadata,
    sa.Column("role", sa.Text, sa.ForeignKey("role.role"), primary_key=True),
    sa.Column("permission", sa.Text, primary_key=True),
)

account = sa.Table(
    "account",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("display", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("role", sa.Text, sa.ForeignKey("role.role"), nullable=False),
    sa.Column("unit_id", sa.Text, sa.ForeignKey("unit.unit_id"), nullable=False),
    sa.Column("county", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("disabled_at", Instant),
)

session = sa.Table(
    "session",
    metadata,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, sa.ForeignKey("account.name"), nullable=False, index=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
)

sign_in_guard = sa.Table(
    "sign_in_guard",
    metadata,
    sa.Column("name_hash", sa.Text, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_failed_at", Instant, nullable=False),
    sa.Column("locked_until", Instant),
)

event = sa.Table(
    "event",
    metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject_type", sa.Text),
    sa.Column("subject_id", sa.Text),
    sa.Column("alert_id", sa.Text),
    sa.Column("purpose", sa.Text),
    sa.Column("run_id", sa.Text),
    sa.Column("payload", Document, nullable=False),
    sa.Index("event_of_alert", "alert_id", "id"),
    sa.Index("event_of_actor", "actor", "id"),
)

alert_state = sa.Table(
    "alert_state",
    metadata,
    sa.Column("alert_id", sa.Text, primary_key=True),
    sa.Column("rule_id", sa.Text, nullable=False),
    sa.Column("rule_version", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("level_rank", sa.Integer, nullable=False),
    sa.Column("opened_level", sa.Text, nullable=False),
    sa.Column("subject_type", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("county", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("since", sa.Date),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
    sa.Column("sentence", sa.Text, nullable=False),
    sa.Column("basis", sa.Text),
    sa.Column("citation", sa.Text),
    sa.Column("severity_note", sa.Text),
    sa.Column("evidence", Document, nullable=False),
    sa.Column("latest_sentence", sa.Text),
    sa.Column("latest_evidence", Document),
    sa.Column("latest_on", sa.Date),
    sa.Column("acknowledged_by", sa.Text),
    sa.Column("acknowledged_at", Instant),
    sa.Column("comment", sa.Text),
    sa.UniqueConstraint("rule_id", "subject_type", "subject_id", "opened_on", name="alert_key"),
    sa.Index("alert_queue", "status", "level_rank", "opened_on", "alert_id"),
    sa.Index("alert_queue_of_county", "county", "status", "level_rank", "opened_on", "alert_id"),
    sa.Index("alert_of_subject", "subject_id", "status"),
    # Counts and order are read from this one alone: a row's evidence is long.
    sa.Index(
        "alert_counts", "status", "county", "rule_id", "subject_type", "level_rank", "opened_on", "subject_id", "alert_id"
    ),
)

publication = sa.Table(
    "publication",
    metadata,
    sa.Column("as_of", sa.Date, primary_key=True),
    sa.Column("build_id", sa.Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
)

read_log = sa.Table(
    "read_log",
    metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("county", sa.Text),
    sa.Column("subject_type", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("detail", sa.Text),
    sa.Column("run_id", sa.Text),
    sa.Index("read_of_actor", "actor", "id"),
    sa.Index("read_of_subject", "subject_id", "id"),
)

subject_merge = sa.Table(
    "subject_merge",
    metadata,
    sa.Column("merge_id", Serial, primary_key=True, autoincrement=True),
    sa.Column("subject_type", sa.Text, nullable=False),
    sa.Column("from_id", sa.Text, nullable=False, index=True),
    sa.Column("to_id", sa.Text, nullable=False, index=True),
    sa.Column("decided_on", sa.Date, nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("undone_on", sa.Date),
    sa.Column("told", Document),
    sa.Column("undone_by", sa.Text),
    sa.Column("undo_reason", sa.Text),
)

pair_decision = sa.Table(
    "pair_decision",
    metadata,
    sa.Column("decision_id", Serial, primary_key=True, autoincrement=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("subject_type", sa.Text, nullable=False),
    sa.Column("left_id", sa.Text, nullable=False),
    sa.Column("right_id", sa.Text, nullable=False),
    sa.Column("grounds", Document, nullable=False),
    sa.Column("told", Document, nullable=False),
    sa.Column("decided_on", sa.Date, nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("undone_on", sa.Date),
    sa.Column("undone_by", sa.Text),
    sa.Column("undo_reason", sa.Text),
    sa.Index("pair_of_left", "left_id", "right_id"),
    sa.Index("pair_of_right", "right_id"),
)

job = sa.Table(
    "job",
    metadata,
    sa.Column("job_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("county", sa.Text),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("options", Document, nullable=False),
    sa.Column("file", sa.Text),
    sa.Column("size", sa.BigInteger),
    sa.Column("sha256", sa.Text),
    sa.Column("done", sa.BigInteger, nullable=False),
    sa.Column("total", sa.BigInteger),
    sa.Column("unit_word", sa.Text, nullable=False),
    sa.Column("message", sa.Text),
    sa.Column("result", Document),
    sa.Column("error", Document),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("pid", sa.Integer),
    sa.Column("spawned_at", Instant),
    sa.Column("started_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("run_id", sa.Text),
    sa.Index("job_queue", "state", "step", "asked_at", "job_id"),
    sa.Index("job_list", "kind", "asked_at", "job_id"),
)

score_entry = sa.Table(
    "score_entry",
    metadata,
    sa.Column("entry_id", Serial, primary_key=True, autoincrement=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("scheme", "version", "subject_type", "subject_id")),
    sa.Column("county", sa.Text),
    sa.Column("year", sa.Integer, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("fact", "value", "method", "note")),
    sa.Column("entered_by", sa.Text, nullable=False),
    sa.Column("entered_at", Instant, nullable=False),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdrawn_at", Instant),
    sa.Column("withdrawn_why", sa.Text),
    sa.Index("score_entry_of", "subject_id", "scheme", "year", "fact"),
)
