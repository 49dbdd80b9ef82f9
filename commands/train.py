"""`train`: learn a risk model from the published snapshot, say how good it was out of time, and register it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, ForJob, HomeDir, finish, now, parse_day, plain, run_id, running


def main(
    as_of: Annotated[str | None, typer.Option("--as-of", help="只用到这一天为止的记录，默认快照的数据日")] = None,
    by: Annotated[str | None, typer.Option("--by", help="训练人的用户名；训练人不能审批自己训练的模型。不写记作命令行")] = None,
    job: ForJob = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """训练风险模型：逐季末取当时已知的特征，跨期回看，并与两个基线比较；登记后须审批才会使用。"""
    from analytics.jobs import taken
    from analytics.training import train_model

    with running(home, as_json, debug) as settings, taken(settings, job, now, run_id()) as work:
        day = parse_day(as_of, "--as-of") if as_of else None
        report = train_model(settings, day, now(), work.asked_by or by, run_id(), work.step)
        document = {
            "model_id": report.model_id,
            "challenger": {"model_id": report.challenger},
            "trained_to": report.trained_to,
            "features": list(report.features),
            "rows": report.rows,
            "positives": report.positives,
            "days": [each.isoformat() for each in report.days],
            "evaluation": report.evaluation,
            "card": report.card,
            "synthetic": report.synthetic,
            "approved": report.approved,
        }
        work.end(plain({key: document[key] for key in ("model_id", "trained_to", "approved")}))
    finish(document, as_json, _as_text)


def _as_text(document: dict[str, Any]) -> str:
    lines = [f"模型 {document['model_id']}（{'模拟数据' if document['synthetic'] else '真实数据'}）", *document["card"]]
    lines += [f"挑战模型 {document['challenger']['model_id']} 一并登记：只在旁边对照，不决定任何一户", ""]
    lines += [f"{'回看日':<12}{'方法':<10}{'AUC':>7}  {'95% 区间':<15}{'前 5% 命中':>8}"]
    names = (("model", "评分卡"), ("challenger", "挑战模型"), ("last_year", "上一年次数"), ("random", "随机"))
    for one in document["evaluation"]:
        for key, name in names:
            measure = one[key]
            span = f"{measure['low']:.3f}–{measure['high']:.3f}"
            lines.append(
                f"{one['day'] or '合计':<12}{name:<10}{measure['auc']:>7.3f}  {span:<15}{measure['precision_at_5']:>8.1%}"
            )
    if not document["evaluation"]:
        lines.append("历史太短，没有可以跨期回看的日子")
    if not document["approved"]:
        lines += ["", f"还没有审批。有审批权限的人运行：model approve {document['model_id']} --by 用户名，再 refresh"]
    return "\n".join(lines)
