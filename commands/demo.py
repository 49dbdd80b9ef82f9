"""How does somebody without data see the product at its real size? By a made-up city in an empty home."""

from __future__ import annotations

import sys
import uuid
from typing import Annotated

import typer

from commands.founded import tell_founded, tell_occupied
from commands.frame import AsJson, Debug, HomeDir, now, parse_day, running


def main(
    scale: Annotated[float | None, typer.Option("--scale", help="规模：1 约六千户企业，默认 1")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="种子：同一个种子总是同一座城，默认 7")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="截止日，默认 2026-10-31")] = None,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="数据目录里已有别的数据时什么也不做，正常退出")] = False,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """在空的数据目录里建立演示城市：一座编造的城，五年的记录，每个岗位一个账号，并发布快照。"""
    from analytics.demo import KIND, found_city
    from analytics.founding import occupied

    with running(home, as_json, debug, log_to_stderr=debug) as settings:
        moment = now()
        if if_empty and occupied(settings, KIND, moment):
            tell_occupied(settings.home, as_json)
            return
        day = parse_day(as_of, "--as-of") if as_of else None
        founded = found_city(settings, moment, uuid.uuid4().hex[:12], scale, seed, day, _say)
        tell_founded(founded, KIND, settings.home, as_json)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
