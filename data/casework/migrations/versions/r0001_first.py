"""What did the first casework database hold? Every table of revision 0001, its triggers, and the roles as data.

Frozen: later changes are later files. The definitions are repeated here on purpose, so that `tables.py` may move on.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

FIRST = sa.MetaData()
INSTANT = sa.DateTime(timezone=True)
DOCUMENT: Any = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
SERIAL: Any = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

sa.Table(
    "unit",
    FIRST,
    sa.Column("unit_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("county", sa.Text),
    sa.Column("code", sa.Text),
)

ROLE = sa.Table(
    "role",
    FIRST,
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False, unique=True),
    sa.Column("ordinal", sa.Integer, nullable=False),
)

ROLE_PERMISSION = sa.Table(
    "role_permission",
    FIRST,
    sa.Column("role", sa.Text, sa.ForeignKey("role.role"), primary_key=True),
    sa.Column("permission", sa.Text, primary_key=True),
)

sa.Table(
    "account",
    FIRST,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("display", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("role", sa.Text, sa.ForeignKey("role.role"), nullable=False),
    sa.Column("unit_id", sa.Text, sa.ForeignKey("unit.unit_id"), nullable=False),
    sa.Column("county", sa.Text),
    sa.Column("created_at", INSTANT, nullable=False),
    sa.Column("disabled_at", INSTANT),
)

sa.Table(
    "session",
    FIRST,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, sa.ForeignKey("account.name"), nullable=False, index=True),
    sa.Column("created_at", INSTANT, nullable=False),
    sa.Column("expires_at", INSTANT, nullable=False),
    sa.Column("revoked_at", INSTANT),
)

sa.Table(
    "sign_in_guard",
    FIRST,
    sa.Column("name_hash", sa.Text, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_failed_at", INSTANT, nullable=False),
    sa.Column("locked_until", INSTANT),
)

sa.Table(
    "event",
    FIRST,
    sa.Column("id", SERIAL, primary_key=True, autoincrement=True),
    sa.Column("at", INSTANT, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject_type", sa.Text),
    sa.Column("subject_id", sa.Text),
    sa.Column("alert_id", sa.Text),
    sa.Column("purpose", sa.Text),
    sa.Column("run_id", sa.Text),
    sa.Column("payload", DOCUMENT, nullable=False),
    sa.Index("event_of_alert", "alert_id", "id"),
    sa.Index("event_of_actor", "actor", "id"),
)

sa.Table(
    "alert_state",
    FIRST,
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
    sa.Column("evidence", DOCUMENT, nullable=False),
    sa.Column("latest_sentence", sa.Text),
    sa.Column("latest_evidence", DOCUMENT),
    sa.Column("latest_on", sa.Date),
    sa.Column("acknowledged_by", sa.Text),
    sa.Column("acknowledged_at", INSTANT),
    sa.Column("comment", sa.Text),
    sa.UniqueConstraint("rule_id", "subject_type", "subject_id", "opened_on", name="alert_key"),
    sa.Index("alert_queue", "status", "level_rank", "opened_on", "alert_id"),
    sa.Index("alert_queue_of_county", "county", "status", "level_rank", "opened_on", "alert_id"),
    sa.Index("alert_of_subject", "subject_id", "status"),
)

sa.Table(
    "publication",
    FIRST,
    sa.Column("as_of", sa.Date, primary_key=True),
    sa.Column("build_id", sa.Text, primary_key=True),
    sa.Column("at", INSTANT, nullable=False),
)

sa.Table(
    "read_log",
    FIRST,
    sa.Column("id", SERIAL, primary_key=True, autoincrement=True),
    sa.Column("at", INSTANT, nullable=False),
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

sa.Table(
    "subject_merge",
    FIRST,
    sa.Column("merge_id", SERIAL, primary_key=True, autoincrement=True),
    sa.Column("subject_type", sa.Text, nullable=False),
    sa.Column("from_id", sa.Text, nullable=False, index=True),
    sa.Column("to_id", sa.Text, nullable=False, index=True),
    sa.Column("decided_on", sa.Date, nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("undone_on", sa.Date),
)

#: role → (title, permissions). Scope (unit, county) belongs to the account, not to the role.
ROLES: dict[str, tuple[str, str]] = {
    "head": ("负责人", "see_queue act_on_alert export look_up approve read_logs"),
    "analyst": ("分析员", "see_queue act_on_alert export look_up tune_rules"),
    "inspector": ("执法检查人员", "see_queue act_on_alert look_up"),
    "clerk": ("数据员", "export look_up land"),
    "officer": ("业务科室", "see_queue act_on_alert export look_up"),
    "county_officer": ("县局人员", "see_queue act_on_alert export look_up"),
    "approver": ("审批人", "see_queue look_up approve"),
    "admin": ("管理员", "manage_accounts read_logs"),
}

APPEND_ONLY = ("event", "read_log")
SAYS = "is append only"

ON_SQLITE = """
create trigger {table}_no_{verb} before {verb} on {table}
begin
  select raise(abort, '{table} {says}');
end
"""

REFUSE_ON_POSTGRESQL = """
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append only', tg_table_name;
end
$$
"""

ON_POSTGRESQL = """
create trigger {table}_append_only before update or delete or truncate on {table}
for each statement execute function refuse_change()
"""


def upgrade() -> None:
    """Make all tables, the roles and the append-only triggers."""
    con = op.get_bind()
    FIRST.create_all(con)
    con.execute(
        ROLE.insert(),
        [{"role": role, "title": title, "ordinal": place} for place, (role, (title, _)) in enumerate(ROLES.items(), 1)],
    )
    con.execute(
        ROLE_PERMISSION.insert(),
        [{"role": role, "permission": one} for role, (_, permissions) in ROLES.items() for one in permissions.split()],
    )
    if con.dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                con.exec_driver_sql(ON_SQLITE.format(table=table, verb=verb, says=SAYS))
    else:
        con.exec_driver_sql(REFUSE_ON_POSTGRESQL.replace("%", "%%"))
        for table in APPEND_ONLY:
            con.exec_driver_sql(ON_POSTGRESQL.format(table=table))


def downgrade() -> None:
    """There is nothing before the first revision."""
    raise NotImplementedError("the first revision is the beginning of the record")
