"""What did `backtest` last find on the published snapshot? Read without anything that learns: pages ask this."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analytics.desk import Desk


def path_of(desk: Desk, build_id: str) -> Path:
    """Where the findings of one snapshot lie, whether there are any or not."""
    return desk.home.build / f"backtest-{build_id}.json"


def last_backtest(desk: Desk) -> dict[str, Any] | None:
    """What `backtest` last found on the published snapshot; None when it was not run on it, or the file is damaged."""
    path = path_of(desk, desk.snapshot().build_id)
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
