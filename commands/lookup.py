"""Who is meant by this text: a name, initials, a code, a plate, a licence, a certificate?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, running

KEYS = ("subject_type", "subject_id", "name", "uscc", "county", "sector", "risk_class", "recommendation", "open_alerts")


def main(
    text: Annotated[
        str, typer.Argument(help="名称或片段、拼音首字母、统一社会信用代码、车牌、许可证号、从业资格证号", metavar="TEXT")
    ],
    limit: Annotated[int, typer.Option("--limit", help="最多列出几个，1–100")] = 10,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """查找企业、车辆、从业人员。风险提示和检查建议只对在册营业的企业给出；没有批准的模型时一律为“证据不足”。"""
    from analytics.desk import open_desk
    from analytics.lookup import find

    with running(home, as_json, debug) as settings:
        hits = find(open_desk(settings, now()), text, limit)
        document = [{key: getattr(hit, key) for key in KEYS} for hit in hits]
        finish(document, as_json, lambda _: _text(hits))


def _text(hits: list[Any]) -> str:
    from analytics.risk import CAVEAT

    if not hits:
        return "没有找到。可以试名称的一部分、拼音首字母、统一社会信用代码、车牌或证号。"
    lines = []
    for hit in hits:
        warned = f"，{hit.open_alerts} 条预警" if hit.open_alerts else ""
        lines.append(f"{hit.subject_type_zh}  {hit.name}（{hit.caption}）{hit.recommendation}{warned}  {hit.subject_id}")
    if any(hit.risk_class for hit in hits):
        lines.append(f"{CAVEAT}。")
    return "\n".join(lines)
