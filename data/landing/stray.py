"""Which cells carry a personal number where the standard expects none, and what is kept of them instead?

A remark names a driver by his identity number, a clerk types it into the column of the credit code, a sender has a column of
his own. Such a raw cell is kept as ciphertext, its typed value and every finding about it with the number masked; where a
credit code should stand, a masked number would name somebody, so nothing is kept.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.personal import CIPHER, IDENTITY, IDENTITY_MASKED, MOBILE, MOBILE_MASKED, Keys
from data.standard import Field, Standard

#: Cleanings of columns that hold numbers by nature: eleven digits there are no telephone.
_NUMBERS = ("code", "number", "licence", "plate")

#: The bytes of what numbers are written with: digits of either width, blanks of either width, hyphens.
_OF_A_NUMBER = np.isin(np.arange(256), list(set("0123456789０１２３４５６７８９ 　-".encode())))


def without_numbers(texts: pa.Array, mobiles: bool = True) -> pa.Array:
    """The texts with identity numbers (and mobile numbers) masked inside them; null stays null."""
    if not _may_hold(texts):
        return texts
    for pattern, masked in ((IDENTITY, IDENTITY_MASKED), (MOBILE, MOBILE_MASKED))[: 2 if mobiles else 1]:
        if pc.any(pc.match_substring_regex(texts, pattern)).as_py():
            texts = pc.replace_substring_regex(texts, pattern, masked)  # neighbours share a mark: the second time finds them
            texts = pc.replace_substring_regex(texts, pattern, masked)
    return texts


def kept_value(texts: pa.Array, spec: Field, standard: Standard) -> pa.Array:
    """A typed text column as it may be kept: numbers masked, and null where a checked code was expected."""
    masked = without_numbers(texts, spec.clean not in _NUMBERS)
    if masked is texts or not any(
        each.operator == "valid-code" and each.params["field"] == spec.name for each in standard.checks
    ):
        return masked
    return pc.if_else(pc.equal(masked, texts), texts, pa.scalar(None, pa.string()))


def kept_cells(cells: pa.Array, spec: Field | None, keys: Keys) -> pa.Array:
    """Raw cells as they may be kept: those with a number in them (or that look like ciphertext) encrypted whole."""
    masked = without_numbers(cells, spec is None or spec.clean not in _NUMBERS)
    hide = pc.starts_with(cells, CIPHER)
    if masked is not cells:
        hide = pc.or_(hide, pc.not_equal(masked, cells))
    hide = pc.fill_null(hide, False)
    if not pc.any(hide).as_py():
        return cells
    hidden = cells.filter(hide).dictionary_encode()
    distinct = pa.array([keys.encrypt(text) for text in hidden.dictionary.to_pylist()], pa.string())
    return pc.replace_with_mask(cells, hide, distinct.take(hidden.indices))


def _may_hold(texts: pa.Array) -> bool:
    """False only when no text has so many bytes of numbers in a row as the shortest number has: most columns, at once."""
    if not len(texts) or texts.buffers()[2] is None:
        return False
    ends = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    row = _OF_A_NUMBER[np.frombuffer(texts.buffers()[2], np.uint8)[ends[0] : ends[-1]]]
    links = row[:-1] & row[1:]
    starts = ends[1:-1] - ends[0]
    links[starts[(starts > 0) & (starts < len(row))] - 1] = False
    for step in (1, 2, 4, 2):  # two, four, eight, then ten links in a row: eleven bytes
        links = links[:-step] & links[step:]
    return bool(links.any())
