"""What does an address ask for? Anybody can write anything into one; nonsense is taken for nothing, never for an error."""

from __future__ import annotations

#: No list and no sheet of the product is longer; a longer number is nonsense.
_DIGITS = 7


def number(asked: str) -> int | None:
    """The whole number an address names; None when it names none that can be."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS else None


def page_number(asked: str) -> int:
    """The page an address asks for, from 1; 1 when it asks for none that can be."""
    return max(number(asked) or 1, 1)


def year(asked: str) -> int | None:
    """The year an address asks for; None when it asks for none that can be."""
    found = number(asked)
    return found if found is not None and 2000 <= found <= 2100 else None
