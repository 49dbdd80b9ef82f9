"""Which pictures does the model page draw: the days looked back upon, calibration, hit rates by class, the funnel of units?

One accent for the model; grey for whatever it is compared with and for what chance allows. Each chart comes with its finding
and its message in words.
"""

from __future__ import annotations

import plotly.graph_objects as go

from analytics.figures import ACCENT, BAND, NEUTRAL, TEXT_SIZE, themed
from analytics.model_tested import CHALLENGER, MODEL, Told
from analytics.model_unseen import INSIDE

_TINT = "rgba(20,148,168,0.18)"
#: Method → its name at the end of its line, how the line is drawn.
_ENDS = {
    MODEL: ("评分卡", "solid"),
    CHALLENGER: ("挑战模型", "dash"),
    "random": ("随机", "dot"),
    "last_year": ("上年次数", "dashdot"),
    "weighted_rate": ("FMCSA 式", "longdash"),
    "points_per_event": ("OCRS 式", "longdashdot"),
}
_HEIGHT, _LABEL, _DRAWN = 340, 18, 0.82
_SPARE = 0.03


def days_finding(told: Told) -> str:
    """The title: is the model ahead on every single day?"""
    others = [name for name in told["methods"] if name not in (MODEL, CHALLENGER)]
    best = [one for one in told["folds"] if all(one[MODEL]["auc"] > one[name]["auc"] for name in others)]
    if len(best) == len(told["folds"]):
        return f"{len(best)} 个季末，评分卡每一次都好过现成的算法"
    return f"{len(told['folds'])} 个季末里 {len(best)} 个，评分卡好过每一种现成的算法"


def days_alt(told: Told) -> str:
    """The chart in words."""
    lines = (f"{one['as_of']} {one[MODEL]['auc']:.3f}" for one in told["folds"])
    return f"{days_finding(told)}。评分卡 AUC：{'；'.join(lines)}"


def days_figure(told: Told) -> go.Figure:
    """AUC day by day: the model's line in its interval, every other method a grey line, each named at its end."""
    figure, days = go.Figure(), [one["as_of"] for one in told["folds"]]
    ends = {}
    for name in (*(each for each in told["methods"] if each != MODEL), MODEL):
        title, dash = _ENDS.get(name, (told["methods"][name], "dot"))
        ours = name == MODEL
        if ours:
            _band(figure, days, [one[MODEL] for one in told["folds"]])
        values = [one[name]["auc"] for one in told["folds"]]
        ends[title] = (values[-1], ACCENT if ours else NEUTRAL)
        figure.add_scatter(
            x=days, y=values, mode="lines+markers", name=title, hoverinfo="text",
            line={"color": ACCENT if ours else NEUTRAL, "dash": dash, "width": 2.5 if ours else 1.5},
            marker={"size": 6 if ours else 4}, hovertext=[_hover(one["as_of"], title, one[name]) for one in told["folds"]],
        )  # fmt: skip
    themed(figure, height=_HEIGHT)
    lows = [one[name]["auc"] for one in told["folds"] for name in told["methods"]]
    low, high = min(lows) - _SPARE, max(one[MODEL]["auc_high"] for one in told["folds"]) + _SPARE
    _named(figure, ends, low, high)
    figure.update_layout(margin_r=88)
    figure.update_xaxes(type="date", tickformat="%Y-%m", nticks=5)
    return figure.update_yaxes(range=[low, high], tickformat=".2f", nticks=6)


def _band(figure: go.Figure, days: list[str], told: list[Told]) -> None:
    figure.add_scatter(
        x=[*days, *reversed(days)], y=[*(one["auc_high"] for one in told), *(one["auc_low"] for one in reversed(told))],
        fill="toself", fillcolor=_TINT, line={"width": 0}, mode="lines", hoverinfo="skip", name="评分卡 95% 区间",
    )  # fmt: skip


def _hover(day: str, title: str, one: Told) -> str:
    return f"{day}　{title}　{one['auc']:.3f}（{one['auc_low']:.3f} 至 {one['auc_high']:.3f}）"


def _named(figure: go.Figure, ends: dict[str, tuple[float, str]], low: float, high: float) -> None:
    """The names at the ends of the lines, none upon another."""
    scale, below = _HEIGHT * _DRAWN / (high - low), float("-inf")
    for title, (value, colour) in sorted(ends.items(), key=lambda each: each[1][0]):
        at = max((value - low) * scale, below + _LABEL)
        figure.add_annotation(
            x=1, xref="paper", xshift=4, y=value, yshift=at - (value - low) * scale, text=title, showarrow=False,
            xanchor="left", yanchor="middle", font={"size": TEXT_SIZE - 1, **({"color": colour} if colour == ACCENT else {})},
        )  # fmt: skip
        below = at


def curve_finding(told: Told) -> str:
    """The title: in how many bands does what was said lie within what happened."""
    curve = told["calibration"][MODEL]
    good = sum(one["observed_low"] <= one["said"] <= one["observed_high"] for one in curve)
    return f"{len(curve)} 段里 {good} 段，模型说的可能与实际受罚的比例在误差之内"


def curve_alt(told: Told) -> str:
    """The chart in words."""
    told_bands = (f"说 {one['said']:.1%}，实际 {one['observed']:.1%}" for one in told["calibration"][MODEL])
    return f"{curve_finding(told)}。{'；'.join(told_bands)}"


