"""Which pictures does the overview draw: the map of the counties, and a count month by month?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import plotly.graph_objects as go

from analytics.figures import ACCENT, BAND, NEUTRAL, TEXT_SIZE, surface, themed
from analytics.measures import Standing
from analytics.trends import Trend
from data.geometry import NOTE as MAP_NOTE
from data.geometry import Outline, outlines

__all__ = ["MAP_NOTE", "county_map", "map_legend", "monthly_bars"]

#: A degree of longitude at 35° north is this much shorter than one of latitude.
_SQUEEZE = 1.22
#: What the eye can tell apart as "still arriving".
_PALE = 0.35
#: Where a name would lie on its county's border, how far it moves (degrees).
_MOVED = {"盐湖区": (0.035, 0.01)}


def county_map(standings: Sequence[Standing], height: int = 520) -> go.Figure:
    """The counties as polygons, shaded in one hue by `size` from the smallest to the largest figure; 样本少 stays unshaded.

    A figure stands on its county; hovering tells the note. Lengths are true at the city's latitude.
    """
    told = {each.name: each for each in standings}
    shades = _shades([each.size for each in standings if each.name in {outline.name for outline in outlines()}])
    figure = go.Figure()
    for outline in outlines():
        figure.add_trace(_county(outline, told.get(outline.name), shades))
    figure.add_trace(_labels(told))
    themed(figure, height)
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0})
    figure.update_xaxes(visible=False)
    figure.update_xaxes(constrain="domain")
    figure.update_yaxes(visible=False, scaleanchor="x", scaleratio=_SQUEEZE, constrain="domain", constraintoward="top")
    return figure


def map_legend(standings: Sequence[Standing]) -> str:
    """Which figure the palest and the strongest county have, in words; empty where nothing can be shaded."""
    shaded = [each for each in standings if each.size is not None and each.name in {outline.name for outline in outlines()}]
    if len(shaded) < 2:
        return ""
    top, least = shaded[0], shaded[-1]
    return f"颜色由浅（{least.name}）到深（{top.name}），没有底色的样本少。"


def _shades(sizes: Sequence[float | None]) -> tuple[float, float]:
    known = [size for size in sizes if size is not None]
    return (min(known), max(known)) if known else (0.0, 0.0)


def _county(outline: Outline, standing: Standing | None, shades: tuple[float, float]) -> go.Scatter:
    low, high = shades
    size = standing.size if standing else None
    share = None if size is None else (size - low) / (high - low) if high > low else 0.5
    hover = f"<b>{outline.name}</b><br>{standing.value}　{standing.note}" if standing else outline.name
    points = [point for ring in outline.rings for point in (*ring, (None, None))][:-1]
    return go.Scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="lines",
        fill="toself",
        fillcolor="rgba(124,135,145,0.06)" if share is None else surface(share),
        line={"color": NEUTRAL, "width": 0.8},
        hoveron="fills",
        hoverinfo="text",
        text=hover,
        name=outline.name,
    )


def _labels(told: Mapping[str, Standing]) -> go.Scatter:
    """County names with their figures, written on the map."""
    moved = [_MOVED.get(outline.name, (0.0, 0.0)) for outline in outlines()]
    return go.Scatter(
        x=[outline.label[0] + x for outline, (x, _) in zip(outlines(), moved, strict=True)],
        y=[outline.label[1] + y for outline, (_, y) in zip(outlines(), moved, strict=True)],
        mode="text",
        text=[f"{each.name}<br>{told[each.name].value if each.name in told else ''}" for each in outlines()],
        textfont={"size": TEXT_SIZE - 2},
        hoverinfo="skip",
        cliponaxis=False,
    )


def monthly_bars(trend: Trend, height: int = 240) -> go.Figure:
    """One trend by month from zero; months still arriving pale behind a thin line; the ordinary span as a band across."""
    figure = go.Figure(
        go.Bar(
            x=[month.isoformat() for month in trend.months],
            y=list(trend.values),
            marker={"color": ACCENT, "opacity": [1.0 if done else _PALE for done in trend.settled], "line": {"width": 0}},
            hovertext=list(trend.hovers),
            hoverinfo="text",
            textposition="none",
        )
    )
    themed(figure, height)
    figure.update_xaxes(type="date", tickformat="%Y-%m", dtick="M6", tick0=trend.months[0].isoformat())
    figure.update_yaxes(rangemode="tozero", nticks=5, tickformat=",d", ticksuffix=trend.suffix)
    figure.update_layout(bargap=0.3)
    if trend.ordinary:
        figure.add_hrect(y0=trend.ordinary[0], y1=trend.ordinary[1], fillcolor=BAND, line_width=0, layer="below")
    if any(trend.settled) and not all(trend.settled):
        _mark_arriving(figure, trend.months, trend.settled)
    return figure


def _mark_arriving(figure: go.Figure, months: Sequence[date], settled: Sequence[bool]) -> None:
    """A thin line before the first month that is still arriving, with the words over it."""
    first = list(settled).index(False)
    between = months[first - 1].replace(day=16) if first else months[0]
    figure.add_shape(
        type="line", x0=between.isoformat(), x1=between.isoformat(), y0=0, y1=1, yref="paper",
        line={"color": NEUTRAL, "width": 1, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        x=between.isoformat(), y=1, yref="paper", yanchor="bottom", xanchor="center", text="还在到达 →", showarrow=False,
        font={"size": TEXT_SIZE - 2},
    )  # fmt: skip
