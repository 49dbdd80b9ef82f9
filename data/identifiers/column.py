"""Which values of a whole column are valid codes? The answers of `judge`, over Arrow arrays.

Cleaning looks at every value with one regular expression and rewrites only those that need it; check digits are
products of a byte matrix n × 18 with the weights. Null stays null and is not valid.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.identifiers import judge
from data.identifiers.clean import LICENCE, clean_code, clean_plate
from data.identifiers.judge import Verdict

Mask = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_CLEAN_CODE = r"^[0-9A-Z()/\-]*$"
_EPOCH = date(1970, 1, 1)


def clean_codes(column: pa.Array) -> pa.Array:
    """`clean_code` of every value, shape and nulls kept."""
    return _rewrite(column, _CLEAN_CODE, clean_code)


def clean_plates(column: pa.Array) -> pa.Array:
    """`clean_plate` of every value, shape and nulls kept."""
    return _rewrite(column, judge.PLATE_FORM, clean_plate)


def licence_keys(column: pa.Array) -> pa.Array:
    """`licence_key` of every value: 12 digits, null when the number has another form."""
    found = pc.extract_regex(clean_codes(column), f"^{LICENCE.pattern.replace('([0-9]{12})', '(?P<key>[0-9]{12})')}$")
    return pc.struct_field(found, "key")


def valid_mask(kind: str, cleaned: pa.Array, today: date) -> Mask:
    """Which values of an already cleaned column are valid; nulls are not. Raises BadArgument for an unknown kind."""
    judge._judge_of(kind)
    return _MASKS[kind](cleaned, today)


def check_column(kind: str, values: pa.Array, today: date) -> list[Verdict]:
    """`judge.check` of every value, in order; wrong values alone are looked at one by one, for their reason.

    Raises BadArgument for an unknown kind.
    """
    judge._judge_of(kind)
    cleaned = clean_plates(values) if kind == "plate" else clean_codes(values)
    if kind == "orgcode":
        cleaned = pc.replace_substring(cleaned, "-", "")
    valid = valid_mask(kind, cleaned, today)
    return [
        Verdict(text, code, True, "") if good else judge.check(kind, text, today)
        for text, code, good in zip(values.to_pylist(), cleaned.to_pylist(), valid.tolist(), strict=True)
    ]


def days_of(year: npt.NDArray, month: npt.NDArray, day: npt.NDArray) -> tuple[npt.NDArray[np.int64], Mask]:
    """Days since 1970-01-01 of year, month and day numbers, and which of them exist in the calendar (years 1-9999)."""
    good = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1)
    months = np.where(good, (year - 1970) * 12 + (month - 1), 0).astype("datetime64[M]")
    first = months.astype("datetime64[D]").astype(np.int64)
    length = (months + 1).astype("datetime64[D]").astype(np.int64) - first
    return first + day - 1, good & (day <= length)


def byte_matrix(column: pa.Array, width: int) -> tuple[Bytes, npt.NDArray[np.int64]]:
    """The ASCII values of exactly `width` characters as rows of bytes, and the positions they come from."""
    fits = pc.and_kleene(pc.equal(pc.binary_length(column), width), pc.string_is_ascii(column))
    where = np.flatnonzero(pc.fill_null(fits, False).to_numpy(zero_copy_only=False))
    picked = column if len(where) == len(column) else column.take(pa.array(where))
    text = picked.cast(pa.binary()).cast(pa.binary(width))
    _, data = text.buffers()
    if data is None or not len(where):
        return np.empty((0, width), np.uint8), where
    start = text.offset * width
    return np.frombuffer(data, np.uint8)[start : start + len(where) * width].reshape(-1, width), where


def _rewrite(column: pa.Array, already: str, function: Callable[[str], str]) -> pa.Array:
    fine = pc.match_substring_regex(column, already)
    if pc.all(fine, min_count=0).as_py() is not False:
        return column
    encoded = column.filter(pc.invert(fine)).dictionary_encode()
    rewritten = pa.array([function(text) for text in encoded.dictionary.to_pylist()], column.type)
    return pc.replace_with_mask(column, pc.fill_null(pc.invert(fine), False), rewritten.take(encoded.indices))


def _spread(size: int, where: npt.NDArray[np.int64], good: Mask) -> Mask:
    mask = np.zeros(size, dtype=bool)
    mask[where[good]] = True
    return mask


def _table(alphabet: str) -> npt.NDArray[np.int16]:
    """Byte → its value in the alphabet, -1 when it is not in it."""
    table = np.full(256, -1, np.int16)
    table[np.frombuffer(alphabet.encode(), np.uint8)] = np.arange(len(alphabet))
    return table


def _uscc_mask(column: pa.Array, _today: date) -> Mask:
    marks, where = byte_matrix(column, 18)
    values = _table(judge.USCC_ALPHABET)[marks]
    good = (values >= 0).all(axis=1) & _are_digits(marks[:, 2:8])
    good &= _org_good(marks[:, 8:17])
    total = values[:, :17] @ np.array(judge.USCC_WEIGHTS, np.int32)
    good &= values[:, 17] == (31 - total % 31) % 31
    return _spread(len(column), where, good)


def _org_good(marks: Bytes) -> Mask:
    values = _table(judge.ORG_ALPHABET)[marks]
    rest = 11 - (values[:, :8] @ np.array(judge.ORG_WEIGHTS, np.int32)) % 11
    wanted = np.frombuffer(b"?123456789X0", np.uint8)[rest]
    return (values >= 0).all(axis=1) & (marks[:, 8] == wanted)


def _org_mask(column: pa.Array, _today: date) -> Mask:
    marks, where = byte_matrix(column, 9)
    return _spread(len(column), where, _org_good(marks) & ~(marks == np.frombuffer(b"00000000X", np.uint8)).all(axis=1))


def _rid_mask(column: pa.Array, today: date) -> Mask:
    marks, where = byte_matrix(column, 18)
    good = _are_digits(marks[:, :17])
    digits = np.where(good[:, None], marks[:, :17].astype(np.int32) - ord("0"), 0)
    known = np.zeros(100, dtype=bool)
    known[[int(prefix) for prefix in judge.PROVINCES]] = True
    good &= known[digits[:, 0] * 10 + digits[:, 1]]
    year = digits[:, 6:10] @ np.array([1000, 100, 10, 1])
    born, exists = days_of(year, digits[:, 10] * 10 + digits[:, 11], digits[:, 12] * 10 + digits[:, 13])
    good &= exists & (year >= judge.FIRST_BIRTH_YEAR) & (born <= (today - _EPOCH).days)
    checks = np.frombuffer(judge.RID_CHECKS.encode(), np.uint8)
    good &= marks[:, 17] == checks[(digits @ np.array(judge.RID_WEIGHTS)) % 11]
    return _spread(len(column), where, good)


def _plate_mask(column: pa.Array, _today: date) -> Mask:
    fits = pc.match_substring_regex(column, judge.PLATE_FORM)
    return pc.fill_null(fits, False).to_numpy(zero_copy_only=False)


def _are_digits(marks: Bytes) -> Mask:
    return np.all((marks >= ord("0")) & (marks <= ord("9")), axis=1)


_MASKS: dict[str, Callable[[pa.Array, date], Mask]] = {
    "uscc": _uscc_mask,
    "rid": _rid_mask,
    "orgcode": _org_mask,
    "plate": _plate_mask,
}
