"""How does a chart stand on a page: finding above, picture with a text for those who do not see it, source below?"""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from analytics.figures import CONFIG
from pages.parts.markup import show, tag


def head(finding: str, measure: str) -> None:
    """The finding as title, and what is measured: measure, unit, period."""
    show(tag("h2", finding, class_="xj-h2 xj-finding"), tag("p", measure, class_="xj-muted"))


def show_chart(figure: go.Figure, key: str, alt: str) -> None:
    """The figure, in the colours of the page's mode. `alt` is its message in one or two sentences."""
    st.plotly_chart(figure, key=key, config=CONFIG, alt=alt)


def caption(text: str) -> None:
    """Source and data date under a chart."""
    show(tag("p", text, class_="xj-muted xj-caption"))
