"""Which grade do given facts come to under an evaluation scheme, line by line?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, parse_day, running, today


def main(
    scheme: Annotated[str, typer.Argument(help="评价方案的编号或中文名称，见 rules", metavar="SCHEME")],
    facts: Annotated[Path, typer.Argument(help="事实：一个平的 JSON 对象", metavar="FACTS.json")],
    on: Annotated[str | None, typer.Option("--on", help="按哪一天有效的版本，默认今天")] = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """按一个评价方案对给出的事实试算等级，逐项列出得分、依据和否决；缺少事实时为证据不足，不评等级。"""
    with running(home, as_json, debug):
        from analytics.grading import find_scheme, grade_facts
        from data.scheme_facts import read_facts

        chosen = find_scheme(scheme)
        day = parse_day(on, "--on") if on else today()
        finish(grade_facts(chosen, read_facts(facts), day).as_dict(), as_json, _text)


def _text(sheet: dict[str, Any]) -> str:
    from data.rulebook import BASIS_ZH

    lines = [
        f"{sheet['title']}（版本 {sheet['version']}） · {sheet['nature']}，不是官方等级",
        f"{sheet['result']}：{sheet['sentence']}",
    ]
    lines += [f"  {one['code']}  {one['sentence']}  {one['citation']}".rstrip() for one in sheet["items"]]
    lines += [f"  {one['code']}  {one['sentence']}  {one['citation']}" for one in sheet["vetoes"]]
    lines += [f"缺少：{one}" for one in sheet["missing"]]
    lines += [f"说明：{one}" for one in sheet["notes"]]
    return "\n".join([*lines, f"整体依据：{BASIS_ZH[sheet['basis']]}"])
