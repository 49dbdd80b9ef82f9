"""Which made-up number passes every check digit and still belongs to nobody?

Credit codes follow GB 32100 and GB 11714 with an organisation part that begins with XJ (never issued);
identity numbers follow GB 11643 with the sequence numbers 996-999 (never issued).
"""

from __future__ import annotations

from datetime import date, timedelta

from data.identifiers.judge import org_check_digit, rid_check_digit, uscc_check_digit

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

_FIRST_BIRTHDAY = date(1968, 1, 15)


def organisation_code(number: int) -> str:
    """The nine characters of GB 11714 for the village's `number`-th organisation."""
    body = f"XJ{number:06d}"
    return body + org_check_digit(body)


def credit_code(prefix: str, region: str, number: int) -> str:
    """A unified social credit code: `prefix` of two characters, six region digits, organisation part, check."""
    body = prefix + region + organisation_code(number)
    return body + uscc_check_digit(body)


def identity_number(region: str, number: int) -> str:
    """An 18-digit identity number of the village's `number`-th person, sequence 996-999."""
    birthday = _FIRST_BIRTHDAY + timedelta(days=41 * number)
    body = f"{region}{birthday:%Y%m%d}{996 + number % 4}"
    return body + rid_check_digit(body)
