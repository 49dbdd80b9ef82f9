"""Which cells carry a personal number where the standard expects none, and what is kept of them instead?

A remark names a driver by his identity number, a clerk types it into the column of the credit code, a sender has a column of
his own. Such a raw cell is kept as ciphertext, its typed value and every finding about it with the number masked; where a
credit code should stand, a masked number would name somebody, so nothing is kept.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from data.personal import CIPHER, IDENTITY, IDENTITY_MASKED, MOBILE, MOBILE_MASKED, SHORTEST, Keys
from data.standard import Field, Standard

#: Cleanings of columns that hold numbers by nature: eleven digits there are no telephone.
_NUMBERS = ("code", "number", "licence", "plate")


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
    longest = pc.max(pc.binary_length(texts)).as_py()
    return longest is not None and longest >= SHORTEST
