"""How is one thing measured without what was measured before it? In a process of its own that prints one JSON document."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def measured(module: str, *arguments: str) -> dict[str, Any]:
    """What `python -m module …` printed."""
    return json.loads(_run(["-m", module, *arguments], (0,)).splitlines()[-1])


def product(*arguments: str, home: Path) -> dict[str, Any]:
    """What `cli.py … --json` answered, and under `wall` how many seconds the whole process took."""
    started = time.perf_counter()
    answer = json.loads(_run(["cli.py", *arguments, "--json", "--home", str(home)], (0, 1)))
    return {**answer, "wall": time.perf_counter() - started}


def _run(arguments: list[str], fine: tuple[int, ...]) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XINJIAN_")}
    ran = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, env=environment)
    if ran.returncode not in fine:
        raise SystemExit(f"{' '.join(arguments)} 失败：\n{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}")
    return ran.stdout
