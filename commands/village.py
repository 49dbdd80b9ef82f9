"""How does somebody without data see the product? By a made-up village in an empty home."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, running


def main(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="数据目录里已有数据时什么也不做，正常退出")] = False,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """在空的数据目录里建立模拟村：入库十几户编造的企业，每个岗位一个账号，并发布 2026-10-31 的快照。"""
    from analytics.village import found_village, is_village, occupied

    with running(home, as_json, debug) as settings:
        moment = now()
        if if_empty and not is_village(settings) and occupied(settings, moment):
            finish(None, as_json, lambda _: f"{settings.home} 里已有数据，没有改动")
            return
        founded = found_village(settings, moment, run_id=uuid.uuid4().hex[:12])
        document = {
            "enterprises": founded.enterprises,
            "records": founded.records,
            "as_of": founded.as_of,
            "build_id": founded.build_id,
        }
        finish(document, as_json, lambda _: _text(founded, str(settings.home)))


def _text(founded: Any, place: str) -> str:
    done = "已经是模拟村，没有改动" if founded.already else "模拟村已建立"
    lines = [
        f"{done}：{founded.enterprises} 户企业，{founded.records} 条记录，数据截至 {founded.as_of}，快照 {founded.build_id}",
        f"数据目录 {place}，全部为编造数据。登录账号（用户名 / 口令）：",
    ]
    lines += [f"  {each.role_zh}  {each.user} / {each.password}  {each.county or '全市'}" for each in founded.accounts]
    return "\n".join(lines)
