"""How does a level, a basis or a state look: always colour and shape and word together."""

from __future__ import annotations

from analytics import words
from pages.parts.markup import Safe, tag

#: the shape of each level; its colour is the class in style.css, its word is in analytics.words
SHAPES = {"red": "●", "orange": "▲", "yellow": "◆", "blue": "■"}


def level_mark(level: str) -> Safe:
    """Shape in the level's colour, then its word."""
    word = f"{words.LEVELS[level]}色" if level in words.LEVELS else words.NO_EVIDENCE
    return tag("span", tag("i", SHAPES.get(level, "○"), aria_hidden="true"), word, class_=f"xj-level xj-{level}")


def basis_mark(basis: str) -> Safe | None:
    """「依据待定」 where a rule rests on an assumption; nothing where it rests on law."""
    return (
        tag("span", words.BASES["assumption"], class_="xj-assumed", title="这条规则的口径尚无明文依据，待市局确定")
        if basis == "assumption"
        else None
    )


def status_mark(status: str) -> Safe:
    """The state of a warning as a quiet word."""
    return tag("span", words.STATUSES.get(status, status), class_=f"xj-status xj-status-{status}")
