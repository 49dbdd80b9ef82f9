"""Where do the peers run that cannot live beside the product? In an environment of their own, of requirements-peers.txt."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from contextlib import suppress
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
    """The last that `bench/card_peer.py …` printed, with `failed` and why when it did not come to its end."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
    call = [str(python), str(ROOT / "bench" / "card_peer.py"), *arguments]
    try:
        ran = subprocess.run(
            call, capture_output=True, text=True, timeout=seconds, env={**keep, "PEER_JOBS": str(jobs), "MPLBACKEND": "Agg"}
        )
    except subprocess.TimeoutExpired as late:
        told = late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else late.stdout
        return {**_last(told), "failed": f"{seconds:,.0f} 秒内没有做完"}
    if ran.returncode:
        return {**_last(ran.stdout), "failed": (ran.stderr.strip().splitlines() or ["?"])[-1][:160]}
    return _last(ran.stdout)


def _last(printed: str | None) -> dict[str, Any]:
    """The last JSON document among what a peer and its library printed; {} when there is none."""
    for line in reversed((printed or "").splitlines()):
        if line.startswith("{"):
            with suppress(ValueError):  # the line at which it was stopped
                return json.loads(line)
    return {}
