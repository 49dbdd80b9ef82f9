"""Where do the peers run that cannot live beside the product? In an environment of their own, of requirements-peers.txt."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.child import ROOT

_PINNED = ROOT / "requirements-peers.txt"


def peer_python() -> tuple[Path | None, str]:
    """(the environment's Python, "") or (None, why there is none). Made anew whenever the pinned versions change."""
    mark = hashlib.sha256(_PINNED.read_bytes()).hexdigest()[:12]
    place = ROOT / "bench" / "results" / f"peers-{mark}"
    python = place / "bin" / "python"
    if not (place / "made").exists():
        for step in (
            [sys.executable, "-m", "venv", "--clear", str(place)],
            [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", str(_PINNED)],
        ):
            ran = subprocess.run(step, capture_output=True, text=True)
            if ran.returncode:
                return None, (ran.stderr.strip().splitlines() or ["?"])[-1][:160]
        (place / "made").touch()
    return python, ""


def peer(python: Path, arguments: list[str], seconds: float, jobs: int = 1) -> dict[str, Any]:
    """What `bench/card_peer.py …` printed, or `failed` with why."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
    call = [str(python), str(ROOT / "bench" / "card_peer.py"), *arguments]
    try:
        ran = subprocess.run(
            call, capture_output=True, text=True, timeout=seconds, env={**keep, "PEER_JOBS": str(jobs), "MPLBACKEND": "Agg"}
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"{seconds / 60:.0f} 分钟内没有做完"}
    if ran.returncode:
        return {"failed": (ran.stderr.strip().splitlines() or ["?"])[-1][:160]}
    return json.loads(ran.stdout.strip().splitlines()[-1])
