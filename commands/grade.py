"""Which grade do given facts, or the records of a subject, come to under an evaluation scheme, line by line?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, parse_day, running, today


def main(
    scheme: Annotated[str, typer.Argument(help="评价方案的编号或中文名称，见 rules", metavar="SCHEME")],
    facts: Annotated[Path | None, typer.Argument(help="事实：一个平的 JSON 对象", metavar="FACTS.json")] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", help="不给事实文件，试算一个主体：代码、证号或主体编号", metavar="CODE_OR_ID")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="主体的哪个考核年度（周期开始的年份），默认本期")] = None,
    on: Annotated[str | None, typer.Option("--on", help="按哪一天有效的版本，默认今天")] = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """按一个评价方案对给出的事实试算等级，逐项列出得分、依据和否决；缺少事实时为证据不足，不评等级。

    给 --subject 时，事实取自入库的记录和录入的评分，每一项都能追到批次和行，或录入的人。
    """
    with running(home, as_json, debug) as settings:
        _refuse_mixed(facts, subject, year, on)
        if facts is not None:
            from analytics.grading import find_scheme, grade_facts
            from data.scheme_facts import read_facts

            chosen = find_scheme(scheme)
            day = parse_day(on, "--on") if on else today()
            finish(grade_facts(chosen, read_facts(facts), day).as_dict(), as_json, _text)
            return
        from analytics.desk import open_desk
        from analytics.evaluation import sheet_of
        from analytics.profile import find_subject

        desk = open_desk(settings, now())
        found = sheet_of(desk, find_subject(desk, subject or "")["subject_id"], scheme, year)
        finish(_document(found), as_json, lambda answer: _text_of_subject(found, answer))


def _refuse_mixed(facts: Path | None, subject: str | None, year: int | None, on: str | None) -> None:
    """A file of facts or a subject: one of them, each with its own switches."""
    from data.errors import BadArgument

    if (facts is None) == (subject is None):
        what = "没有给出事实文件或主体" if facts is None else "事实文件与 --subject 不能同时给出"
        raise BadArgument(what, "FACTS.json、--subject", "请给其中一个")
    if facts is not None and year is not None:
        raise BadArgument("--year 只用于 --subject", "--year", "按哪天的版本请写 --on")
    if subject is not None and on is not None:
        raise BadArgument("--on 只用于事实文件", "--on", "主体的考核年度请写 --year")


def _document(found: Any) -> dict[str, Any]:
    """The sheet as for a file of facts, with whose it is, the period, official grades and what every fact stands on."""
    period = {name: getattr(found, name) for name in ("year", "period_from", "period_to", "as_of")}
    return {
        **found.sheet.as_dict(),
        "subject": asdict(found.subject),
        **period,
        "official": [asdict(one) for one in found.official],
        "facts": [_fact(one) for one in found.facts],
    }


def _fact(one: Any) -> dict[str, Any]:
    rows = [dict(zip(("batch_id", "row_no", "known_on", "label"), row, strict=True)) for row in one.rows]
    return {**asdict(one), "rows": rows}


def _text_of_subject(found: Any, answer: dict[str, Any]) -> str:
    lines = [f"{found.subject.name}  {found.period_from} 至 {found.period_to}（数据截至 {found.as_of}）", _text(answer)]
    for one in found.official:
        lines.append(f"官方等级：{one.grade} 级  {one.year or one.rated_on or ''}  [{one.batch_id} 第 {one.row_no} 行]")
    for fact in found.facts:
        value = {True: "有", False: "没有"}.get(fact.value, fact.value) if isinstance(fact.value, bool) else fact.value
        said = (
            f"（{fact.entered_by or '录入'}，{fact.method}，{fact.entered_at}）" if fact.entered_at or fact.entered_by else ""
        )
        lines.append(f"  事实 {fact.title}：{value}{said}")
        lines += [f"    [{batch} 第 {row} 行] {label}".rstrip() for batch, row, _, label in fact.rows]
    return "\n".join(lines)


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
