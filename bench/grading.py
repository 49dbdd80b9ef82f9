"""How long does it take to grade a whole city under all schemes for one day, and to compute the sheet of one subject?"""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from analytics.desk import Desk, open_desk
from analytics.evaluation import sheet_of
from bench.homes import home_of
from bench.table import Line, within
from data import store
from data.evaluation import grade_all
from data.settings import Settings

CITY_SECONDS, SHEET_MS, PROVINCE, SHEETS = 20.0, 50.0, 16, 280


def lines(folder: Path, scales: list[float], runs: int) -> list[Line]:
    """The city (the median of `runs`) and one sheet (the median of many, over all schemes) at every scale."""
    found = []
    for scale in scales:
        desk = open_desk(Settings.load({}, home_of(folder, scale)), datetime.now(UTC))
        goal = scale >= PROVINCE
        seconds, graded = zip(*[_city(desk) for _ in range(runs)], strict=True)
        note = f"{graded[0]:,} 个主体×方案，全部评价方案，一天；各次 {'、'.join(f'{each:.1f}' for each in seconds)}"
        median = float(np.median(seconds))
        found.append(within(f"评价·全城·规模 {scale:g}", median, " 秒", CITY_SECONDS if goal else None, note))
        times = [_sheet(desk, *one) for one in asked(desk, SHEETS)]
        note = f"{len(times)} 张，各方案轮流，逐项并追到记录；p99 {float(np.percentile(times, 99)):.1f} 毫秒"
        found.append(within(f"评分表·中位·规模 {scale:g}", float(np.median(times)), " 毫秒", SHEET_MS if goal else None, note))
    return found


def asked(desk: Desk, count: int, seed: int = 7) -> list[tuple[str, str]]:
    """`count` pairs of subject and scheme, the schemes in turn; the same every time."""
    draw = random.Random(seed)
    with desk.snapshot().aside() as con:
        rows = con.execute("select scheme, list(subject_id order by subject_id) from trial group by scheme order by scheme")
        subjects = dict(rows.fetchall())
    schemes = sorted(subjects)
    return [(draw.choice(subjects[scheme]), scheme) for scheme in (schemes[n % len(schemes)] for n in range(count))]


def _city(desk: Desk) -> tuple[float, int]:
    """Seconds to grade everyone, and how many; the snapshot is read, nothing is kept."""
    snapshot = desk.snapshot()
    with snapshot.aside() as con:
        started = time.perf_counter()
        grade_all(con, snapshot.as_of)
        store.make(con, "trial_again", "trial/trial", temporary=True)
        seconds = time.perf_counter() - started
        ((count,),) = con.execute("select count(*) from trial_again").fetchall()
        return seconds, int(count)


def _sheet(desk: Desk, subject_id: str, scheme: str) -> float:
    started = time.perf_counter()
    sheet_of(desk, subject_id, scheme)
    return (time.perf_counter() - started) * 1000
