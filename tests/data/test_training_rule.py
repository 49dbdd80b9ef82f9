"""The switch on training data: off by default, on only with an approver's confirmation of what the file says now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.errors import BrokenRule
from data.training_rule import FILE, load_training_rule

DAY = date(2026, 10, 31)


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = FILE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / FILE.name
    path.write_text(text, encoding="utf-8")
    return path


def test_it_is_off_and_an_assumption() -> None:
    rule = load_training_rule(DAY)
    assert (rule.learn_from_ended, rule.basis) == (False, "assumption")


def test_another_text_is_another_hash(tmp_path: Path) -> None:
    turned = load_training_rule(DAY, written(tmp_path, ("learn_from_ended = false", "learn_from_ended = true")))
    assert turned.learn_from_ended
    assert turned.content != load_training_rule(DAY).content
    assert (
        load_training_rule(DAY, written(tmp_path, ('version = "1"', 'version = "2"'))).content
        != load_training_rule(DAY).content
    )


@pytest.mark.parametrize(
    "change",
    [
        ("learn_from_ended = false", 'learn_from_ended = "no"'),
        ("learn_from_ended = false", ""),
        ("effective_from = 2000-01-01", "effective_from = 2099-01-01"),
        ("[[version]]", "[version]"),
    ],
)
def test_a_damaged_file_is_one_sentence(tmp_path: Path, change: tuple[str, str]) -> None:
    with pytest.raises(BrokenRule, match="训练数据的规则读不出来"):
        load_training_rule(DAY, written(tmp_path, change))
