"""Which pictures does the overview draw: the map of the counties, and a count month by month?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import plotly.graph_objects as go

from analytics.figures import ACCENT, GRID, NEUTRAL, TEXT_SIZE, surface, themed
from analytics.measures import Standing
from data.geometry import NOTE as MAP_NOTE
from data.geometry import Outline, outlines

__all__ = ["MAP_NOTE", "county_map", "map_legend", "monthly_bars"]

#: A degree of longitude at 35° north is this much shorter than one of latitude.
_SQUEEZE = 1.22
#: What the eye can tell apart as "still arriving".
_PALE = 0.35


def county_map(standings: Sequence[Standing], height: int = 470) -> go.Figure:
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
    figure.update_yaxes(visible=False, scaleanchor="x", scaleratio=_SQUEEZE)
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
    return go.Scatter(
        x=[outline.label[0] for outline in outlines()],
        y=[outline.label[1] for outline in outlines()],
        mode="text",
        text=[f"{each.name}<br>{told[each.name].value if each.name in told else ''}" for each in outlines()],
        textfont={"size": TEXT_SIZE - 2},
        hoverinfo="skip",
        cliponaxis=False,
    )


def monthly_bars(
    months: Sequence[date],
    counts: Sequence[int],
    settled: Sequence[bool],
    unit: str,
    ordinary: tuple[int, int] | None,
    height: int = 240,
) -> go.Figure:
    """Counts by month from zero; months still arriving pale behind a thin line; the ordinary span as a band across.

    All sequences have one entry per month, oldest first; `ordinary` is the lowest and highest count of an ordinary month.
    """
    notes = ["" if done else "，报告还在到达" for done in settled]
    figure = go.Figure(
        go.Bar(
            x=[month.isoformat() for month in months],
            y=list(counts),
            marker={"color": ACCENT, "opacity": [1.0 if done else _PALE for done in settled], "line": {"width": 0}},
            hovertext=[
                f"{month:%Y-%m}　{count:,} {unit}{note}" for month, count, note in zip(months, counts, notes, strict=True)
            ],
            hoverinfo="text",
            textfont={"size": TEXT_SIZE - 1},
        )
    )
    themed(figure, height)
    figure.update_xaxes(type="date", tickformat="%Y-%m", dtick="M6", tick0=months[0].isoformat())
    figure.update_yaxes(rangemode="tozero", nticks=5, tickformat=",d")
    figure.update_layout(bargap=0.3)
    if ordinary:
        figure.add_hrect(y0=ordinary[0], y1=ordinary[1], fillcolor=GRID, line_width=0, layer="below")
    if settled and any(settled) and not all(settled):
        _mark_arriving(figure, months, settled)
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
