"""How is a code written before it is judged? Half width, upper case, no blanks; a plate without its dot."""

from __future__ import annotations

import re

#: The credit code that a sole trader without one enters: seventeen zeros and X. No code, but allowed in records.
PLACEHOLDER = "00000000000000000X"
BLANKS = (
    " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff"
)
DOTS = "·•‧∙・･．."
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_FULL_UPPER = {code: code - 0xFEE0 - 32 for code in range(0xFF41, 0xFF5B)}
_CODE = {**_FULL_WIDTH, **_UPPER, **_FULL_UPPER, **dict.fromkeys(map(ord, BLANKS))}
_PLATE = {**_CODE, **dict.fromkeys(map(ord, DOTS))}
LICENCE = re.compile("(?:[一-龥]交运管许可[一-龥]{0,6}字)?([0-9]{12})号?")


def clean_code(text: str) -> str:
    """Full width to half width, all blanks out, ASCII letters upper case."""
    return text.translate(_CODE)


def clean_plate(text: str) -> str:
    """As `clean_code`, and without the dot between the place and the number."""
    return text.translate(_PLATE)


def half_width(text: str) -> str:
    """Full-width ASCII as half width; blanks and case stay."""
    return text.translate(_FULL_WIDTH)


def licence_key(text: str) -> str | None:
    """The 12 digits of an operating licence number (`晋交运管许可永字140881000001号`), None when it has another form."""
    found = LICENCE.fullmatch(clean_code(text))
    return found.group(1) if found else None
