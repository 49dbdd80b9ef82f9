"""Where do official grade and risk disagree? One cell a grade and class, each leading to exactly its enterprises."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics import words
from analytics.explore import NO_GRADE
from analytics.official import MARKET, GradeRow, Grid
from pages.parts import charts, explore_filters, links, trouble
from pages.parts.marks import basis_mark, class_mark
from pages.parts.markup import Safe, join, show, tag

#: From which share of its grade on (percent) a cell has the next darker shade; the first holds all that is not empty.
_SHADES = (0, 10, 25, 50)


def grid(found: Grid) -> None:
    """The grid with its finding; a cell leads to the list of exactly its enterprises, the other filters kept."""
    if not found.size:
        trouble.empty("没有符合条件的企业", "请放宽或清除上面的条件。")
        return
    charts.head(found.finding(), _measure(found))
    if not found.graded:
        trouble.empty("还没有这个方案的官方等级", "入库“信用评价结果”文件后，这里按等级分开；也可以换一个评价方案。")
    kept = {key: value for key, value in st.query_params.to_dict().items() if key not in ("risk", "graded", "page", "view")}
    with st.container(key="grade-grid", gap=None):
        show(tag("span", "官方等级", class_="xj-muted"))
        for name in words.RISK_CLASSES:
            show(tag("span", class_mark(name), class_="xj-grid-head"))
        for row in found.rows:
            show(_head(row))
            for name, count in row.classes.items():
                _cell(row, name, count, {**kept, "rating": found.scheme, "graded": row.grade, "risk": name})
    show(_said(found))


def _measure(found: Grid) -> str:
    if found.rated_from is None or found.rated_to is None:
        return f"{found.scheme} × 风险提示，户"
    first, last = found.rated_from.isoformat(), found.rated_to.isoformat()
    days = f"{first} 评定" if first == last else f"{first} 至 {last} 评定"
    return f"{found.scheme}（{days}）× 风险提示，户；小字为占该等级的比例，越深越高"


def _head(row: GradeRow) -> Safe:
    return tag("span", tag("b", row.grade), tag("small", f"{row.size:,} 户"), class_="xj-grid-grade")


def _cell(row: GradeRow, name: str, count: int, query: Mapping[str, str]) -> None:
    """One count; empty cells lead nowhere."""
    share = 100 * count / row.size if count else 0.0
    shade = sum(share >= least for least in _SHADES) if count and row.grade != NO_GRADE else 0
    apart = row.disagrees(name) and count > 0
    with st.container(key=f"cell-{'apart-' if apart else ''}s{shade}-{row.grade}-{name}", gap=None):
        if count:
            links.go("explore", f"{count:,}", explore_filters.onward(query))
            spoken = tag("span", f"户，{row.grade}、{name}", class_="xj-spoken")
            show(tag("span", "≠" if apart else None, f"{share:.1f}%", spoken, class_="xj-grid-share"))
        else:
            show(tag("span", "0", class_="xj-grid-none"))


def _said(found: Grid) -> Safe:
    by = "市场监管部门" if found.scheme == MARKET else "行业主管部门"
    return tag(
        "p",
        join("“≠”：等级与风险提示说法相反，即较好的一半等级为“高、较高”，较差的一半等级为“低”，正中的等级不算。 "),
        basis_mark("assumption"),
        f" 等级由{by}评定、作为文件导入，各取最近一次；系统试算的等级不在此列。"
        "各方案的等级词含义不同，一次只看一个方案。没有导入等级的企业列在最后一行。",
        class_="xj-muted",
    )
