"""Which letters does a person type to find a name? `永济市设川远运输有限公司` → `yjsscyysyxgs`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import pyarrow as pa
from pypinyin import Style, lazy_pinyin, load_phrases_dict, pinyin

#: Surnames read otherwise than the same character elsewhere.
SURNAMES = {
    "单": "s", "解": "x", "仇": "q", "查": "z", "区": "o", "朴": "p", "覃": "q", "曾": "z", "翟": "z",
    "尉": "y", "乐": "y", "盖": "g", "种": "c", "缪": "m", "洗": "x", "秘": "b", "万俟": "mq", "尉迟": "yc", "单于": "cy",
}  # fmt: skip
#: Words of the trade and of the country that a dictionary of phrases reads wrong or does not know.
PHRASES = {
    "商行": [["shang"], ["hang"]],
    "货行": [["huo"], ["hang"]],
    "货运行": [["huo"], ["yun"], ["hang"]],
    "车行": [["che"], ["hang"]],
    "长途": [["chang"], ["tu"]],
    "长运": [["chang"], ["yun"]],
    "重卡": [["zhong"], ["ka"]],
    "绛县": [["jiang"], ["xian"]],
    "解州": [["hai"], ["zhou"]],
    "会计": [["kuai"], ["ji"]],
    "一行": [["yi"], ["xing"]],
    "行运": [["xing"], ["yun"]],
    "长治": [["chang"], ["zhi"]],
    "洪洞": [["hong"], ["tong"]],
}
load_phrases_dict(PHRASES)
_SHORT = 4
#: How many neighbours on each side decide how a character with several readings is read.
_REACH = 3
_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")


def initials(name: str) -> str:
    """The lower-case first letters of one name; Latin letters and digits stay, other signs fall out."""
    person = len(name) <= _SHORT
    head = next((length for length in (2, 1) if person and name[:length] in SURNAMES), 0)
    letters = [SURNAMES[name[:head]] if head else ""]
    for run in _RUNS.findall(name[head:]):
        letters += [_only_letter(sign) or _in_context(run, place) for place, sign in enumerate(run)]
    return "".join(letters).lower()


def initials_of(names: pa.Array) -> pa.Array:
    """`initials` for an array of distinct names without nulls; order kept."""
    return pa.array([initials(name) for name in names.to_pylist()], pa.string())


@cache
def _only_letter(sign: str) -> str:
    """The letter of a character all of whose readings begin alike; empty when only its neighbours decide, or it has none."""
    readings = pinyin(sign, style=Style.FIRST_LETTER, heteronym=True, errors=_kept)
    letters = set(readings[0]) if readings else {""}
    return letters.pop() if len(letters) == 1 else ""


def _in_context(run: str, place: int) -> str:
    start = max(0, place - _REACH)
    return _read(run[start : place + _REACH + 1], place - start)


@lru_cache(maxsize=200_000)
def _read(window: str, place: int) -> str:
    """The letter of one character among its neighbours."""
    letters = lazy_pinyin(window, style=Style.FIRST_LETTER, errors=_kept)
    return letters[place] if len(letters) == len(window) else ""


def _kept(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isalnum())
