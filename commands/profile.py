"""What is on file about one subject?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from commands.alerts import document as alert_document
from commands.frame import AsJson, Debug, HomeDir, finish, now, running


def main(
    subject: Annotated[
        str, typer.Argument(help="统一社会信用代码、车牌、许可证号、从业资格证号或主体编号", metavar="CODE_OR_ID")
    ],
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """一户式档案：身份、许可、预警、试算等级、时间线，每条记录带批次号和行号。试算不是官方等级；风险提示只对企业给出。"""
    from analytics.desk import open_desk
    from analytics.profile import profile
    from analytics.timeline import MOST_PER_PAGE

    with running(home, as_json, debug) as settings:
        found = profile(open_desk(settings, now()), subject, page_size=MOST_PER_PAGE)
        finish(document(found), as_json, lambda _: _text(found))


def document(found: Any) -> dict[str, Any]:
    """The file of one subject as data."""
    risk = found.risk
    lineage = {"batch_id": found.lineage[0], "row_no": found.lineage[1]} if found.lineage else None
    return {
        "identity": {
            "subject_type": found.subject_type,
            "subject_id": found.subject_id,
            "name": found.name,
            "uscc": found.uscc,
            "county": found.county,
            "registered": found.registered,
            "former_names": list(found.former_names),
            "fields": {fact.label: fact.value for fact in found.identity},
            "lineage": lineage,
        },
        "as_of": found.as_of,
        "licences": [asdict(each) for each in found.licences],
        "grades": [],
        "trials": [asdict(each) for each in found.trials],
        "score": risk.points if risk else None,
        "score_reason": risk.thin_reason if risk else "风险提示只对在册营业的企业给出",
        "risk": asdict(risk) if risk else None,
        "alerts": [alert_document(each) for each in found.alerts],
        "fleet": {group.label: group.count for group in found.fleet},
        "staff": {group.label: group.count for group in found.staff},
        "timeline": [asdict(each) for each in found.timeline.events],
        "timeline_total": found.timeline.total,
    }


def _text(found: Any) -> str:
    lines = [f"{found.name}（{found.subject_type_zh}，数据截至 {found.as_of}）"]
    lines += [f"  {fact.label}：{fact.value}" for fact in found.identity]
    if found.former_names:
        lines.append(f"  曾用名：{'、'.join(found.former_names)}")
    if found.risk:
        lines += [
            f"  建议：{found.risk.advice}（{found.risk.because}）。{found.risk.caveat}",
            f"  风险提示：{found.risk.risk_class}",
        ]
        lines += [f"    {each.direction}：{each.sentence}" for each in found.risk.reasons]
    lines += [f"  {each.kind} {each.number or ''}：{each.left}" for each in found.licences]
    lines += [f"  预警：{each.sentence}" for each in found.alerts] or ["  没有未结束的预警"]
    lines += [_trial(each) for each in found.trials]
    lines += [_event(each) for each in found.timeline.events]
    return "\n".join(lines)


def _trial(each: Any) -> str:
    score = "" if each.score is None else f"，{each.score} 分"
    return f"  试算 {each.title}：{each.result}{score}（{each.period_from} 至 {each.period_to}，不是官方等级）"


def _event(each: Any) -> str:
    graded = f"（{each.severity}，{each.severity_basis}）" if each.severity else ""
    term = f"（{each.repair.said}；{each.repair.basis}）" if each.repair else ""
    record = f"[{each.batch_id} 第 {each.row_no} 行]"
    return f"  {each.happened_on or '日期不明'} {each.kind_zh} {each.headline}{graded}{term}  {record}"
