"""`rollback`: let people see an older snapshot again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, running


def main(
    build_id: Annotated[str, typer.Argument(help="快照编号，见 snapshots")],
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """切换到较早的快照；预警和人的处理记录不变。"""
    from data.home import open_home
    from data.snapshots import rollback

    with running(home, as_json, debug) as settings:
        chosen = rollback(open_home(settings.home), build_id)
        finish(asdict(chosen), as_json, lambda one: f"已切换到快照 {one['build_id']}，截至 {one['as_of']:%Y-%m-%d}")
