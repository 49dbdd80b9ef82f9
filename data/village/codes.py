"""Which made-up number passes every check digit and still belongs to nobody?

Credit codes follow GB 32100 and GB 11714 with an organisation part that begins with XJ (never issued);
identity numbers follow GB 11643 with the sequence numbers 996-999 (never issued).
"""

from __future__ import annotations

from datetime import date, timedelta

COUNTIES = {
    "盐湖区": "140802",
    "临猗县": "140821",
    "万荣县": "140822",
    "闻喜县": "140823",
    "稷山县": "140824",
    "新绛县": "140825",
    "绛县": "140826",
    "垣曲县": "140827",
    "夏县": "140828",
    "平陆县": "140829",
    "芮城县": "140830",
    "永济市": "140881",
    "河津市": "140882",
}
CITY_CODE = "140800"

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FIRST_BIRTHDAY = date(1968, 1, 15)


def organisation_code(number: int) -> str:
    """The nine characters of GB 11714 for the village's `number`-th organisation."""
    body = f"XJ{number:06d}"
    total = sum(_ORG_ALPHABET.index(mark) * weight for mark, weight in zip(body, _ORG_WEIGHTS, strict=True))
    check = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def credit_code(prefix: str, region: str, number: int) -> str:
    """A unified social credit code: `prefix` of two characters, six region digits, organisation part, check."""
    body = prefix + region + organisation_code(number)
    total = sum(_USCC_ALPHABET.index(mark) * pow(3, place, 31) for place, mark in enumerate(body))
    return body + _USCC_ALPHABET[(31 - total % 31) % 31]


def identity_number(region: str, number: int) -> str:
    """An 18-digit identity number of the village's `number`-th person, sequence 996-999."""
    birthday = _FIRST_BIRTHDAY + timedelta(days=41 * number)
    body = f"{region}{birthday:%Y%m%d}{996 + number % 4}"
    total = sum(int(mark) * weight for mark, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
