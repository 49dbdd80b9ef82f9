"""`python -m bench`: one command, one table. See --help."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bench import foreseeing, grading, landing, looking_up, modelling, page_times, refreshing
from bench.child import ROOT
from bench.machine import machine, machine_line
from bench.table import Line, as_json, as_markdown, line_of, printed

RESULTS, PAGE = ROOT / "bench" / "results", ROOT / "docs" / "benchmarks.md"
_HOW = (
    "每个数是同一台机器上同一次运行里多次的中位数（“各次”列出全部；规模 4 以上的更新各测一次）。数据全部是模拟的，\n"
    "差错是预先埋下的；入库与 pandera 拒收的行逐行核对一致才出数。“从零”指没有任何快照；“次日”指数据不变、换一天；\n"
    "“一小批后”指再入库一个小文件；各次都从同一份城市的副本开始，计整个命令的时间。\n"
    "页面的时间是服务器跑完一遍脚本的时间，不含浏览器。"
)
ROWS, QUICK_ROWS = 1_000_000, 50_000
SCALES, QUICK_SCALES = [1.0, 4.0, 16.0], [0.1, 0.2]
#: name → what it measures, and its lines for (folder, scales, quick).
PARTS: dict[str, tuple[str, Callable[[Path, list[float], bool], list[Line]]]] = {
    "land": ("入库", lambda folder, _scales, quick: landing.lines(folder, QUICK_ROWS if quick else ROWS, 1 if quick else 3)),
    "refresh": ("更新", lambda folder, scales, quick: refreshing.lines(folder, scales, 1 if quick else 3)),
    "lookup": ("查一户", lambda folder, scales, quick: looking_up.lines(folder, scales, 1 if quick else 3)),
    "grading": ("评价", lambda folder, scales, quick: grading.lines(folder, scales, 1 if quick else 3)),
    "pages": ("页面", lambda folder, scales, quick: page_times.lines(folder, scales, 3 if quick else 20)),
    "scorecard": ("风险提示", lambda folder, scales, quick: foreseeing.lines(folder, scales, 1)),
    "models": ("评分卡与同类", lambda folder, _scales, quick: modelling.lines(folder, quick)),
}


def main() -> None:
    """Measure what was asked for, print one table, keep every part as JSON; with `--write`, all kept parts become the page."""
    asked = _asked()
    told = machine()
    scales = [float(each) for each in asked.scales.split(",")] if asked.scales else QUICK_SCALES if asked.quick else SCALES
    RESULTS.mkdir(exist_ok=True)
    found: list[Line] = []
    with ExitStack() as stack:
        folder = Path(asked.keep) if asked.keep else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        for name in asked.only or ([] if asked.page else PARTS):
            print(f"正在测量：{PARTS[name][0]}", file=sys.stderr, flush=True)
            lines = PARTS[name][1](folder, scales, asked.quick)
            (RESULTS / f"{name}.json").write_text(as_json(told, lines) + "\n", encoding="utf-8")
            found += lines
    print(machine_line(told))
    print(printed(found))
    if asked.write or asked.page:
        PAGE.write_text(_page(asked.quick), encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="性能基准：同一次运行里测本产品与同类做法，印一张表")
    parser.add_argument("--quick", action="store_true", help="小规模走一遍，几分钟；数字只看能否跑通")
    parser.add_argument("--scales", help="演示城市的规模，逗号分隔，默认 1,4,16")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="只测这一项，可重复")
    parser.add_argument("--keep", metavar="DIR", help="城市和大文件放在这里，留着下次用；默认用完即删")
    parser.add_argument("--write", action="store_true", help="测完把各项最近的结果写进 docs/benchmarks.md")
    parser.add_argument("--page", action="store_true", help="不测，只把各项最近的结果写进 docs/benchmarks.md")
    return parser.parse_args()


def _page(quick: bool) -> str:
    """The page from the last results of every part; a part never measured in this folder stays as the page has it."""
    parts = {name: RESULTS / f"{name}.json" for name in PARTS}
    kept = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in parts.items() if path.exists()}
    before = _sections(PAGE.read_text(encoding="utf-8") if PAGE.exists() else "")
    tables = []
    for name, (title, _) in PARTS.items():
        if one := kept.get(name):
            table = as_markdown([line_of(line) for line in one["lines"]])
            tables.append(f"## {title}\n\n{machine_line(one['machine'])}\n\n{table}")
        elif title in before:
            tables.append(f"## {title}\n\n{before[title]}")
    command = f"python -m bench{' --quick' if quick else ''} --write"
    return f"# 性能基准\n\n由 `{command}` 生成，不手改。\n\n{_HOW}\n\n" + "\n\n".join(tables) + "\n"


def _sections(page: str) -> dict[str, str]:
    """Title → text of the parts of a page."""
    parts = (part.partition("\n") for part in page.split("\n## ")[1:])
    return {title.strip(): text.strip() for title, _, text in parts}


if __name__ == "__main__":
    main()
