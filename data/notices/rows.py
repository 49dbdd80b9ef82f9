"""What is one day of a notice, and what is said about a notice that has something wrong?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: The words of the two kinds, as people and the notices write them.
WORDS = {
    **dict.fromkeys(("放假", "休息", "休", "rest"), "rest"),
    **dict.fromkeys(("调休上班", "上班", "补班", "班", "makeup"), "makeup"),
}
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One day named in the line `line`."""

    line: int
    day: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Finding:
    """`error` keeps the notice out, `warn` asks to look, `info` tells; `line` None: of the whole."""

    severity: str
    line: int | None
    message: str


def error(line: int | None, message: str) -> Finding:
    """A finding that keeps the notice out."""
    return Finding("error", line, message)


def warn(line: int | None, message: str) -> Finding:
    """A finding to look at."""
    return Finding("warn", line, message)
