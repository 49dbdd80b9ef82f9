"""How does the scorecard stand beside optbinning, toad and scorecardpy: time to learn, how well it ranks, time to score?"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from bench.card_sets import BIG, COLUMNS, ROWS, write_sets
from bench.child import measured
from bench.peers import peer, peer_python
from bench.table import Line, at_least, within

PEERS = ("optbinning", "toad", "scorecardpy")
FASTER, APART, SCORING, ALONE = 5.0, 0.005, 2.0, 5.0
#: So many seconds each peer is given in all, half of them for a step at most; what is not done by then is told as not done.
PATIENCE, QUICK_PATIENCE = 600.0, 120.0
FIT = "fit"
#: What a peer is asked for, in this order (`bench/card_peer.py`) → how that is called.
STEPS = {"fit": "大数据集的训练时间", "areas": "小数据集", "big": "大数据集的 AUC"}


def lines(folder: Path, quick: bool) -> list[Line]:
    """Everything measured in one run on the same arrays, each in a process of its own."""
    path = write_sets(folder, quick)
    own = measured("bench.card_own", str(path), "1" if quick else "3")
    peers = _peers(path, QUICK_PATIENCE if quick else PATIENCE)
    rows = f"{20_000 if quick else ROWS:,} × {COLUMNS}"
    return [*_learning(own, peers, rows), *_ranking(own, peers), *_scoring(own, peers)]


def _peers(path: Path, patience: float) -> dict[str, dict[str, Any]]:
    """Per peer: version, AUC per set, errors, seconds of the largest set; `failed` says why there is nothing."""
    python, why = peer_python()
    if python is None:
        return {name: {"failed": f"环境装不上：{why}"} for name in PEERS}
    return {name: _peer(python, name, path, patience) for name in PEERS}


def _peer(python: Path, name: str, path: Path, patience: float) -> dict[str, Any]:
    """All that one peer did in its time, step by step."""
    until = time.monotonic() + patience
    told: dict[str, Any] = {"areas": {}, "errors": {}}
    for step, word in STEPS.items():
        cores = {1, os.cpu_count() or 1} if (name, step) == ("optbinning", "fit") else {1}  # the better of both counts
        for jobs in sorted(cores):
            left = min(until - time.monotonic(), patience / 2)
            answer = peer(python, [name, str(path), step], left, jobs) if left > 0 else {"failed": f"{patience:,.0f} 秒已用完"}
            errors = {**answer.get("errors", {}), **({word: answer["failed"]} if "failed" in answer else {})}
            told["areas"] |= answer.get("areas", {})
            told["errors"] |= errors
            if answer.get("fit", float("inf")) < told.get("fit", float("inf")):
                told |= {key: answer[key] for key in ("version", "fit", "score")}
    return told


def _learning(own: dict[str, Any], peers: dict[str, dict[str, Any]], rows: str) -> list[Line]:
    card = own["scorecard"]
    found = [within(f"评分卡训练·{rows}", card["fit"], " 秒", None, f"各次 {[round(one, 2) for one in card['fits']]}", 2)]
    for name, told in peers.items():
        if "fit" not in told:
            found.append(Line(f"评分卡训练·{name}", "没有测成", "", None, _why(told), float("nan")))
            continue
        found.append(within(f"评分卡训练·{name} {told['version']}", told["fit"], " 秒", None, "同一次运行、同样的数据", 2))
        goal = FASTER if name == "optbinning" else None
        found.append(at_least(f"{name} ÷ 评分卡（训练时间的倍数）", told["fit"] / card["fit"], goal, "", 1))
    return found


def _ranking(own: dict[str, Any], peers: dict[str, dict[str, Any]]) -> list[Line]:
    found = []
    for name, area in own["scorecard"]["areas"].items():
        others = {peer: told["areas"][name] for peer, told in peers.items() if name in told.get("areas", {})}
        said = "，".join(f"{peer} {other:.4f}" for peer, other in others.items()) or "同类都没有测成"
        failed = "；".join(f"{peer}：{_why(told, name)}" for peer, told in peers.items() if peer not in others)
        note = f"评分卡 {area:.4f}，{said}；挑战模型 {own['challenger']['areas'][name]:.4f}{failed and '；' + failed}"
        if others:
            found.append(at_least(f"AUC·评分卡减最好的同类·{name}", round(area - max(others.values()), 4), -APART, note, 4))
        else:
            found.append(at_least(f"AUC·评分卡·{name}", area, None, note, 4))
    return found


def _scoring(own: dict[str, Any], peers: dict[str, dict[str, Any]]) -> list[Line]:
    found = []
    for name, word in (("scorecard", "评分卡"), ("challenger", "挑战模型")):
        told = own[name]
        alone = [1000 * one for one in told["alone"]]
        goals = (SCORING, ALONE) if name == "scorecard" else (None, None)
        note = f"{told['scored']:,} 行，打分加每行三条理由"
        found.append(within(f"{word}·打分并给理由", told["score"], " 秒", goals[0], note, 2))
        slow = f"中位 {alone[len(alone) // 2]:.1f} 毫秒，{len(alone)} 次"
        found.append(within(f"{word}·一行打分并给理由·p95", alone[int(len(alone) * 0.95) - 1], " 毫秒", goals[1], slow, 1))
    fits = own["challenger"]["fits"]
    note = f"各次 {[round(one, 1) for one in fits]}；含五折校准"
    found.append(within("挑战模型训练", own["challenger"]["fit"], " 秒", None, note, 1))
    for name, told in peers.items():
        if "score" in told:
            found.append(within(f"{name}·打分（不给理由）", told["score"], " 秒", None, "同样的行", 2))
    return found


def _why(told: dict[str, Any], name: str = FIT) -> str:
    """Why there is nothing of a set, or no seconds."""
    errors, step = told.get("errors", {}), STEPS["fit" if name == FIT else "big" if name == BIG else "areas"]
    return told.get("failed") or errors.get(name) or errors.get(step) or "没有结果"
