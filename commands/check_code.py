"""Are these identifiers valid?"""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, running, today
from data.errors import BadArgument


def main(
    kind: Annotated[
        str, typer.Argument(help="uscc 统一社会信用代码、rid 身份证号、orgcode 组织机构代码、plate 车牌", metavar="KIND")
    ],
    values: Annotated[list[str] | None, typer.Argument(help="要核验的值；不给时逐行读标准输入", metavar="[VALUE…]")] = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """先清理（全角、空格、小写、间隔点），再核验格式与校验位；有一个不对即以 1 退出。"""
    import pyarrow as pa

    from data.identifiers import KINDS, check_column

    with running(home, as_json, debug):
        if kind not in KINDS:
            raise BadArgument(f"没有“{kind}”这种代码", "代码种类", f"请用 {'、'.join(KINDS)} 之一")
        asked = values or [line.rstrip("\r\n") for line in sys.stdin if line.strip()]
        if not asked:
            raise BadArgument("没有要核验的值", "命令行或标准输入", "请在命令后写上要核验的值，或逐行从标准输入给出")
        answers = [asdict(verdict) for verdict in check_column(kind, pa.array(asked, pa.string()), today())]
        finish(answers, as_json, _lines, needs_person=not all(answer["ok"] for answer in answers))


def _lines(answers: list[dict]) -> str:
    return "\n".join(
        f"{answer['value']}\t{'正确' if answer['ok'] else '不对：' + answer['reason']}"
        + (f"\t（按 {answer['normalised']} 核验）" if answer["normalised"] != answer["value"] else "")
        for answer in answers
    )
