"""The rule that tests and watches the model: read whole, and every damage named in one sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.errors import BrokenRule
from data.model_watch import FILE, SORTS, SPANS, load_watch_rule

DAY = date(2026, 10, 31)


def test_the_rule_is_read_whole() -> None:
    rule = load_watch_rule(DAY)
    assert rule.basis == "assumption"
    assert (rule.psi_minor, rule.psi_major, rule.fair_low, rule.fair_high) == (0.1, 0.25, 0.8, 1.25)
    for weights in (rule.weighted_rate, rule.points_per_event):
        assert tuple(weights.sorts) == SORTS
        assert tuple(weights.times) == SPANS
        assert weights.sorts["检查合格"] == 0
        assert list(weights.times.values()) == sorted(weights.times.values(), reverse=True)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("psi_minor = 0.1", "psi_minor = 0.3"),
        ("fair_low = 0.8", "fair_low = 1.1"),
        ("capacity_days = 30", "capacity_days = 0"),
        ("capacity_lag_days = 30", "capacity_lag_days = -1"),
        ("stale_days = 575", ""),
        ('"严重" = 10', '"严重" = -1'),
        ('"超限" = 100', ""),
        ("weight_most = 10", "weight_most = 0.5"),
        ('stale = "yellow"', 'stale = "purple"'),
        ("most_named = 3", "most_named = 0"),
        ('todo = "请查明原因', 'to = "请查明原因'),
        ("effective_from = 2000-01-01", "effective_from = 2030-01-01"),
        ("[[version]]", "[[version"),
    ],
)
def test_a_damaged_rule_is_refused_in_one_sentence(good: str, bad: str, tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert good in text
    path = tmp_path / FILE.name
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(BrokenRule, match="模型检验与监测的规则读不出来"):
        load_watch_rule(DAY, path)
