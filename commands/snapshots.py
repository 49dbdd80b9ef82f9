"""`snapshots`: which snapshots are kept, and which one do people see?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from commands.frame import AsJson, Debug, HomeDir, finish, running


def main(as_json: AsJson = False, home: HomeDir = None, debug: Debug = False) -> None:
    """列出保留的快照，新的在前。"""
    from data.home import open_home
    from data.snapshots import list_snapshots

    with running(home, as_json, debug) as settings:
        finish([asdict(one) for one in list_snapshots(open_home(settings.home))], as_json, as_text)


def as_text(kept: list[dict[str, Any]]) -> str:
    """One line per snapshot; the one in use is starred."""
    if not kept:
        return "还没有快照，先运行 refresh"
    return "\n".join(
        f"{'*' if one['current'] else ' '} {one['build_id']}  截至 {one['as_of']:%Y-%m-%d}  建于 {one['created_at']}"
        for one in kept
    )
