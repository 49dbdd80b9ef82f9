"""Identifiers: the published vectors, and the column answers the same as the single value."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from data.errors import BadArgument
from data.identifiers import KINDS, check, check_column, clean_codes, clean_plates, licence_key, licence_keys, valid_mask
from data.identifiers.judge import RID_WEIGHTS, USCC_ALPHABET, org_check_digit, rid_check_digit, uscc_check_digit

TODAY = date(2026, 10, 31)
GOOD_USCC = [
    "91350100M000100Y43",
    "91440300708461136T",
    "91110108551385082Q",
    "51100000500019541K",
    "11341822003289241B",
    "91140800MA0K12348C",
    "91140802MA0K567893",
    "92140881MA0K9A01X8",
    "1114080001240001X0",
]
GOOD_RID = ["11010519491231002X", "440524188001010014", "140802199001010015", "14088219851230002X"]
GOOD_PLATE = [
    "晋M12345",
    "晋MA1234",
    "晋M1234挂",
    "晋MD12345",
    "晋MF12345",
    "晋MDA1234",
    "晋M12345D",
    "晋M12345F",
]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("uscc", value) for value in GOOD_USCC]
    + [("rid", value) for value in GOOD_RID]
    + [("plate", value) for value in GOOD_PLATE]
    + [("orgcode", "XJ5830387"), ("orgcode", "XJ583038-7"), ("orgcode", "M000100Y4")],
)
def test_a_published_valid_code_is_ok(kind: str, value: str) -> None:
    assert check(kind, value, TODAY).ok


@pytest.mark.parametrize(
    ("kind", "value", "word"),
    [
        ("uscc", "91350100M000100Y44", "第 18 位"),
        ("uscc", "00000000000000000X", "占位码"),
        ("uscc", "91140800MA0K12358C", "第 17 位"),
        ("uscc", "91140800MAOK12348C", "91140800MA0K12348C"),
        ("uscc", "9114080OMA0K12348C", "91140800MA0K12348C"),
        ("uscc", "91140800", "18 位"),
        ("uscc", "", "空"),
        ("rid", "110105491231002", "15 位"),
        ("rid", "110105194912310021", "第 18 位"),
        ("rid", "11010519490231002X", "不存在"),
        ("rid", "99010519491231002X", "区划"),
        ("rid", "1408O2199001010015", "字母 O"),
        ("plate", "晋MI2345", "晋M12345"),
        ("plate", "晋MO2345", "晋M02345"),
        ("plate", "晋M1234", "格式"),
        ("orgcode", "XJ5830388", "第 9 位"),
        ("orgcode", "00000000X", "占位码"),
    ],
)
def test_a_wrong_code_says_what_is_wrong(kind: str, value: str, word: str) -> None:
    verdict = check(kind, value, TODAY)
    assert not verdict.ok
    assert word in verdict.reason


def test_an_identity_number_of_tomorrow_is_not_ok_today() -> None:
    body = "14080220261101" + "999"
    number = body + rid_check_digit(body)
    assert not check("rid", number, TODAY).ok
    assert check("rid", number, date(2026, 11, 1)).ok


def test_the_reason_for_an_identity_number_never_repeats_it() -> None:
    for value in ("1408O2199001010015", "140802199001010016"):
        assert value not in check("rid", value, TODAY).reason
        assert value.replace("O", "0") not in check("rid", value, TODAY).reason


def test_codes_are_cleaned_before_they_are_judged() -> None:
    verdict = check("uscc", " ９１１４０８００ ma0k1234　8c\n", TODAY)
    assert (verdict.normalised, verdict.ok) == ("91140800MA0K12348C", True)
    assert check("plate", "晋m·１2345", TODAY).normalised == "晋M12345"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadArgument):
        check("passport", "E1", TODAY)
    with pytest.raises(BadArgument):
        check_column("passport", pa.array(["E1"]), TODAY)


def test_the_licence_key_is_the_twelve_digits() -> None:
    texts = ["晋交运管许可永字140881000001号", "140881000001", "津交运管许可德字120128300595", "14088100000", None]
    assert [licence_key(text) for text in texts if text] == ["140881000001", "140881000001", "120128300595", None]
    assert licence_keys(pa.array(texts)).to_pylist() == ["140881000001", "140881000001", "120128300595", None, None]


def _codes() -> st.SearchStrategy[str]:
    near = st.builds(_changed, st.sampled_from(GOOD_USCC + GOOD_RID + GOOD_PLATE + ["XJ5830387"]), st.integers(0, 17))
    odd = st.text(alphabet="0123456789ABXOIo ·晋M１Ｘ-挂　\u00e9", max_size=20)
    return st.one_of(
        near, odd, st.sampled_from(GOOD_USCC + GOOD_RID + GOOD_PLATE), st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True)
    )


def _changed(code: str, place: int) -> str:
    place %= len(code)
    return code[:place] + ("7" if code[place] != "7" else "K") + code[place + 1 :]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), st.lists(_codes(), max_size=12))
def test_a_column_is_judged_as_its_values_are(kind: str, values: list[str]) -> None:
    alone = [check(kind, value, TODAY) for value in values]
    assert check_column(kind, pa.array(values, pa.string()), TODAY) == alone
    padded = pa.array(["x", *[verdict.normalised for verdict in alone], None], pa.string()).slice(1)
    assert valid_mask(kind, padded, TODAY).tolist() == [verdict.ok for verdict in alone] + [False]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), _codes(), st.text(max_size=6)), max_size=8))
def test_a_column_is_cleaned_as_its_values_are(values: list[str | None]) -> None:
    column = pa.array(values, pa.string())
    kept = [value for value in values if value is not None]
    assert [text for text in clean_codes(column).to_pylist() if text is not None] == [
        check("uscc", value, TODAY).normalised for value in kept
    ]
    assert [text for text in clean_plates(column).to_pylist() if text is not None] == [
        check("plate", value, TODAY).normalised for value in kept
    ]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=USCC_ALPHABET, min_size=8, max_size=8), st.integers(0, 999999), st.data())
def test_one_changed_character_of_a_credit_code_is_never_ok(organisation: str, region: int, data: st.DataObject) -> None:
    body = f"91{region:06d}{organisation}"
    body += org_check_digit(organisation)
    code = body + uscc_check_digit(body)
    assert check("uscc", code, TODAY).ok
    assert uscc.is_valid(code)
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([mark for mark in USCC_ALPHABET if mark != code[place]]))
    assert not check("uscc", code[:place] + other + code[place + 1 :], TODAY).ok


@settings(max_examples=80, deadline=None)
@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.data())
def test_one_changed_digit_of_an_identity_number_is_never_ok(born: date, serial: int, data: st.DataObject) -> None:
    body = f"110105{born:%Y%m%d}{serial:03d}"
    number = body + rid_check_digit(body)
    assert check("rid", number, TODAY).ok
    assert ric.is_valid(number)
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    assert not check("rid", number[:place] + other + number[place + 1 :], TODAY).ok


def test_the_weights_of_the_identity_number_are_powers_of_two() -> None:
    assert [pow(2, 17 - place, 11) for place in range(17)] == [weight % 11 for weight in RID_WEIGHTS]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=USCC_ALPHABET, min_size=8, max_size=8), st.sampled_from("0123456789X"))
def test_position_seventeen_is_checked_even_where_the_last_digit_is_right(organisation: str, seventeenth: str) -> None:
    body = "91140802" + organisation + seventeenth
    code = body + uscc_check_digit(body)
    right = seventeenth == org_check_digit(organisation)
    assert check("uscc", code, TODAY).ok == right
    assert valid_mask("uscc", pa.array([code]), TODAY).tolist() == [right]