def curve_figure(told: Told) -> go.Figure:
    """What the card said against what happened, with intervals; on the grey line both are equal."""
    curve = told["calibration"][MODEL]
    said, seen = ([100 * one[name] for one in curve] for name in ("said", "observed"))
    most = 1.08 * max(100 * one["observed_high"] for one in curve)
    figure = go.Figure(
        go.Scatter(x=[0, most], y=[0, most], mode="lines", line={"color": NEUTRAL, "width": 1.5}, hoverinfo="skip")
    )
    figure.add_scatter(
        x=said, y=seen, mode="markers", marker={"color": ACCENT, "size": 8}, hoverinfo="text",
        error_y={
            "type": "data", "symmetric": False, "color": ACCENT, "thickness": 1.5, "width": 3,
            "array": [100 * (one["observed_high"] - one["observed"]) for one in curve],
            "arrayminus": [100 * (one["observed"] - one["observed_low"]) for one in curve],
        },
        hovertext=[f"说 {one['said']:.1%}，实际 {one['observed']:.1%}，{one['size']:,} 户次" for one in curve],
    )  # fmt: skip
    themed(figure, height=_HEIGHT)
    figure.add_annotation(
        x=most, y=most, text="所说与实际相等", showarrow=False, xanchor="right", yanchor="bottom", yshift=2, xshift=-14,
        font={"size": TEXT_SIZE - 1},
    )  # fmt: skip
    figure.update_layout(margin_t=32)
    figure.update_xaxes(title={"text": "模型说的可能", "standoff": 8}, ticksuffix="%", range=[0, most], nticks=6)
    return figure.update_yaxes(title={"text": "实际受罚的比例", "standoff": 8}, ticksuffix="%", range=[0, most], nticks=6)


def classes_finding(told: Told) -> str:
    """The title: how far apart the highest and the lowest class lie among the draws."""
    rows = [one for one in told["honesty"]["exploration"]["classes"] if one["findings"] >= 5]
    if len(rows) < 2:
        return "双随机抽查发现的太少，各档还不能比较"
    named = {one["risk_class"]: one["hit_rate"] for one in rows}
    first, last = next(iter(named)), [name for name in named if name not in ("全部", "证据不足")][-1]
    return f"双随机抽查里，“{first}”的发现率 {named[first]:.1%}，“{last}”的 {named[last]:.1%}"


def classes_figure(told: Told) -> go.Figure:
    """Hit rate by class: the draws in the accent, the checks that somebody chose in grey, each in its interval."""
    found, figure = told["honesty"]["exploration"], go.Figure()
    for rows, name, colour, shift in (
        (found["classes_of_other_checks"], "其他检查", NEUTRAL, 0.13),
        (found["classes"], "双随机", ACCENT, -0.13),
    ):
        kept = [(place, one) for place, one in enumerate(rows) if one["findings"] >= 5]
        figure.add_scatter(
            x=[100 * one["hit_rate"] for _, one in kept], y=[place + shift for place, _ in kept], mode="markers", name=name,
            marker={"color": colour, "size": 9, "symbol": "circle" if colour == ACCENT else "diamond"}, hoverinfo="text",
            hovertext=[f"{one['risk_class']}　{name}　{one['hit_rate']:.1%}（{one['checks']:,} 次）" for _, one in kept],
            error_x={
                "type": "data", "symmetric": False, "color": colour, "thickness": 1.5, "width": 3,
                "array": [100 * (one["hit_rate_high"] - one["hit_rate"]) for _, one in kept],
                "arrayminus": [100 * (one["hit_rate"] - one["hit_rate_low"]) for _, one in kept],
            },
        )  # fmt: skip
    names = [one["risk_class"] for one in found["classes"]]
    themed(figure, height=44 * len(names) + 64)
    figure.update_xaxes(title={"text": "检查发现问题的比例", "standoff": 8}, ticksuffix="%", rangemode="tozero", nticks=6)
    figure.update_xaxes(showgrid=True, gridcolor=BAND)
    return figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.5, -0.5], showgrid=False)


def funnel_figure(told: Told, named: bool) -> go.Figure:
    """Each unit's share of findings less the expected, over its checks; grey bars are what chance allows.

    A unit's name is told on hovering only, and only when `named`.
    """
    points = told["funnel"]["authorities"]["points"]
    checks = [one["checks"] for one in points]
    figure = go.Figure()
    for name, width, colour in (("998", 3, BAND), ("95", 9, BAND)):
        for one in points:
            ends = [100 * (one[f"{side}_{name}"] - one["expected"]) for side in ("low", "high")]
            figure.add_scatter(
                x=[one["checks"]] * 2, y=ends, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip"
            )
    inside = [one["verdict"] == INSIDE for one in points]
    figure.add_scatter(
        x=checks, y=[100 * (one["rate"] - one["expected"]) for one in points], mode="markers", hoverinfo="text",
        marker={
            "size": 9, "color": [NEUTRAL if one else ACCENT for one in inside],
            "symbol": ["circle" if one else "diamond" for one in inside],
        },
        hovertext=[f"{one['unit'] if named else '一个单位'}　{_measured(one)}" for one in points],
    )  # fmt: skip
    themed(figure, height=300)
    figure.add_hline(y=0, line={"color": NEUTRAL, "width": 1})
    figure.update_xaxes(title={"text": "一年的检查次数", "standoff": 8}, tickformat=",d", nticks=6, rangemode="tozero")
    return figure.update_yaxes(title={"text": "比推算高低（百分点）", "standoff": 8}, nticks=6)


def _measured(one: Told) -> str:
    return f"{one['checks']:,} 次检查，发现 {one['rate']:.1%}，推算 {one['expected']:.1%}，{one['verdict']}"
