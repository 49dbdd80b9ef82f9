"""What happened, in order? The append-only log: every change of casework is one event, written in its own transaction.

Kinds: casework_upgraded, account_added, account_disabled, signed_in, sign_in_failed, sign_in_locked, signed_out,
alerts_published, alert_opened, alert_updated, alert_ended, alert_reopened, alert_acknowledged, subject_merged,
subject_merge_undone, pair_dismissed, pair_linked, pair_undone, number_gap_explained, model_trained, model_approved,
job_asked, job_confirmed, job_cancelled, job_ended, package_made, package_taken, package_sent, package_cancelled,
zero_reported, zero_report_withdrawn, policy_entered, policy_entry_withdrawn, score_entered, score_withdrawn,
scheme_confirmed, scheme_confirmation_withdrawn, training_switch_confirmed, listing_judged, listing_judgement_undone,
view_saved, view_renamed, view_shared, view_removed.
The triggers of both databases refuse to change or delete a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from data.casework.redaction import without_personal
from data.casework.tables import event

if TYPE_CHECKING:
    from data.casework.opening import Casework

KINDS: dict[str, str] = {
    "casework_upgraded": "业务库升级",
    "account_added": "新增账号",
    "account_disabled": "停用账号",
    "signed_in": "登录",
    "sign_in_failed": "登录失败",
    "sign_in_locked": "登录锁定",
    "signed_out": "退出",
    "alerts_published": "发布预警",
    "alert_opened": "预警开启",
    "alert_updated": "预警更新",
    "alert_ended": "预警结束",
    "alert_reopened": "预警恢复",
    "alert_acknowledged": "确认预警",
    "subject_merged": "合并主体",
    "subject_merge_undone": "撤销合并",
    "pair_dismissed": "判定不是同一主体",
    "pair_linked": "登记关联",
    "pair_undone": "撤销判定",
    "model_trained": "训练风险模型",
    "model_approved": "审批风险模型",
    "calendar_changed": "改动工作日历",
    "list_exported": "导出清单",
    "number_gap_explained": "登记断号说明",
    "job_asked": "提交作业",
    "job_confirmed": "确认入库",
    "job_cancelled": "放弃作业",
    "job_ended": "作业结束",
    "package_made": "生成上报包",
    "package_taken": "下载上报包",
    "package_sent": "标记已报送",
    "package_cancelled": "作废上报包",
    "zero_reported": "零报告",
    "zero_report_withdrawn": "撤回零报告",
    "policy_entered": "登记政策文件台账",
    "policy_entry_withdrawn": "撤回政策文件台账",
    "score_entered": "录入评分",
    "score_withdrawn": "撤回评分",
    "scheme_confirmed": "确认评价方案的依据",
    "scheme_confirmation_withdrawn": "撤回评价方案的确认",
    "training_switch_confirmed": "确认训练数据的开关",
    "listing_judged": "判定认定线索",
    "listing_judgement_undone": "撤销认定线索的判定",
    "view_saved": "保存视图",
    "view_renamed": "视图改名",
    "view_shared": "共享视图",
    "view_removed": "删除视图",
}


def draft(
    *,
    at: datetime,
    actor: str,
    kind: str,
    payload: Mapping[str, Any],
    subject_type: str | None = None,
    subject_id: str | None = None,
    alert_id: str | None = None,
    purpose: str | None = None,
    run_id: str | None = None,
) -> dict[str, Any]:
    """One event as a row to insert, personal numbers masked; `payload` must be plain JSON."""
    if kind not in KINDS:
        raise ValueError(f"no such kind of event: {kind}")
    return {
        "at": at,
        "actor": actor,
        "kind": kind,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "alert_id": alert_id,
        "purpose": without_personal(purpose),
        "run_id": run_id,
        "payload": without_personal(dict(payload)),
    }


def append(con: sa.Connection, drafts: Sequence[Mapping[str, Any]]) -> None:
    """Write drafts in the order given."""
    if drafts:
        con.execute(event.insert(), list(drafts))


def record(con: sa.Connection, **given: Any) -> dict[str, Any]:
    """Write one event and return its row (without the id); takes what `draft` takes."""
    row = draft(**given)
    append(con, [row])
    return row


def of_kinds(*kinds: str) -> sa.ColumnElement[bool]:
    """Which events are of these kinds, none of them about an alert: the index of the alerts leaves all others aside at once."""
    return event.c.alert_id.is_(None) & event.c.kind.in_(kinds)


def list_events(
    casework: Casework, actor: str | None = None, kind: str | None = None, limit: int = 100, offset: int = 0
) -> list[dict[str, Any]]:
    """The operation log, newest first: one dict per event, `kind_zh` added."""
    chosen = sa.select(event).order_by(event.c.id.desc()).limit(limit).offset(offset)
    if actor is not None:
        chosen = chosen.where(event.c.actor == actor)
    if kind is not None:
        chosen = chosen.where(event.c.kind == kind)
    with casework.reading() as con:
        return [{**row, "kind_zh": KINDS.get(row["kind"], row["kind"])} for row in con.execute(chosen).mappings()]
