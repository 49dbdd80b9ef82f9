"""Is this one value a valid code, and if not, what is wrong with it?

Sources: GB 32100-2015 (credit code), GB 11714-1997 (organisation code, also position 9-17 of the credit code),
GB 11643-1999 (identity number), GA 36-2018 (plates; new-energy plates have eight characters).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from data.errors import BadArgument
from data.identifiers.clean import PLACEHOLDER, clean_code, clean_plate

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
RID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RID_CHECKS = "10X98765432"
#: First two digits of GB/T 2260: the provinces, Taiwan, Hong Kong, Macao, and 91 for foreign permanent residents.
PROVINCES = frozenset(
    str(number)
    for block in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 83, 91),
    )
    for number in block
)
FIRST_BIRTH_YEAR = 1800

_USCC_FORM = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ORG_FORM = re.compile(r"[0-9A-Z]{8}[0-9X]")
_RID_FORM = re.compile(r"[0-9]{17}[0-9X]")
_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_STD7 = f"[{_PLACES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警]"
_NEW8 = f"[{_PLACES}][A-HJ-NP-Z](?:[ABCDEFGHJK][A-HJ-NP-Z0-9][0-9]{{4}}|[0-9]{{5}}[ABCDEFGHJK])"
PLATE_FORM = f"^(?:{_STD7}|{_NEW8})$"
_PLATE = re.compile(f"(?:{_STD7}|{_NEW8})")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judged value: as it came, its clean form, whether it is valid, and why not (empty when valid)."""

    value: str
    normalised: str
    ok: bool
    reason: str


def check(kind: str, text: str, today: date) -> Verdict:
    """Judge one value of `kind` (uscc, rid, orgcode, plate) as of `today`.

    Raises
    ------
    BadArgument
        when there is no such kind of code.
    """
    return _judge_of(kind)(text, today)


def check_uscc(text: str) -> Verdict:
    """A unified social credit code: form, organisation check digit (position 17), check digit (position 18)."""
    code = clean_code(text)
    return _verdict(text, code, _uscc_fault(code))


def check_rid(text: str, today: date) -> Verdict:
    """An 18-digit identity number: region, birth day not after `today`, check digit. 15 digits are not ok."""
    code = clean_code(text)
    return _verdict(text, code, _rid_fault(code, today))


def check_orgcode(text: str) -> Verdict:
    """A 9-character organisation code; the hyphen before the check digit may stand or not."""
    code = clean_code(text).replace("-", "")
    return _verdict(text, code, _org_fault(code))


def check_plate(text: str) -> Verdict:
    """A vehicle plate of 7 characters, or 8 for new energy."""
    code = clean_plate(text)
    return _verdict(text, code, _plate_fault(code))


def uscc_check_digit(body: str) -> str:
    """The 18th character for the first 17 of a credit code."""
    total = sum(USCC_ALPHABET.index(mark) * weight for mark, weight in zip(body, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def org_check_digit(body: str) -> str:
    """The 9th character for the first 8 of an organisation code."""
    total = sum(ORG_ALPHABET.index(mark) * weight for mark, weight in zip(body, ORG_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def rid_check_digit(body: str) -> str:
    """The 18th character for the first 17 digits of an identity number."""
    return RID_CHECKS[sum(int(mark) * weight for mark, weight in zip(body, RID_WEIGHTS, strict=True)) % 11]


def _uscc_fault(code: str) -> str:
    if code == PLACEHOLDER:
        return "占位码，不是统一社会信用代码"
    if len(code) != 18:
        return _empty(code) or f"应为 18 位，现为 {len(code)} 位"
    if not _USCC_FORM.fullmatch(code):
        return _letters(code, _uscc_fault) or "含有不该出现的字符（3 至 8 位应为数字，其余不用字母 I、O、S、V、Z）"
    if org_check_digit(code[8:16]) != code[16]:
        return "第 17 位（组织机构代码校验位）不对"
    return "" if uscc_check_digit(code[:17]) == code[17] else "第 18 位（校验位）不对"


def _rid_fault(code: str, today: date) -> str:
    if len(code) == 15 and code.isascii() and code.isdigit():
        return "15 位旧号码，请改填 18 位公民身份号码"
    if len(code) != 18:
        return _empty(code) or f"应为 18 位，现为 {len(code)} 位"
    if not _RID_FORM.fullmatch(code):
        return _letters(code, lambda text: _rid_fault(text, today), say=False) or "含有不该出现的字符"
    if code[:2] not in PROVINCES:
        return "前两位不是行政区划代码"
    try:
        born = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return "出生日期不存在"
    if born > today or born.year < FIRST_BIRTH_YEAR:
        return "出生日期在将来" if born > today else "出生日期过早"
    return "" if rid_check_digit(code[:17]) == code[17] else "第 18 位（校验位）不对"


def _org_fault(code: str) -> str:
    if len(code) != 9:
        return _empty(code) or f"应为 9 位，现为 {len(code)} 位"
    if not _ORG_FORM.fullmatch(code):
        return "含有不该出现的字符"
    if code == "00000000X":
        return "占位码，不是组织机构代码"
    if org_check_digit(code[:8]) == code[8]:
        return ""
    return _letters(code, _org_fault) or "第 9 位（校验位）不对"


def _plate_fault(code: str) -> str:
    if _PLATE.fullmatch(code):
        return ""
    return _empty(code) or _letters(code, _plate_fault) or "不符合车牌号格式"


def _empty(code: str) -> str:
    return "" if code else "空"


def _letters(code: str, fault: Callable[[str], str], say: bool = True) -> str:
    """The advice when letters O or I stand for digits; `say` false keeps the number itself out of it (personal)."""
    wrong = [letter for letter in "OI" if letter in code]
    if not wrong:
        return ""
    fixed = code.replace("O", "0").replace("I", "1")
    named = "、".join(f"字母 {letter}（应为数字 {'0' if letter == 'O' else '1'}）" for letter in wrong)
    if fault(fixed):
        return f"含有{named}，替换后仍不正确"
    return f"含有{named}，是否为 {fixed}" if say else f"含有{named}，替换后校验通过，请核对"


def _verdict(text: str, code: str, fault: str) -> Verdict:
    return Verdict(text, code, not fault, fault)


_JUDGES: dict[str, Callable[[str, date], Verdict]] = {
    "uscc": lambda text, _today: check_uscc(text),
    "rid": check_rid,
    "orgcode": lambda text, _today: check_orgcode(text),
    "plate": lambda text, _today: check_plate(text),
}
KINDS = tuple(_JUDGES)


def _judge_of(kind: str) -> Callable[[str, date], Verdict]:
    if kind not in _JUDGES:
        raise BadArgument(f"没有“{kind}”这种代码", "代码种类", f"请用 {'、'.join(KINDS)} 之一")
    return _JUDGES[kind]
