"""On which machine, with which versions, on which day, and how busy was it? And how much memory did a process need?"""

from __future__ import annotations

import os
import platform
import resource
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = ("duckdb", "pyarrow", "pandas", "numpy", "scikit-learn", "streamlit", "pandera")


def peak_mib() -> float:
    """The most memory this process has held so far, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():  # what `getrusage` tells of a child begins with what its parent held
        return round(int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def machine() -> dict[str, object]:
    """Cores, memory in GiB, system, versions, day, and the load of the last minute."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _LIBRARIES},
        "load": round(os.getloadavg()[0], 2),
    }


def machine_line(told: dict[str, object]) -> str:
    """One line for people."""
    versions = "，".join(f"{name} {number}" for name, number in dict(told["versions"]).items() if number)  # type: ignore[call-overload]
    return (
        f"{told['day']} · {told['cores']} 核 · 内存 {told['memory_gib']} GiB · {told['system']} · Python {told['python']} · "
        f"{versions} · 开始时系统负载 {told['load']}"
    )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
