"""How much longer than reading does landing take, with every check, and how long do the same checks take in pandera?"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from bench.child import measured
from bench.penalties import fault_of, write_penalties
from bench.table import Line, repeated, within

RATIO, PEAK_MIB = 4.0, 1536.0


def lines(folder: Path, rows: int, runs: int) -> list[Line]:
    """Landing, bare read and pandera of one file of `rows` penalties, in turn, each `runs` times (pandera once)."""
    path = folder / f"penalties-{rows}.csv"
    if not path.exists():
        write_penalties(path, rows)
    both = [(measured("bench.landing_run", "bare", str(path)), _landed(path, folder)) for _ in range(runs)]
    bare, land = (repeated(runs, iter([pair[side] for pair in both]).__next__) for side in (0, 1))
    peer = measured("bench.pandera_peer", str(path))
    planted = [row for row in range(rows) if fault_of(row)]
    for name, told in (("入库", land["rejected"]), ("pandera", peer["rejected"])):
        if told != planted:
            raise SystemExit(f"{name}拒收的行与埋下的差错不一致：{len(told)} 行，应为 {len(planted)} 行")
    size = f"{rows:,} 行 × 30 列 GB18030，{path.stat().st_size / 1e6:.0f} MB"
    alike = "拒收的行与埋下的差错逐行一致"
    shape = f"{size}；{runs} 次中位数；峰值 {bare['peak_mib']:.0f} MiB"
    other = f"其中检查 {peer['check']:.1f} 秒，峰值 {peer['peak_mib']:.0f} MiB；{alike}"
    return [
        within("裸读（pyarrow.csv）", bare["seconds"], " 秒", None, shape),
        within("入库（全部检查）", land["seconds"], " 秒", None, f"各次 {land['all']}；拒收 {len(planted):,} 行，{alike}"),
        within("入库 ÷ 裸读", land["seconds"] / bare["seconds"], " 倍", RATIO, "同一次运行里交替测量", 2),
        within("入库峰值内存", land["peak_mib"], " MiB", PEAK_MIB, "子进程最大常驻内存", 0),
        within("pandera 读取加同样的检查", peer["seconds"], " 秒", None, other),
        within("入库 ÷ pandera", land["seconds"] / peer["seconds"], " 倍", None, "pandera 不清理、不加密、不落盘", 2),
    ]


def _landed(path: Path, folder: Path) -> dict[str, Any]:
    home = folder / "landing-home"
    shutil.rmtree(home, ignore_errors=True)
    told = measured("bench.landing_run", "land", str(path), str(home))
    shutil.rmtree(home)
    return told
