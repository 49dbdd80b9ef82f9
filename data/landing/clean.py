"""What is the text of a cell as it should be? Blanks, full width, case, dots - before anything is checked.

Each function maps the distinct texts of a column to clean ones; blank becomes null. Texts that are fine already are
recognised by one regular expression and not touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from data.identifiers import clean_codes, clean_plates
from data.identifiers.clean import BLANKS, half_width

_HAN = "㐀-䶿一-鿿豈-﫿（）〔〕《》、，。·"
_GAPS = " \t\u00a0\u3000\u2000-\u200d\u2060\ufeff"
_NAME_ODD = f"[{_HAN}][{_GAPS}]|[{_GAPS}][{_HAN}]|[０-９Ａ-Ｚａ-ｚ\u200b-\u200d\u2060\ufeff]"
_GAP = re.compile(f"(?<=[{_HAN}])[{_GAPS}]+|[{_GAPS}]+(?=[{_HAN}])|[\u200b-\u200d\u2060\ufeff]")
_ALNUM = {
    code: code - 0xFEE0
    for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(first), ord(last) + 1)
}
_NUMBER_ODD = f"[{_GAPS}\r\n！-～]|[\\[(【]"
_YEAR = re.compile(r"[\[(【〔](\d{4})[\])】〕]")
_OUTER = BLANKS.replace("\u200b", "")


def clean_column(how: str, distinct: pa.Array) -> pa.Array:
    """The clean texts of distinct cell texts for a field's `clean` (see data.standard.CLEANINGS); blank is null."""
    trimmed = pc.utf8_trim(distinct, _OUTER)
    cleaned = _CLEANERS[how](trimmed)
    return pc.if_else(pc.equal(cleaned, ""), pa.scalar(None, pa.string()), cleaned)


def clean_name(text: str) -> str:
    """A name without the blanks beside Chinese characters; letters and digits half width."""
    return _GAP.sub("", text.translate(_ALNUM))


def clean_number(text: str) -> str:
    """A document number without blanks; the year in 〔〕."""
    return _YEAR.sub(r"〔\1〕", "".join(half_width(text).split()).translate(dict.fromkeys(map(ord, BLANKS))))


def clean_phone(text: str) -> str:
    """A telephone number without blanks, half width."""
    return half_width(text).translate(dict.fromkeys(map(ord, BLANKS)))


def _where(odd: str, function: Callable[[str], str]) -> Callable[[pa.Array], pa.Array]:
    def rewrite(texts: pa.Array) -> pa.Array:
        wrong = pc.match_substring_regex(texts, odd)
        if not pc.any(wrong, min_count=0).as_py():
            return texts
        return pc.replace_with_mask(
            texts, wrong, pa.array([function(text) for text in texts.filter(wrong).to_pylist()], pa.string())
        )

    return rewrite


_CLEANERS: dict[str, Callable[[pa.Array], pa.Array]] = {
    "": lambda texts: texts,
    "name": _where(_NAME_ODD, clean_name),
    "code": clean_codes,
    "licence": clean_codes,
    "number": _where(_NUMBER_ODD, clean_number),
    "plate": clean_plates,
    "phone": _where(f"[{_GAPS}！-～]", clean_phone),
}
