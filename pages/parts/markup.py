"""How does a value become HTML without ever being taken for HTML?"""

from __future__ import annotations

import re
from html import escape

import streamlit as st

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})")


class Safe(str):
    """Text that is HTML already, because `tag` or `join` made it."""


def tag(name: str, *inside: object, **attributes: object) -> Safe:
    """One element. Text inside is escaped; `class_` and `aria_label` become `class` and `aria-label`; None is left out."""
    named = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Safe(f"<{name}{named}>{join(*inside)}</{name}>")


def join(*parts: object) -> Safe:
    """Parts one after the other, each escaped unless it is HTML already; None is left out."""
    return Safe("".join(part if isinstance(part, Safe) else escape(str(part)) for part in parts if part is not None))


def prose(text: str) -> Safe:
    """A sentence whose dates are never broken at their hyphens."""
    return join(*(tag("span", part, class_="xj-nb") if _DATE.fullmatch(part) else part for part in _DATE.split(text)))


def named(text: str) -> Safe:
    """A name whose last word in brackets, such as （模拟）, is never broken in two."""
    bare, bracket, rest = text.rpartition("（")
    return join(bare, tag("span", bracket + rest, class_="xj-nb")) if bare and len(rest) <= 8 else join(text)


def dotted(*parts: str | None) -> Safe:
    """Short parts with a dot between them; a line breaks between two parts, never inside a short one. None is left out."""
    told = [part for part in parts if part]
    return join(*(tag("span", f"{part} · " if part is not told[-1] else part, class_="xj-part") for part in told))


def show(*parts: object) -> None:
    """Put the parts on the page."""
    st.html(join(*parts))
