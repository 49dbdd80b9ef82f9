"""Does writing the page keep what was not measured here, and replace what was?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import __main__ as run
from bench.machine import machine
from bench.table import as_json, within


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run, "PAGE", tmp_path / "benchmarks.md")
    monkeypatch.setattr(run, "RESULTS", tmp_path)
    return tmp_path


def keep(folder: Path, name: str, figure: float) -> None:
    told = as_json(machine(), [within(f"{name} 一项", figure, " 秒", 5.0)])
    (folder / f"{name}.json").write_text(told, encoding="utf-8")


def write(folder: Path) -> str:
    page = run._page(quick=False)
    (folder / "benchmarks.md").write_text(page, encoding="utf-8")
    return page


def test_a_part_without_results_stays_on_the_page_as_it_was(folder: Path) -> None:
    keep(folder, "land", 1.0)
    keep(folder, "models", 2.0)
    first = write(folder)
    assert first == write(folder)
    for name in ("land", "models"):
        (folder / f"{name}.json").unlink()
    assert first == write(folder)
    keep(folder, "models", 9.0)
    later = write(folder)
    assert "| land 一项 | 1.0 秒 | ≤ 5 秒 | 达到 |" in later
    assert "| models 一项 | 9.0 秒 | ≤ 5 秒 | 未达到 |" in later
    assert "models 一项 | 2.0" not in later
    assert later.index("## 入库") < later.index("## 评分卡与同类")


def test_the_page_that_stands_is_in_the_form_it_is_written_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "RESULTS", tmp_path)
    assert run._page(quick=False) == run.PAGE.read_text(encoding="utf-8")
