"""What does the rulebook hold, and is it well-formed?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, running
from data.settings import Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="列出、检查规则库。")


@app.callback(invoke_without_command=True)
def listing(
    context: typer.Context,
    markdown: Annotated[bool, typer.Option("--markdown", help="打印规则字典（docs/rules.md 的内容）")] = False,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """列出规则库：每条规则、每个评价方案各版本的期间、依据、出处和等级；有数据目录时，方案由谁确认过。"""
    if context.invoked_subcommand is not None:
        return
    from analytics.rule_dictionary import render_listing, render_rules, rule_rows
    from analytics.scheme_dictionary import render_schemes, scheme_rows
    from data.listing_rule import load_listing_rule
    from data.repair_rule import load_repair_rule
    from data.rulebook import load_rulebook
    from data.scheme import load_schemes

    with running(home, as_json, debug) as settings:
        rulebook, schemes = load_rulebook(), load_schemes()
        rows = [*rule_rows(rulebook), *_confirmed(settings, scheme_rows(schemes))]
        parts = render_rules(rulebook, load_repair_rule()), render_listing(load_listing_rule()), render_schemes(schemes)
        page = "\n".join(parts).rstrip("\n")
        finish(rows, as_json, lambda _: page if markdown else "\n".join(map(_line, rows)))


@app.command("check")
def check(as_json: AsJson = False, home: HomeDir = None, debug: Debug = False) -> None:
    """检查规则和评价方案：格式、版本期间、出处、事实与参数；一次列出全部问题。"""
    from data.rule_schema import read_rulebook
    from data.rulebook import RULES
    from data.scheme import SCHEMES
    from data.scheme_schema import read_schemes

    with running(home, as_json, debug):
        rulebook, problems = read_rulebook(RULES)
        schemes, more = read_schemes(SCHEMES)
        found = [{"file": one.file, "key": one.key, "what": one.what, "todo": one.todo} for one in [*problems, *more]]
        count = len(rulebook.rules) if rulebook else len(list(RULES.glob("*.toml")))
        finish({"rules": count, "schemes": len(schemes), "problems": found}, as_json, _checked, needs_person=bool(found))


def _confirmed(settings: Settings, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With who confirmed each scheme, where there is a home that can tell."""
    if not (settings.home / "record").is_dir():
        return rows
    from analytics.confirmations import with_confirmations
    from data.casework import open_casework

    return with_confirmations(open_casework(settings, now()), rows)


def _line(row: dict[str, Any]) -> str:
    levels = "/".join(dict.fromkeys(level["level"] for level in row["levels"]) or [one["grade"] for one in row["grades"]])
    until = row["effective_to"] or "今"
    head = f"{row['rule']:<26}{row['title']}"
    told = f"，已由{row['confirmed']['by']}依 {row['confirmed']['doc_no']} 确认" if row.get("confirmed") else ""
    return (
        f"{head}（版本 {row['version']}，{row['effective_from']} 至{until}，{levels}，{row['citation'] or '依据待定'}{told}）"
    )


def _checked(answer: dict[str, Any]) -> str:
    if not answer["problems"]:
        return f"{answer['rules']} 条规则、{answer['schemes']} 个评价方案，没有问题"
    return "\n".join(f"{one['file']} {one['key']}：{one['what']}。{one['todo']}" for one in answer["problems"])
