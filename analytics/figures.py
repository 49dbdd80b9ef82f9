"""How does every chart of 信鉴 look, in the light and in the dark, on a page and in a report?

One template. Its colours stand on light paper and on dark alike: marks are middle tones (contrast ≥ 3.4 against both),
surfaces are one hue at several opacities, and everything written takes the colour of the surface it stands on (Streamlit's
theme sets it on a page; outside of a page it is plotly's own dark grey). Titles, subtitles and captions are text of the
page around the chart, where they wrap on a phone and are read aloud.

`themed(figure)` finishes any plotly figure; `CONFIG` goes with it to the front end: Chinese, no tool bar but the download.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

#: The observed line, the one series, the selected thing.
ACCENT = "#1494A8"
#: What is only compared with.
NEUTRAL = "#7C8791"
#: Warning levels as middle tones; shape and word stand beside them, never the colour alone.
LEVELS = {"red": "#D8463B", "orange": "#CF6A1E", "yellow": "#A87F08", "blue": "#4580CC"}
GRID = "rgba(124,135,145,0.28)"
BAND = "rgba(124,135,145,0.16)"
CLEAR = "rgba(0,0,0,0)"
#: Lowest and highest opacity of a one-hue surface: text on it keeps a contrast ≥ 4.5 in both modes.
FAINTEST, STRONGEST = 0.06, 0.68
TEXT_SIZE = 14

#: What goes to the front end beside the figure.
CONFIG: dict[str, Any] = {
    "modeBarButtons": [["toImage"]],
    "displayModeBar": "hover",
    "displaylogo": False,
    "doubleClick": False,
    "showTips": False,
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "信鉴"},
    "locale": "zh-CN",
    "locales": {
        "zh-CN": {
            "dictionary": {
                "Download plot as a PNG": "下载图片",
                "Download plot": "下载图片",
                "Click to enter Colorscale title": "",
                "Taking snapshot - this may take a few seconds": "正在生成图片，请稍候",
                "Snapshot succeeded": "图片已生成",
                "Sorry, there was a problem downloading your snapshot!": "图片没有生成，请重试",
            },
            "format": {
                "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
                "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
                "months": ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"],
                "shortMonths": ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
                "date": "%Y-%m-%d",
            },
        }
    },
}


def surface(share: float) -> str:
    """The one hue at an opacity between faintest (0) and strongest (1): sequential colour for maps and bands."""
    opacity = FAINTEST + (STRONGEST - FAINTEST) * min(max(share, 0.0), 1.0)
    return f"rgba(20,148,168,{opacity:.3f})"


def themed(figure: go.Figure, height: int = 280) -> go.Figure:
    """The same figure with the house's axes, margins, fonts and hover; `height` in pixels. Returns `figure` itself.

    Month ticks read 2026-11, nothing can be dragged or zoomed (a page scrolls under the finger), no legend: label directly.
    """
    axis: dict[str, Any] = {"fixedrange": True, "zeroline": False, "ticks": "", "tickfont": {"size": TEXT_SIZE - 1}}
    figure.update_layout(
        template=None,
        height=height,
        margin={"l": 8, "r": 8, "t": 24, "b": 8, "pad": 4},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        font={"size": TEXT_SIZE},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        hoverlabel={"align": "left", "font": {"size": TEXT_SIZE}},
        separators=".,",
        modebar={"bgcolor": CLEAR, "color": NEUTRAL, "activecolor": ACCENT},
    )
    figure.update_xaxes(**axis, showgrid=False, automargin=True)
    figure.update_yaxes(**axis, showgrid=True, gridcolor=GRID, automargin=True)
    figure.update_xaxes(tickformat="%Y-%m", hoverformat="%Y-%m", selector={"type": "date"})
    return figure
