"""Who looked at whom, and who did what? `log read` (the read log) and `log actions` (the events)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, running
from data.clock import local_text
from data.errors import BadArgument

if TYPE_CHECKING:
    from data.casework import Casework
    from data.settings import Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="查阅日志（log read）与操作日志（log actions）。")

User = Annotated[str | None, typer.Option("--user", help="只看这个账号的")]
Limit = Annotated[int, typer.Option("--limit", help="最多几条，新的在前")]
Skip = Annotated[int, typer.Option("--skip", help="跳过最新的几条")]


@app.command()
def read(
    user: User = None,
    subject: Annotated[str | None, typer.Option("--subject", help="只看查过这个主体的（主体编号）")] = None,
    limit: Limit = 100,
    skip: Skip = 0,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """查阅日志：谁、何时、因何、查了谁。"""
    with running(home, as_json, debug) as settings:
        from data.casework.reads import list_reads

        _check(limit, skip)
        finish(list_reads(_open(settings), user, subject, limit, skip), as_json, _reads)


@app.command()
def actions(
    user: User = None,
    kind: Annotated[str | None, typer.Option("--kind", help="只看这一种，例如 alert_acknowledged")] = None,
    limit: Limit = 100,
    skip: Skip = 0,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """操作日志：只增不改，每一条是一次变动。"""
    with running(home, as_json, debug) as settings:
        from data.casework.events import KINDS, list_events

        _check(limit, skip)
        if kind is not None and kind not in KINDS:
            raise BadArgument(f"“{kind}”不是操作种类", "--kind", f"可用：{'、'.join(KINDS)}")
        finish(list_events(_open(settings), user, kind, limit, skip), as_json, _events)


def _open(settings: Settings) -> Casework:
    from data.casework import open_casework
    from data.home import open_home

    open_home(settings.home)
    return open_casework(settings, now())


def _check(limit: int, skip: int) -> None:
    for value, option, least in ((limit, "--limit", 1), (skip, "--skip", 0)):
        if not least <= value <= 1_000_000:
            raise BadArgument(f"{value} 不能用", option, f"请写 {least} 到 1000000 之间的整数")


def _reads(rows: list[dict[str, Any]]) -> str:
    lines = [
        f"{local_text(row['at'])}  {row['actor']}  {row['purpose_zh']}{'：' + row['detail'] if row['detail'] else ''}"
        f"  {row['subject_type']} {row['subject_id']}"
        for row in rows
    ]
    return "\n".join(lines) or "没有查阅记录"


def _events(rows: list[dict[str, Any]]) -> str:
    lines = [
        f"{row['id']}  {local_text(row['at'])}  {row['actor']}  {row['kind_zh']}  {row['alert_id'] or row['subject_id'] or ''}"
        f"  {json.dumps(row['payload'], ensure_ascii=False)[:120]}"
        for row in rows
    ]
    return "\n".join(lines) or "没有操作记录"
