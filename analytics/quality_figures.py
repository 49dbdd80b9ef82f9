"""What does the chart of data quality say: one rate over 24 months, and is the chosen month like the year before it?"""

from __future__ import annotations

import plotly.graph_objects as go

from analytics.counting import FEW
from analytics.figures import ACCENT, NEUTRAL, TEXT_SIZE, themed
from analytics.indicators import QUALITY, YEAR
from analytics.months import label_of
from analytics.quality import Quality
from analytics.quality_rates import Rate

_SPARE = 0.5


def points(seen: Quality, key: str) -> list[tuple[str, Rate]]:
    """Month by month, oldest first, the rate of that indicator."""
    return [(month.isoformat(), counts.rate(key)) for month, counts in seen.months]


def finding(seen: Quality, key: str) -> str:
    """The title: the chosen month's rate beside that of the twelve months before it, taken together."""
    name, now = QUALITY[key].name, seen.now.rate(key)
    if now.small:
        return f"{seen.asked.month} {name}：{FEW}（{now.counts}）"
    year = [counts.rate(key) for _, counts in seen.months[-YEAR - 1 : -1]]
    past = Rate(key, sum(rate.events for rate in year), sum(rate.base for rate in year))
    if past.small:
        return f"{seen.asked.month} {name} {now.value}，此前 12 个月样本少，无从比较"
    apart = 100 * now.events / now.base - 100 * past.events / past.base
    if abs(apart) < 0.005:
        return f"{seen.asked.month} {name} {now.value}，与此前 12 个月相同"
    way = "高" if apart > 0 else "低"
    return f"{seen.asked.month} {name} {now.value}，比此前 12 个月（{past.value}）{way} {abs(apart):.2f} 个百分点"


def measure(seen: Quality, key: str) -> str:
    """The subtitle: what is measured, of whom, over which months."""
    scope = seen.asked.unit or seen.asked.county or "全市"
    span = f"{label_of(seen.months[0][0])} 至 {seen.asked.month}"
    return f"{seen.asked.kind}{QUALITY[key].name}，%，{scope}，{span}，按作出决定的月份；不足 5 件的月份不画"


def alt(seen: Quality, key: str) -> str:
    """The chart in words."""
    told = [f"{month[:7]} {rate.value}" for month, rate in points(seen, key) if not rate.small]
    return f"{finding(seen, key)}。{'；'.join(told)}" if told else finding(seen, key)


def figure(seen: Quality, key: str) -> go.Figure:
    """One line with its points, gaps where numbers are small; the chosen month named at its end."""
    told = points(seen, key)
    values = [rate.percent for _, rate in told]
    drawn = go.Figure(
        go.Scatter(
            x=[month for month, _ in told], y=values, mode="lines+markers", connectgaps=False, cliponaxis=False,
            line={"color": ACCENT, "width": 2.5}, marker={"color": ACCENT, "size": 6},
            hovertext=[f"{month[:7]}　{rate.value}　{rate.counts}" for month, rate in told], hoverinfo="text",
        )
    )  # fmt: skip
    themed(drawn, height=260)
    known = [value for value in values if value is not None]
    if values[-1] is not None:
        drawn.add_annotation(
            x=told[-1][0], y=values[-1], text=told[-1][1].value, showarrow=False, xanchor="left", xshift=8,
            font={"color": ACCENT, "size": TEXT_SIZE},
        )  # fmt: skip
    if not known:
        drawn.add_annotation(
            x=0.5, y=0.5, xref="paper", yref="paper", text="各月样本都少", showarrow=False, font={"color": NEUTRAL}
        )
    low, high = (min(known), max(known)) if known else (0.0, 100.0)
    spare = max((high - low) * 0.15, _SPARE)
    drawn.update_layout(margin_r=72)
    drawn.update_xaxes(type="date", tickformat="%Y-%m", dtick="M6", range=[told[0][0], told[-1][0]])
    return drawn.update_yaxes(range=[max(0.0, low - spare), min(100.0 + _SPARE, high + spare)], ticksuffix="%", nticks=5)
