"""How does somebody without data see the product? By a made-up village in an empty home."""

from __future__ import annotations

import uuid
from typing import Annotated

import typer

from commands.founded import tell_founded, tell_occupied
from commands.frame import AsJson, Debug, HomeDir, now, running


def main(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="数据目录里已有数据时什么也不做，正常退出")] = False,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """在空的数据目录里建立模拟村：入库十几户编造的企业，每个岗位一个账号，并发布 2026-10-31 的快照。"""
    from analytics.founding import occupied
    from analytics.village import KIND, found_village

    with running(home, as_json, debug) as settings:
        moment = now()
        if if_empty and occupied(settings, KIND, moment):
            tell_occupied(settings.home, as_json)
            return
        tell_founded(found_village(settings, moment, run_id=uuid.uuid4().hex[:12]), KIND, settings.home, as_json)
