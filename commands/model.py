"""Which risk models are there, and who answers for them? `model list`, `model approve`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, parse_day, running
from data.errors import BadArgument

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="风险模型：列出、审批。")


@app.command("list")
def list_all(as_json: AsJson = False, home: HomeDir = None, debug: Debug = False) -> None:
    """列出登记过的风险模型：训练到哪一天、谁审批、是否在用。"""
    from analytics.training import list_models

    with running(home, as_json, debug) as settings:
        finish(list_models(settings, now()), as_json, _lines)


@app.command()
def approve(
    model_id: Annotated[str, typer.Argument(help="模型编号")],
    by: Annotated[str, typer.Option("--by", help="审批人的用户名，须有审批权限")] = "",
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """审批一个模型；下一次 refresh 起用它评分。"""
    from structlog.contextvars import get_contextvars

    from analytics.training import approve as approve_it

    with running(home, as_json, debug) as settings:
        if not by:
            raise BadArgument("没有写审批人", "--by", "请给出有审批权限的用户名")
        done = approve_it(settings, model_id, by, now(), get_contextvars().get("run_id"))
        finish(
            done, as_json, lambda one: f"{by} 已审批模型 {one['model_id']}，自 {one['effective_from']} 起使用；请运行 refresh"
        )


@app.command("confirm")
def confirm_training(
    by: Annotated[str, typer.Option("--by", help="确认人的用户名，须有审批权限")] = "",
    doc_no: Annotated[str, typer.Option("--doc-no", help="依据的文号")] = "",
    issued_on: Annotated[str, typer.Option("--issued-on", help="文件的成文日期")] = "",
    note: Annotated[str, typer.Option("--note", help="说明")] = "",
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """依文件确认训练数据的开关（训练可否从公示期满、已修复、已撤销的处罚里学）；规则文件一改，确认即失效。"""
    from structlog.contextvars import get_contextvars

    from analytics.training import confirm_switch

    with running(home, as_json, debug) as settings:
        if not by or not issued_on:
            raise BadArgument("没有写确认人或成文日期", "--by、--issued-on", "请写有审批权限的用户名和文件上的日期")
        told = (doc_no, parse_day(issued_on, "--issued-on"), note)
        sentence = confirm_switch(settings, by, told, now(), get_contextvars().get("run_id"))
        finish(
            {"rule": "model-training", "confirmed": sentence}, as_json, lambda one: f"{one['confirmed']}；下一次 train 起有效"
        )


def _lines(rows: list[dict[str, Any]]) -> str:
    return "\n".join(_line(row) for row in rows) or "还没有登记过模型，用 train 训练"


def _line(row: dict[str, Any]) -> str:
    if row["class"] == "ChallengerClassifier":
        said = row["problem"] or f"训练到 {row['trained_to']}  随评分卡 {row['scorecard_id']}，只对照，不审批"
        return f"{row['model_id']}  挑战模型  {said}{'  在旁计算' if row['in_use'] and not row['problem'] else ''}"
    if row["problem"]:
        return f"{row['model_id']}  {row['problem']}"
    said = f"{row['approved_by']} 审批，自 {row['effective_from']} 起" if row["approved_by"] else "未审批"
    made = "模拟" if row["synthetic"] else "真实"
    by = f"{'、'.join(row['trained_by'])}训练，" if row["trained_by"] else ""
    return f"{row['model_id']}  训练到 {row['trained_to']}  {made}  {by}{said}{'  在用' if row['in_use'] else ''}"
