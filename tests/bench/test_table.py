"""Is a figure above its goal told as missed, one below it as reached, and one without a goal as neither?"""

from __future__ import annotations

import json

import pytest

from bench.table import as_json, as_markdown, at_least, line_of, printed, repeated, within


@pytest.mark.parametrize(("figure", "goal", "verdict"), [(4.0, 4.0, "达到"), (4.01, 4.0, "未达到"), (9.0, None, "—")])
def test_a_figure_is_held_against_its_goal(figure, goal, verdict):
    assert within("入库", figure, " 倍", goal).verdict == verdict


def test_a_share_must_not_be_below_its_goal():
    assert [at_least("先知", share, 0.9).met for share in (0.89, 0.9)] == [False, True]


def test_the_median_of_the_runs_is_told_and_all_of_them():
    runs = iter([{"seconds": each, "mark": each} for each in (3.0, 1.0, 2.0)])
    told = repeated(3, lambda: next(runs))
    assert (told["seconds"], told["mark"], told["all"]) == (2.0, 2.0, [1.0, 2.0, 3.0])


def test_the_table_the_page_and_the_document_tell_the_same():
    lines = [within("更新", 30.25, " 秒", 60, "企业 96,000"), within("一小批", 1.5, " 秒", None)]
    assert "30.2 秒" in printed(lines)
    assert as_markdown(lines).count("\n") == 3
    assert [each["verdict"] for each in json.loads(as_json({}, lines))["lines"]] == ["达到", "—"]
    assert [line_of(each) for each in json.loads(as_json({}, lines))["lines"]] == lines
