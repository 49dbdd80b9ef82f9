"""What does an address ask for? Anybody can write anything into one; nonsense is taken for nothing, never for an error."""

from __future__ import annotations

#: No list of the product has more pages; a larger number is nonsense.
_LAST_PAGE = 9_999_999


def page_number(asked: str) -> int:
    """The page an address asks for, from 1; 1 when it asks for none that can be."""
    return min(max(int(asked), 1), _LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) <= 7 else 1
