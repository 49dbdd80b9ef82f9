"""Every finding of a batch: sheet, row, column, value, rule, severity, sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, running
from data.errors import BadArgument, told

_COLUMNS = {
    "sheet": "工作表",
    "row": "行",
    "column": "列",
    "value": "内容",
    "rule": "规则",
    "severity": "级别",
    "message": "说明",
}
_SEVERITY = {"error": "退回", "warn": "提示", "info": "说明"}


def main(
    batch_id: Annotated[str, typer.Argument(help="批次编号，见 land 的输出", metavar="BATCH_ID")],
    to_csv: Annotated[
        Path | None, typer.Option("--csv", help="另存为 CSV（UTF-8，表格程序可直接打开）", metavar="FILE")
    ] = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """列出一个批次的全部问题，按行、列排序。"""
    from data.batches import find_batch, read_findings
    from data.home import open_home

    with running(home, as_json, debug) as settings:
        store = open_home(settings.home)
        sheet = find_batch(store, batch_id).sheet
        found = [_entry(sheet, each) for each in read_findings(store, batch_id).to_pylist()]
        if to_csv is not None:
            _write(to_csv, found)
        finish(found, as_json, lambda entries: "\n".join(map(_line, entries)) if to_csv is None else f"已写入 {to_csv}")


def _entry(sheet: str | None, each: dict[str, Any]) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "row": each["row_no"],
        "column": each["column"] or None,
        "value": each["value"],
        "rule": each["rule"],
        "severity": each["severity"],
        "message": each["message"],
    }


def _line(each: dict[str, Any]) -> str:
    place = f"第 {each['row']} 行" if each["row"] else "整张表"
    column = f" {each['column']}" if each["column"] else ""
    value = f"“{each['value']}”" if each["value"] else ""
    return f"{_SEVERITY[each['severity']]} {place}{column}{value}：{each['message']}（{each['rule']}）"


def _write(path: Path, found: list[dict[str, Any]]) -> None:
    from data.export import csv_bytes

    content = csv_bytes([list(_COLUMNS.values()), *([each[key] for key in _COLUMNS] for each in found)])
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadArgument(f"写不了这个文件：{told(error)}", str(path), "请换一个位置") from None
