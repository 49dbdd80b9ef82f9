"""`merges`: which subjects may be one and the same, and what did people decide on pairs?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, running


def main(
    subject_type: Annotated[str | None, typer.Option("--type", help="对象：enterprise、vehicle、practitioner")] = None,
    sort: Annotated[str | None, typer.Option("--sort", help="种类：same 疑似同一主体，related 关联线索")] = None,
    county: Annotated[str | None, typer.Option("--county", help="县（市、区），如 盐湖区")] = None,
    to_csv: Annotated[Path | None, typer.Option("--csv", help="另存为 CSV（UTF-8）", metavar="FILE")] = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """列出待判定的疑似同一主体和关联线索，把握大的在前；判定在页面“主体归并”里做。"""
    from analytics.desk import open_desk
    from analytics.pairs import Wanted, listed

    with running(home, as_json, debug) as settings:
        found = listed(open_desk(settings, now()), Wanted(subject_type, sort, county))
        if to_csv is not None:
            _write(to_csv, found)
        finish([_document(each) for each in found], as_json, lambda _: f"已写入 {to_csv}" if to_csv else _text(found))


def _document(each: Any) -> dict[str, Any]:
    """One pair as the command line shows it."""
    sides = [
        {"subject_id": side.subject_id, "name": side.name, "number": side.number, "county": county}
        for side, county in zip(each.sides, each.pair.counties, strict=True)
    ]
    return {
        "subject_type": each.pair.subject_type,
        "sort": each.sort,
        "mergeable": each.pair.mergeable,
        "score": each.score,
        "sides": sides,
        "sentence": each.sentence,
        "evidence": [{"batch_id": piece.batch_id, "row_no": piece.row_no} for piece in each.evidence],
    }


def _text(found: list[Any]) -> str:
    if not found:
        return "没有待判定的疑似同一主体。"
    return "\n".join(
        f"{one.score:>3}  {one.kind_zh}  {one.sides[0].name} ↔ {one.sides[1].name}  {one.sentence}" for one in found
    )


def _write(path: Path, found: list[Any]) -> None:
    from analytics.acts.export_pairs import COLUMNS, lines
    from data.errors import BadArgument, told
    from data.export import csv_bytes

    try:
        path.write_bytes(csv_bytes([COLUMNS, *lines(found)]))
    except OSError as error:
        raise BadArgument(f"写不了这个文件：{told(error)}", str(path), "请换一个位置") from None
