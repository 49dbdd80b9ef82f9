"""Which days are working days, and who brought in which notice? `calendar import`, `correct`, `list`, `show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, emit, finish, now, parse_day, running
from data.errors import BadArgument

if TYPE_CHECKING:
    from analytics.calendar_preview import Preview
    from analytics.desk import Desk
    from data.settings import Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="工作日历：登记放假通知、更正一天、查看。")
By = Annotated[str, typer.Option("--by", help="登记人的用户名，须有调整规则的权限")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只预览，不登记")]
_SHOWN = 20


@app.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(help="通知：正文（txt），或日期、类型、名称三列的 csv、xlsx", metavar="FILE")],
    notice: Annotated[str, typer.Option("--notice", help="文号，如 国办发明电〔2026〕1号；正文里有时可不写")] = "",
    by: By = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """登记一份放假通知：先逐日检查，有错误就什么也不改；同一份再登记一次没有变化。"""
    from analytics.acts.change_calendar import preview_notice
    from data.notices import read_notice

    with running(home, as_json, debug) as settings:
        desk = _desk(settings)
        seen = preview_notice(desk, by, read_notice(file), notice, now())
        _carry_out(desk, seen, by, dry_run, as_json, file.name)


@app.command()
def correct(
    day: Annotated[str, typer.Argument(help="日期", metavar="DATE")],
    kind: Annotated[str, typer.Option("--kind", help="放假、调休上班、按周计")] = "",
    reason: Annotated[str, typer.Option("--reason", help="更正的理由，必填")] = "",
    by: By = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """更正一天：写明理由，留作一个版本。"""
    from analytics.acts.change_calendar import preview_correction
    from analytics.workdays import KINDS

    codes = {words: code for code, words in KINDS.items()}
    with running(home, as_json, debug) as settings:
        desk = _desk(settings)
        seen = preview_correction(desk, by, parse_day(day, "DATE"), codes.get(kind, kind), reason, now())
        _carry_out(desk, seen, by, dry_run, as_json, day)


@app.command("list")
def list_all(as_json: AsJson = False, home: HomeDir = None, debug: Debug = False) -> None:
    """列出各年的通知和改动记录。"""
    from analytics.workdays import book_of, sources

    with running(home, as_json, debug) as settings:
        desk = _desk(settings)
        book = book_of(desk.home, desk.casework, now())
        told = {
            "years": [
                {
                    "first": one.first,
                    "last": one.last,
                    "certain": one.certain,
                    "notice": one.notice,
                    "by": one.by,
                    "known_on": one.known_on,
                }
                for one in sources(book)
            ],
            "versions": [
                {
                    "number": one.number,
                    "known_on": one.said.known_on,
                    "by": one.said.by,
                    "notice": one.said.notice,
                    "reason": one.said.reason,
                    "years": list(one.said.years),
                    "days": len(one.said.days),
                }
                for one in book.versions
            ],
        }
        finish(told, as_json, _list_text)


@app.command()
def show(
    year: Annotated[int, typer.Argument(help="年份", metavar="YEAR", min=1900, max=2199)],
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """一年的放假日和调休上班日；没有通知的年份标为暂定。"""
    from analytics.workdays import book_of, counts, holidays

    with running(home, as_json, debug) as settings:
        desk = _desk(settings)
        calendar = book_of(desk.home, desk.casework, now()).calendar
        told = {
            "year": year,
            "provisional": year not in calendar.years,
            "workdays": counts(calendar, year)["workdays"],
            "holidays": [
                {"name": one.name, "rest": [list(span) for span in one.rest], "makeup": list(one.makeup)}
                for one in holidays(calendar, year)
            ],
        }
        finish(told, as_json, _year_text)


def _desk(settings: Settings) -> Desk:
    from analytics.desk import open_desk

    return open_desk(settings, now())


def _carry_out(desk: Desk, seen: Preview, by: str, dry_run: bool, as_json: bool, where: str) -> None:
    from structlog.contextvars import get_contextvars

    from analytics.acts.change_calendar import change_calendar
    from data.casework.accounts import find_person

    told = _told(seen)
    if not seen.usable:
        error = BadArgument("通知里有错误，什么也没有改", where, "请按下面逐条改正后再登记")
        if as_json:
            emit({"error": error.as_dict(), "findings": told["findings"]})
        else:
            typer.echo("\n".join([str(error), *map(_finding_text, told["findings"])]), err=True)
        raise typer.Exit(2)
    kept = None
    if not dry_run:
        if not by:
            raise BadArgument("没有写登记人", "--by", "请给出有调整规则权限的用户名；只看不改用 --dry-run")
        kept = change_calendar(desk, find_person(desk.casework, by), seen, now(), get_contextvars().get("run_id"))
    told |= {"dry_run": dry_run, "version": kept.number if kept else None, "already": seen.nothing_new}
    finish(told, as_json, _told_text, needs_person=any(one["severity"] == "warn" for one in told["findings"]))


def _told(seen: Preview) -> dict[str, Any]:
    return {
        "years": list(seen.said.years),
        "notice": seen.said.notice,
        "findings": [{"severity": one.severity, "line": one.line, "message": one.message} for one in seen.findings],
        "changes": [
            {
                "day": one.day,
                "before": one.before.kind if one.before else None,
                "after": one.after.kind if one.after else None,
            }
            for one in seen.changes
        ],
        "settled": list(seen.settled),
        "moved": [
            {
                "kind": one.kind_zh,
                "decided_on": one.decided_on,
                "records": one.records,
                "before": {"deadline": one.before, "provisional": one.before_provisional},
                "after": {"deadline": one.after, "provisional": one.after_provisional},
            }
            for one in seen.moved
        ],
    }


def _told_text(told: dict[str, Any]) -> str:
    from analytics.workdays import KINDS

    lines = [_finding_text(one) for one in told["findings"]]
    lines += [
        f"{one['day']}  {KINDS.get(one['before'], '按周计')} → {KINDS.get(one['after'], '按周计')}" for one in told["changes"]
    ]
    lines += [f"{year} 年：暂定 → 有通知" for year in told["settled"]]
    lines += [
        f"{one['kind']} {one['decided_on']} 的 {one['records']} 条，截止日 {_due(one['before'])} → {_due(one['after'])}"
        for one in told["moved"][:_SHOWN]
    ]
    if len(told["moved"]) > _SHOWN:
        lines.append(f"另有 {len(told['moved']) - _SHOWN} 天的记录，截止日也会变")
    if told["already"]:
        return "\n".join([*lines, "与现行日历相同，没有改动"])
    ended = "只预览，没有登记" if told["dry_run"] else f"已登记为第 {told['version']} 版；已发布的数据下次 refresh 后按新日历"
    return "\n".join([*lines, ended])


def _due(one: dict[str, Any]) -> str:
    return f"{one['deadline']}{'（暂定）' if one['provisional'] else ''}"


def _finding_text(one: dict[str, Any]) -> str:
    from analytics.words import SEVERITIES

    place = f"第 {one['line']} 行：" if one["line"] else ""
    return f"{SEVERITIES[one['severity']]}  {place}{one['message']}"


def _list_text(told: dict[str, Any]) -> str:
    lines = []
    for one in told["years"]:
        who = f"  {one['by']} {one['known_on']} 登记" if one["by"] else ""
        years = f"{one['first']}" if one["first"] == one["last"] else f"{one['first']}–{one['last']}"
        lines.append(f"{years} 年  {one['notice'] if one['certain'] else '暂定：尚无通知'}{who}")
    for one in told["versions"]:
        what = f"{'、'.join(map(str, one['years']))} 年 {one['notice']}" if one["years"] else f"更正一天：{one['reason']}"
        lines.append(f"第 {one['number']} 版  {one['known_on']}  {one['by']}  {what}")
    return "\n".join(lines)


def _year_text(told: dict[str, Any]) -> str:
    head = f"{told['year']} 年  {told['workdays']} 个工作日{'（暂定：尚无该年放假通知）' if told['provisional'] else ''}"
    lines = []
    for one in told["holidays"]:
        rest = "、".join(f"{first}" if first == last else f"{first} 至 {last}" for first, last in one["rest"])
        makeup = f"；调休上班 {'、'.join(map(str, one['makeup']))}" if one["makeup"] else ""
        lines.append(f"{one['name']}  放假 {rest or '无'}{makeup}")
    return "\n".join([head, *lines])
