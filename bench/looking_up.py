"""How long does a look-up take, whatever is typed? A thousand mixed texts: codes, names, pieces, initials, misses, nonsense."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from analytics.desk import Desk, open_desk
from analytics.lookup import find
from bench.homes import home_of
from bench.table import Line, within
from data.settings import Settings

P99_MS, PROVINCE, LIMIT, QUERIES = 20.0, 16, 20, 1_000
_NASTY = (
    "%", "_", "'", "\\", "%%%", "永济' or 1=1 --", "😀", "😀😀😀", "x" * 10_000, "运" * 10_000, "有限公司" * 2_500,
    "运", "公司", "1", "晋M", "有限公司", "（模拟）", "运城市", "a", "yxgs", "不存在的名称", "zzzqqq", "99999", "晋MZZZZZ9",
)  # fmt: skip


def lines(folder: Path, scales: list[float], runs: int) -> list[Line]:
    """Median and 99th percentile at every scale; each text is asked `runs` times and its median counts."""
    found = []
    for scale in scales:
        desk = open_desk(Settings.load({}, home_of(folder, scale)), datetime.now(UTC))
        texts = asked(desk, QUERIES)
        find(desk, texts[0], LIMIT)
        times = {text: np.median([_milliseconds(desk, text) for _ in range(runs)]) for text in texts}
        taken = np.array([times[text] for text in texts])
        slow = max(times, key=lambda text: times[text])
        (total,) = desk.snapshot()._con.cursor().execute("select count(*) from subject").fetchall()[0]
        slowest = f"最慢 {times[slow]:.1f} 毫秒（“{slow[:12]}”）"
        note = f"{total:,} 个主体；{len(texts)} 个查找，含查不到和怪异文本；{slowest}"
        goal = P99_MS if scale >= PROVINCE else None
        found.append(within(f"查一户·中位·规模 {scale:g}", float(np.median(taken)), " 毫秒", None, note))
        found.append(within(f"查一户·p99·规模 {scale:g}", float(np.percentile(taken, 99)), " 毫秒", goal, "含预警计数和建议"))
    return found


def asked(desk: Desk, count: int, seed: int = 7) -> list[str]:
    """`count` texts as people type them, drawn from the snapshot itself; the same every time."""
    draw = random.Random(seed)
    kinds = ("enterprise", "vehicle", "practitioner")
    by_type = {kind: _sample(desk, kind) for kind in kinds}
    rows = [row for kind in kinds for row in by_type[kind]]

    def piece(text: str, length: int) -> str:
        start = draw.randrange(max(1, len(text) - length + 1))
        return text[start : start + length]

    ways = [
        lambda: draw.choice(by_type["enterprise"])["uscc"],
        lambda: draw.choice(by_type["enterprise"])["licence_no"],
        lambda: draw.choice(by_type["enterprise"])["name"],
        lambda: draw.choice(by_type["enterprise"])["name"][: draw.randint(2, 8)],
        lambda: piece(draw.choice(by_type["enterprise"])["name"], draw.randint(2, 5)),
        lambda: draw.choice(by_type["enterprise"])["initials"][: draw.randint(2, 8)],
        lambda: piece(draw.choice(by_type["enterprise"])["initials"], 4),
        lambda: piece(draw.choice(by_type["enterprise"])["uscc"] or "", 6),
        lambda: draw.choice(by_type["vehicle"])["plate"],
        lambda: draw.choice(by_type["vehicle"])["plate"][-5:],
        lambda: draw.choice(by_type["vehicle"])["licence_no"],
        lambda: draw.choice(by_type["practitioner"])["name"],
        lambda: draw.choice(by_type["practitioner"])["initials"],
        lambda: draw.choice(rows)["subject_id"],
        lambda: draw.choice(by_type["enterprise"])["name"][:3] + "没有这家",
        lambda: str(draw.randrange(10**11, 10**12)),
        lambda: draw.choice(_NASTY),
    ]
    texts: list[str] = []
    while len(texts) < count:
        text = ways[len(texts) % len(ways)]()
        texts.append(text if text and text.strip() else "运")
    return texts


def _sample(desk: Desk, kind: str) -> list[dict[str, str]]:
    """A thousand registered subjects of one type, evenly over all of them."""
    names = ("name", "uscc", "licence_no", "plate", "initials", "subject_id")
    told = (
        desk.snapshot()
        ._con.cursor()
        .execute(f"select {', '.join(names)} from subject where subject_type = ? and registered order by subject_id", [kind])
    )
    rows = [dict(zip(names, (text or "" for text in row), strict=True)) for row in told.fetchall()]
    return rows[:: max(1, len(rows) // 1_000)]


def _milliseconds(desk: Desk, text: str) -> float:
    started = time.perf_counter()
    find(desk, text, LIMIT)
    return (time.perf_counter() - started) * 1_000
