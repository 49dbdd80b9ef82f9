"""How much money does a sentence of a decision name? 罚款人民币1000元, 壹仟元整(1000元), ¥6000.00, 罚款:2000元."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

#: After 罚款, within the same clause, the first number and perhaps 万.
_FINE = "罚款[^0-9０-９。；;没]{0,24}?(?P<amount>[0-9][0-9,]*(?:\\.[0-9]+)?)[ 　]*(?P<wan>万)?"
_FINE_ONE = re.compile(_FINE)
_CAPITALS = re.compile("([零〇一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿两]+)元")
_DIGITS = {word: place % 10 for place, word in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")} | {"两": 2}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}


def fines_in(texts: pa.Array) -> pa.Array:
    """The fine each text names in digits, in 元 (float64, for comparison only); null where it names none."""
    found = pc.extract_regex(texts, _FINE)
    amount = pc.replace_substring(pc.struct_field(found, "amount"), ",", "").cast(pa.float64())
    wan = pc.equal(pc.struct_field(found, "wan"), "万")
    return pc.multiply(amount, pc.if_else(wan, 10_000.0, 1.0))


def fine_in(text: str) -> Decimal | None:
    """The fine one text names, in 元, in digits or Chinese numerals; None when it names none."""
    found = _FINE_ONE.search(unicodedata.normalize("NFKC", text))
    if found:
        return Decimal(found.group("amount").replace(",", "")) * (10_000 if found.group("wan") else 1)
    spoken = _CAPITALS.search(text) if "罚款" in text else None
    return Decimal(chinese_number(spoken.group(1))) if spoken else None


def chinese_number(text: str) -> int:
    """The number of Chinese numerals, plain or as on cheques: 壹仟 → 1000, 三万五千 → 35000."""
    total = section = digit = 0
    for mark in text:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in _STEPS:
            section += (digit or 1) * _STEPS[mark]
            digit = 0
        else:
            total = (total + section + digit) * _BIG[mark] if mark == "亿" else total + (section + digit) * _BIG[mark]
            section = digit = 0
    return total + section + digit


def suggestions(texts: pa.Array, where: np.ndarray) -> pa.Array:
    """For the rows at `where`: what the text suggests as fine, in 万元, as a sentence to append; one entry per row."""
    said = np.full(len(texts), "", dtype=object)
    picked = texts.take(pa.array(where)).dictionary_encode()
    spoken = [_suggestion(text) for text in picked.dictionary.to_pylist()]
    for place, index in zip(where.tolist(), picked.indices.to_pylist(), strict=True):
        said[place] = "" if index is None else spoken[index]
    return pa.array(said, pa.string())


def in_wan(yuan: Decimal) -> str:
    """An amount in 元 written in 万元, without trailing zeros."""
    return f"{(yuan / 10_000).normalize():f}"


def _suggestion(text: str) -> str:
    yuan = fine_in(text)
    return "" if yuan is None else f"（内容写明 {yuan:f} 元，即 {in_wan(yuan)} 万元，请核对后填入）"
