"""What do the charts of the explore page say: risk classes over counties or sectors, penalties of a few firms over time?

Each chart comes with its finding (the title above it) and its message in words for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import plotly.graph_objects as go

from analytics.counting import rate
from analytics.explore import Share
from analytics.figures import ACCENT, LEVELS, NEUTRAL, themed
from analytics.side_by_side import Compared
from analytics.words import NO_EVIDENCE, RISK_CLASSES

#: class → fill; calm classes are greys, thin data the faintest
_FILLS = {
    "高": LEVELS["red"],
    "较高": LEVELS["orange"],
    "一般": "rgba(124,135,145,0.55)",
    "低": "rgba(124,135,145,0.30)",
    NO_EVIDENCE: "rgba(124,135,145,0.12)",
}
#: One line each for up to six enterprises: colour and dash together.
_LINES = (
    (ACCENT, "solid"), (LEVELS["red"], "dot"), (LEVELS["blue"], "dash"), (NEUTRAL, "dashdot"), (LEVELS["orange"], "longdash"),
    (LEVELS["yellow"], "longdashdot"),
)  # fmt: skip
_ROW = 34
_TREND_HEIGHT, _LABEL, _HEADROOM = 300, 18, 1.2


def spread_finding(found: list[Share], part: str) -> str:
    """The title: where the two gravest classes weigh most, with the counts."""
    top = next((one for one in found if one.high >= 5), None)
    if top is None:
        return f"各{part}的“高、较高”都不足 5 户"
    return f"{top.part}的“高、较高”企业占比最大：{rate(top.high, top.size)}（{top.high:,}/{top.size:,}）"


def spread_alt(found: list[Share]) -> str:
    """The chart in words: the share of high risk of every part."""
    return "；".join(f"{one.part} {rate(one.high, one.size)}，{one.high:,}/{one.size:,} 户" for one in found)


def spread_figure(found: list[Share]) -> go.Figure:
    """One bar per county or sector, whole = 100 %, the gravest class at the left, the share of high risk written at the end."""
    names = [one.part for one in reversed(found)]
    figure = go.Figure()
    for sort in RISK_CLASSES:
        counts = [one.classes.get(sort, 0) for one in reversed(found)]
        sizes = [one.size for one in reversed(found)]
        figure.add_bar(
            name=sort, y=names, x=[100 * count / size for count, size in zip(counts, sizes, strict=True)], orientation="h",
            marker={"color": _FILLS[sort], "line": {"width": 0}}, customdata=list(zip(counts, sizes, strict=True)),
            hovertemplate="%{y} · " + sort + "：%{x:.1f}%（%{customdata[0]:,}/%{customdata[1]:,}）<extra></extra>",
        )  # fmt: skip
    for one in found:
        said = f"{rate(one.high, one.size)}　{one.high:,}/{one.size:,}"
        figure.add_annotation(x=1.01, xref="paper", y=one.part, text=said, showarrow=False, xanchor="left")
    _name_segments(figure, found[0])
    themed(figure, height=_ROW * len(found) + 56)
    figure.update_layout(barmode="stack", bargap=0.35, margin_r=140)
    figure.update_xaxes(range=[0, 100], showticklabels=False)
    return figure.update_yaxes(showgrid=False)


def trend_finding(found: Sequence[Compared]) -> str:
    """The title: who was penalised most in the window."""
    totals = sorted(((sum(count for _, count in one.months), one.standing.name) for one in found), reverse=True)
    if not totals[0][0]:
        return "近 24 个月都没有受到处罚"
    same = [name for total, name in totals if total == totals[0][0]]
    return f"{'、'.join(same)}受处罚最多：{totals[0][0]:,} 次"


def trend_alt(found: Sequence[Compared]) -> str:
    """The chart in words: penalties of each in the window."""
    return "；".join(f"{one.standing.name} 24 个月 {sum(count for _, count in one.months):,} 次" for one in found)


def trend_figure(found: Sequence[Compared]) -> go.Figure:
    """Penalties added up month by month, one stepped line each, named at its end."""
    figure = go.Figure()
    totals = [list(accumulate(count for _, count in one.months)) for one in found]
    lifts = _lifts([each[-1] for each in totals])
    for one, total, lift, (colour, dash) in zip(found, totals, lifts, _LINES, strict=False):
        figure.add_scatter(
            name=one.standing.name, x=[month for month, _ in one.months], y=total, mode="lines",
            line={"color": colour, "dash": dash, "width": 2.5, "shape": "hv"},
            hovertemplate="%{x|%Y-%m} " + one.standing.name + " 累计 %{y} 次<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=1, xref="paper", xshift=6, y=total[-1], text=f"{short(one.standing.name)} {total[-1]}", showarrow=False,
            xanchor="left", yanchor="middle", yshift=lift, font={"color": colour, "size": 13},
        )  # fmt: skip
    themed(figure, height=_TREND_HEIGHT)
    highest = max(each[-1] for each in totals)
    figure.update_layout(margin_r=160)
    figure.update_xaxes(type="date", tickformat="%Y-%m")
    return figure.update_yaxes(range=[0, max(highest, 1) * _HEADROOM], dtick=max(1, -(-highest // 5)))


def _lifts(ends: list[int]) -> list[float]:
    """How many pixels each label stands above its line's end, so that no two labels cover each other."""
    scale = _TREND_HEIGHT * 0.75 / (max(max(ends), 1) * _HEADROOM)
    lifts, below = [0.0] * len(ends), float("-inf")
    for place in sorted(range(len(ends)), key=lambda each: ends[each]):
        at = max(ends[place] * scale, below + _LABEL)
        lifts[place], below = at - ends[place] * scale, at
    return lifts


def short(name: str) -> str:
    """A name as a label at the end of a line: without the form of the company and the mark of made-up data."""
    bare = name.removesuffix("（模拟）").removesuffix("有限公司").removesuffix("有限责任公司")
    return bare if len(bare) <= 9 else f"{bare[:8]}…"


def _name_segments(figure: go.Figure, first: Share) -> None:
    """The classes named once, above the uppermost bar."""
    start = 0.0
    for sort in RISK_CLASSES:
        width = 100 * first.classes.get(sort, 0) / first.size
        if width >= 3:
            figure.add_annotation(x=start + width / 2, y=first.part, text=sort, showarrow=False, yshift=22, font={"size": 13})
        start += width
