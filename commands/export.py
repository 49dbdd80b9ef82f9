"""How do the ledger, the statement, the list of duties and the grades leave by the command line? One verb each of `export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, running
from data.errors import BadArgument

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="导出台账、月报表、报送清单和评价结果。")
Month = Annotated[str, typer.Option("--month", help="月份，如 2026-09；按作出决定的月份")]
Unit = Annotated[str | None, typer.Option("--unit", help="只要一个单位，写单位名称")]
County = Annotated[str | None, typer.Option("--county", help="县（市、区），如 盐湖区")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="写到哪个文件")]


@app.command()
def ledger(
    month: Month = "",
    unit: Unit = None,
    county: County = None,
    kind: Annotated[str | None, typer.Option("--matter", help="类别：双公示（默认）、行政处罚、行政强制等")] = None,
    output: Output = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """双公示工作台账：每个决定一行，写明应报、截止日、回执日、状态、超期和更正。"""
    with running(home, as_json, debug) as settings:
        path = _output(output, (".xlsx", ".csv"))
        done = _export(settings, path, {"month": month, "unit": unit, "county": county, "kind": kind}, "ledger")
        finish(done, as_json, _said)


@app.command()
def statement(
    month: Month = "",
    unit: Unit = None,
    county: County = None,
    output: Output = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """月报表：各单位各类别的件数和合规率、及时率、完整率、瞒报率，附公式和合计。"""
    with running(home, as_json, debug) as settings:
        path = _output(output, (".xlsx",))
        finish(_export(settings, path, {"month": month, "unit": unit, "county": county}, "statement"), as_json, _said)


@app.command()
def duties(
    view: Annotated[str | None, typer.Option("--view", help="进度：未办结（默认）、已逾期、退回、待撤下、全部等")] = None,
    month: Annotated[str | None, typer.Option("--month", help="作出决定的月份，如 2026-09；不写不限")] = None,
    unit: Unit = None,
    county: County = None,
    kind: Annotated[str | None, typer.Option("--matter", help="类别：行政处罚、行政许可、行政强制等；不写不限")] = None,
    output: Output = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """信息报送清单：应报、待撤下的决定，每个一行，写明期限、状态和说明，期限近的在前。"""
    with running(home, as_json, debug) as settings:
        path = _output(output, (".xlsx", ".csv"))
        asked = {"view": view, "month": month, "unit": unit, "kind": kind}
        finish(_duties(settings, path, asked, county), as_json, _said_of_duties)


@app.command()
def results(
    scheme: Annotated[str | None, typer.Option("--scheme", help="评价方案的编号或中文名称；不写为全部方案")] = None,
    county: County = None,
    output: Output = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """信用评价结果：试算等级与官方等级并列，每行注明试算。写 .docx 为一个方案的公示名单，依据待定又未经确认时拒绝。"""
    with running(home, as_json, debug) as settings:
        path = _output(output, (".xlsx", ".csv", ".docx"))
        finish(_results(settings, path, scheme, county), as_json, _said_of_results)


def _results(settings: Any, path: Path, scheme: str | None, county: str | None) -> dict[str, Any]:
    from structlog.contextvars import get_contextvars

    from analytics.acts import export_results as exporting
    from analytics.acts.export_duties import in_county
    from analytics.acts.export_quality import MACHINE
    from analytics.desk import open_desk

    desk = open_desk(settings, now())
    person, run_id, kind = in_county(MACHINE, county), get_contextvars().get("run_id"), path.suffix.lower()
    if kind == ".docx":
        if not scheme:
            raise BadArgument("公示名单要写明是哪个方案", "--scheme", "请写评价方案的编号或中文名称，rules 列出全部")
        content, rows = exporting.print_results(desk, person, scheme, now(), run_id)
    else:
        content, rows = exporting.export_results(desk, person, scheme, now(), kind == ".csv", run_id)
    _write(path, content)
    return {"file": str(path), "scheme": scheme or "全部", "scope": county or "全市", "rows": rows, "bytes": len(content)}


def _duties(settings: Any, path: Path, filters: dict[str, str | None], county: str | None) -> dict[str, Any]:
    from structlog.contextvars import get_contextvars

    from analytics.acts import export_duties as exporting
    from analytics.acts.export_quality import MACHINE
    from analytics.desk import open_desk

    desk = open_desk(settings, now())
    person = exporting.in_county(MACHINE, county)
    asked = exporting.wanted_exactly(desk, person, {name: value for name, value in filters.items() if value})
    run_id = get_contextvars().get("run_id")
    content, rows = exporting.export_duties(desk, person, asked, now(), path.suffix.lower() == ".csv", run_id)
    _write(path, content)
    scope = asked.unit or county or "全市"
    return {"file": str(path), "view": asked.view, "scope": scope, "rows": rows, "bytes": len(content)}


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadArgument(f"文件写不出去：{error.strerror}", str(path), "请换一个可以写的位置") from None


def _export(settings: Any, path: Path, filters: dict[str, str | None], what: str) -> dict[str, Any]:
    from structlog.contextvars import get_contextvars

    from analytics.acts import export_quality as exporting
    from analytics.desk import open_desk
    from analytics.quality import wanted

    desk = open_desk(settings, now())
    person = exporting.MACHINE
    if not filters["month"]:
        raise BadArgument("没有写月份", "--month", "请写成 2026-09 这样")
    asked = wanted(desk, person, {name: value for name, value in filters.items() if value})
    run_id = get_contextvars().get("run_id")
    if what == "ledger":
        content = exporting.export_ledger(desk, person, asked, now(), path.suffix.lower() == ".csv", run_id)
    else:
        content = exporting.export_statement(desk, person, asked, now(), run_id)
    _write(path, content)
    return {"file": str(path), "month": asked.month, "scope": asked.unit or asked.county or "全市", "bytes": len(content)}


def _output(path: Path | None, allowed: tuple[str, ...]) -> Path:
    if path is None or path.suffix.lower() not in allowed:
        raise BadArgument("没有写导出到哪个文件，或文件类型不对", "-o", f"请写以 {'、'.join(allowed)} 结尾的文件名")
    return path


def _said(done: dict[str, Any]) -> str:
    return f"已导出 {done['month']} {done['scope']}：{done['file']}"


def _said_of_duties(done: dict[str, Any]) -> str:
    return f"已导出 {done['scope']} {done['view']} {done['rows']:,} 件：{done['file']}"


def _said_of_results(done: dict[str, Any]) -> str:
    return f"已导出 {done['scope']} {done['scheme']}的试算和官方等级 {done['rows']:,} 行：{done['file']}"
