"""Which invented codes, all of a column at once, pass every check digit and still belong to nobody?

Credit codes carry an organisation part XJ + six digits, never issued (as in the village). Identity numbers use the division
xxxx99, which GB/T 2260 gives to no county: 140899 has room for 14 million, and whoever reads one sees that it is made up.
Plates carry three letters after the place, more than any plate issued; new-energy plates begin with K, not in use.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.identifiers.judge import ORG_WEIGHTS, RID_CHECKS, RID_WEIGHTS, USCC_ALPHABET, USCC_WEIGHTS

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_USCC = np.frombuffer(USCC_ALPHABET.encode(), np.uint8)
_PLATE_LETTERS = np.frombuffer(b"ABCDEFGHJKLMNPQRSTUVWXYZ", np.uint8)
_PLATE_MARKS = np.frombuffer(b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", np.uint8)
_FIRST_BIRTHDAY = np.datetime64("1962-01-01")
#: A prime number of days (to the end of 2000), so that a multiple of the number walks over all birthdays.
_BIRTHDAYS, _STRIDE = 14_243, 7_919


def credit_codes(prefix: Ints, regions: Ints, numbers: Ints) -> pa.Array:
    """Unified social credit codes: two digits of `prefix`, six of `regions`, XJ and six of `numbers` (below a million)."""
    marks = np.empty((len(numbers), 18), np.uint8)
    marks[:, :2], marks[:, 2:8], marks[:, 8:10], marks[:, 10:16] = (
        digits(prefix, 2), digits(regions, 6), np.frombuffer(b"XJ", np.uint8), digits(numbers, 6),
    )  # fmt: skip
    values = np.where(marks[:, 8:16] >= ord("A"), marks[:, 8:16] - ord("A") + 10, marks[:, 8:16] - ord("0")).astype(np.int64)
    marks[:, 16] = np.frombuffer(b"0123456789X0", np.uint8)[11 - (values @ np.array(ORG_WEIGHTS)) % 11]
    total = np.searchsorted(_USCC, marks[:, :17]) @ np.array(USCC_WEIGHTS)
    marks[:, 17] = _USCC[(31 - total % 31) % 31]
    return as_text(marks)


def identity_numbers(numbers: Ints, prefecture: Ints | int = 1408) -> pa.Array:
    """Identity numbers of persons `numbers` (each its own, below 14 million), region `prefecture` + 99."""
    body = np.empty((len(numbers), 18), np.uint8)
    region = np.broadcast_to(np.asarray(prefecture, np.int64), numbers.shape) * 100 + 99
    born = birthdays(numbers)
    body[:, :6] = digits(region, 6)
    body[:, 6:14] = digits(_plain_day(born), 8)
    body[:, 14:17] = digits(numbers // _BIRTHDAYS, 3)
    checks = np.frombuffer(RID_CHECKS.encode(), np.uint8)
    body[:, 17] = checks[((body[:, :17] - ord("0")).astype(np.int64) @ np.array(RID_WEIGHTS)) % 11]
    return as_text(body)


def birthdays(numbers: Ints) -> npt.NDArray[np.datetime64]:
    """The day of birth in each person's identity number."""
    return _FIRST_BIRTHDAY + (numbers * _STRIDE) % _BIRTHDAYS


def plates(numbers: Ints, tails: npt.NDArray[np.str_], place: str = "晋M") -> pa.Array:
    """Plates of vehicles `numbers` (each its own): `tails` is 挂 or 学, K for new energy, empty for an ordinary plate."""
    letters = _PLATE_LETTERS[np.stack([numbers // 24**step % 24 for step in range(3)], axis=1)]
    rest = numbers // 24**3
    ordinary = np.concatenate([letters, _PLATE_MARKS[np.stack([rest % 34, rest // 34 % 34], axis=1)]], axis=1)
    short = np.concatenate([letters, _PLATE_MARKS[(rest % 34)[:, None]]], axis=1)
    green = np.concatenate([letters[:, :1], digits(numbers // 24 % 10_000, 4)], axis=1)
    plain = pc.binary_join_element_wise(place, as_text(ordinary), "")
    special = pc.binary_join_element_wise(place, as_text(short), pa.array(tails, pa.string()), "")
    energy = pc.binary_join_element_wise(f"{place}K", as_text(green), "")
    return pc.if_else(pa.array(tails == ""), plain, pc.if_else(pa.array(tails == "K"), energy, special))


def padded(numbers: Ints, width: int) -> pa.Array:
    """Numbers as texts of exactly `width` digits."""
    return as_text(digits(numbers, width))


def digits(numbers: Ints, width: int) -> Bytes:
    """The last `width` decimal digits of each number as ASCII bytes, shape n x width."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return (np.asarray(numbers, np.int64)[:, None] // powers % 10 + ord("0")).astype(np.uint8)


def as_text(marks: Bytes) -> pa.Array:
    """Rows of ASCII bytes as a string column."""
    flat = np.ascontiguousarray(marks)
    width = pa.binary(flat.shape[1])
    return pa.Array.from_buffers(width, len(flat), [None, pa.py_buffer(flat)]).cast(pa.binary()).cast(pa.string())


def _plain_day(days: npt.NDArray[np.datetime64]) -> Ints:
    """Days as numbers of the form 19620101."""
    months = days.astype("datetime64[M]")
    count = months.astype(np.int64)
    day = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    return (count // 12 + 1970) * 10_000 + (count % 12 + 1) * 100 + day
