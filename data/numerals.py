"""Which number does a Chinese or Arabic numeral of a law say, and how is a number written there? From 1 to 999."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_VALUE = {sign: value for value, sign in enumerate(_DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_ONE = "[一二两三四五六七八九]"
_SPOKEN = re.compile(
    rf"(?:(?P<hundreds>{_ONE})百)?(?:(?P<tens>{_ONE})?(?P<ten>十)(?P<ones>{_ONE})?|(?<=百)[零〇○](?P<after>{_ONE})|(?<!百)(?P<alone>{_ONE})|(?<=百))"
)
#: Digits read one by one, as in 一〇二.
_ONE_BY_ONE = re.compile(r"[一二三四五六七八九][零〇○一二三四五六七八九]{1,2}")
MOST = 999


def number_of(text: str) -> int | None:
    """The number a numeral says (`一百零二`, `一〇二`, `102`); None when it is none, or not from 1 to 999."""
    if text.isascii() and text.isdigit():
        number = int(text) if len(text) < 5 else 0
    elif spoken := _SPOKEN.fullmatch(text):
        said = spoken.groupdict(default="")
        ones = said["ones"] or said["after"] or said["alone"]
        tens = _VALUE.get(said["tens"], 1) if said["ten"] else 0
        number = 100 * _VALUE.get(said["hundreds"], 0) + 10 * tens + _VALUE.get(ones, 0)
    elif _ONE_BY_ONE.fullmatch(text):
        number = int("".join(str(_VALUE[sign]) for sign in text))
    else:
        number = 0
    return number if 1 <= number <= MOST else None


def numeral(number: int) -> str:
    """The numeral of a law for a number from 1 to 999: `十二`, `一百零二`, `一百一十四`. Raises ValueError beyond."""
    if not 1 <= number <= MOST:
        raise ValueError(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")
