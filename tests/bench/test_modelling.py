"""Are scorecards compared on the same arrays, is a peer that could not be run told with its reason, and is the goal held?"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench import modelling
from bench.card_own import area
from bench.card_sets import read_sets, write_sets
from bench.peers import _last, peer
from models.evaluate import auc
from models.scorecard import ScorecardClassifier

TIMES = {"fits": [1.0, 2.0, 3.0], "fit": 2.0, "scored": 100_000, "score": 0.7, "alone": [0.002] * 100}
OWN = {name: {"areas": {"iris": 0.95, "big": 0.8}, **TIMES} for name in ("scorecard", "challenger")}
LATE = "600 秒内没有做完"
FAILED = {"errors": dict.fromkeys(modelling.STEPS.values(), LATE), "areas": {}}


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sets(tmp_path_factory.mktemp("sets"), quick=True)


def test_the_sets_are_the_same_every_time_and_every_row_is_tested(sets: Path, tmp_path: Path) -> None:
    again = {name: (numbers, events, folds) for name, numbers, events, folds in read_sets(write_sets(tmp_path, quick=True))}
    for name, numbers, events, folds in read_sets(sets):
        assert all((one == other).all() for one, other in zip((numbers, events, folds), again[name], strict=True)), name
        assert set(np.unique(events)) == {0, 1}
        assert all(
            events[row == fold].min() == 0 and events[row == fold].max() == 1 for row in folds for fold in np.unique(row)
        )


def test_an_area_is_the_mean_over_the_folds_of_rows_not_learned_from(sets: Path) -> None:
    numbers, events = next((numbers, events) for name, numbers, events, _ in read_sets(sets) if name == "breast_cancer")
    frame = pd.DataFrame(numbers[:, :3], columns=["x00", "x01", "x02"])
    halves = np.arange(len(events))[None, :] % 2
    found = area(ScorecardClassifier, frame, events, halves)
    one, two = (halves[0] == fold for fold in (0, 1))
    by_hand = [
        auc(events[test], ScorecardClassifier().fit(frame[learn], events[learn]).decision_function(frame[test]))
        for learn, test in ((one, two), (two, one))
    ]
    assert found == pytest.approx(np.mean(by_hand))


def lines(peers: dict) -> dict:
    told = [*modelling._learning(OWN, peers, "200,000 × 60"), *modelling._ranking(OWN, peers), *modelling._scoring(OWN, peers)]
    return {one.name: one for one in told}


def test_a_peer_that_is_five_times_slower_and_no_better_is_a_goal_reached() -> None:
    good = {"optbinning": {"version": "1.0.0", "fit": 10.0, "score": 1.0, "areas": {"iris": 0.955, "big": 0.7}, "errors": {}}}
    told = lines(good)
    assert told["optbinning ÷ 评分卡（训练时间的倍数）"].verdict == "达到"
    assert told["AUC·评分卡减最好的同类·iris"].verdict == "达到"
    better = {"optbinning": {**good["optbinning"], "fit": 9.9, "areas": {"iris": 0.956}}}
    told = lines(better)
    assert told["optbinning ÷ 评分卡（训练时间的倍数）"].verdict == "未达到"
    assert told["AUC·评分卡减最好的同类·iris"].verdict == "未达到"


def test_a_peer_that_could_not_be_run_is_told_with_its_reason() -> None:
    told = lines({"toad": FAILED})
    assert (told["评分卡训练·toad"].told, told["评分卡训练·toad"].note) == ("没有测成", LATE)
    assert told["AUC·评分卡·iris"].verdict == "—"
    assert "同类都没有测成" in told["AUC·评分卡·iris"].note


def test_a_peer_that_fails_or_lingers_does_not_stop_the_rest(tmp_path: Path) -> None:
    python = Path(sys.executable)
    assert "failed" in peer(python, ["optbinning", str(tmp_path / "none.npz"), "areas"], 60)
    assert peer(python, ["optbinning", str(tmp_path / "none.npz"), "areas"], 0.01)["failed"].endswith("没有做完")


def test_scoring_has_its_goals() -> None:
    told = lines({})
    assert told["评分卡·打分并给理由"].verdict == "达到"
    assert told["评分卡·一行打分并给理由·p95"].verdict == "达到"
    assert told["挑战模型·打分并给理由"].verdict == "—"


def test_a_peer_that_runs_out_of_time_keeps_what_it_did_and_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(_python: Path, arguments: list[str], seconds: float, jobs: int = 1) -> dict:
        asked.append((arguments[2], jobs, seconds))
        if arguments[2] == "fit":
            return {"version": "1.0.0", "fit": 30.0 / jobs, "score": 2.0, "areas": {}, "errors": {}}
        return {"version": "1.0.0", "areas": {"iris": 0.9}, "errors": {"wine": "ValueError: 一类"}, "failed": LATE}

    monkeypatch.setattr(modelling, "peer", answer)
    monkeypatch.setattr(modelling.os, "cpu_count", lambda: 2)
    told = modelling._peer(Path("python"), "optbinning", Path("sets"), 600)
    assert [one[:2] for one in asked] == [("fit", 1), ("fit", 2), ("areas", 1), ("big", 1)]
    assert asked[0][2] == asked[-1][2] == 300
    assert (told["fit"], told["areas"]) == (15.0, {"iris": 0.9})
    assert modelling._why(told, "wine") == "ValueError: 一类"
    assert modelling._why(told, "digits") == modelling._why(told, "big") == LATE
    late = modelling._peer(Path("python"), "toad", Path("sets"), 0)
    assert modelling._why(late) == "0 秒已用完"
    assert "fit" not in late


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        (
            '[INFO] binning\n{"areas": {"iris": 0.9}}\n{"areas": {"iris": 0.9, "wine": 1.0}}\n[INFO] …',
            {"iris": 0.9, "wine": 1.0},
        ),
        ('{"areas": {"iris": 0.9}}\n{"areas": {"iris": 0.9, "wi', {"iris": 0.9}),
        ("[INFO] binning", None),
        (None, None),
    ],
)
def test_the_last_whole_answer_of_a_peer_counts(printed: str | None, known: dict | None) -> None:
    assert _last(printed).get("areas") == known
