"""Into which pieces is a text cut, so that texts with a piece of it are found without reading them all?

The look-up's index and the look-up itself cut in the same way. A piece is a number: its kind in the highest bits, then the
signs, first one highest. Two texts may share a number all the same, so whoever finds a text by its pieces reads it.

PIECE     three signs in a row; none is a blank
SHORT     one sign, or two in a row
NAME      the first sign, the first two, or the first three of a name
INITIALS  the same of a name's initials
CODE      the end of a whole code, plate, licence or id: six bits each of its last ten bytes
KEY       the end of a keyed hash: its last fifteen hex digits, so many that nobody needs to compare the rest
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
PIECE, SHORT, NAME, INITIALS, CODE, KEY = range(6)
BLANK = " "
#: Pieces that stand at more places than this count as common, and the index tells how many.
COMMON = 1_000
_KIND, _SIGN = 60, 20
_MASK = (1 << _SIGN) - 1
#: By kind: of how many bytes from the end, how many bits.
_ENDS = {CODE: (10, 6), KEY: (15, 4)}
#: By kind: the bits of each byte.
_BITS = {CODE: np.arange(256) & 63, KEY: (np.arange(256) & 15) + 9 * (np.arange(256) >> 6 & 1) & 15}
_FOLD = {ord("（"): "(", ord("）"): ")", ord("İ"): "i"}


def folded(text: str) -> str:
    """A text as `subject.search_text` holds it: half-width brackets, each sign in lower case as DuckDB's `lower` does it."""
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text.translate(_FOLD))


def pieces(text: str) -> list[int]:
    """The distinct `PIECE` numbers of one text, in its order; [] for a text shorter than three signs."""
    cut = (text[place : place + 3] for place in range(len(text) - 2))
    return list(dict.fromkeys(_number(PIECE, each) for each in cut if BLANK not in each))


def first_signs(text: str, kind: int) -> int:
    """The number of a text's first signs in a kind that has those: one, two, or of a beginning three."""
    return _number(kind, text[: 2 if kind == SHORT else 3].ljust(2, BLANK))


def end(text: str, kind: int = CODE) -> int:
    """The `CODE` or `KEY` number of one whole text."""
    size, bits = _ENDS[kind]
    tail = text.encode("utf-8", "replace")[-size:]
    return kind << _KIND | sum(int(_BITS[kind][mark]) << bits * place for place, mark in enumerate(reversed(tail)))


def _number(kind: int, signs: str) -> int:
    number = kind
    for sign in signs.rjust(3, BLANK):
        number = number << _SIGN | (ord(sign) & _MASK)
    return number


def numbers(kind: int, *signs: npt.NDArray[np.uint32]) -> Ints:
    """`PIECE`, `SHORT`, `NAME` or `INITIALS` numbers of many: the code points of their last two or three signs."""
    number = np.full(len(signs[0]), kind << _KIND | (ord(BLANK) << 2 * _SIGN if len(signs) == 2 else 0), np.int64)
    for place, points in enumerate(reversed(signs)):
        number |= (points & _MASK).astype(np.int64) << _SIGN * place
    return number


def ends(texts: pa.StringArray, kind: int = CODE) -> tuple[Ints, Places]:
    """The `CODE` or `KEY` number of every text that is not null, and which text it is."""
    rows = np.flatnonzero(texts.is_valid().to_numpy(zero_copy_only=False)).astype(np.int32)
    marks, borders = utf8(texts.drop_null())
    size, bits = _ENDS[kind]
    number = np.full(len(rows), kind << _KIND, np.int64)
    for place in range(size):
        where = borders[1:] - 1 - place
        inside = where >= borders[:-1]
        number[inside] |= _BITS[kind][marks[where[inside]]] << bits * place
    return number, rows


def utf8(texts: pa.StringArray) -> tuple[npt.NDArray[np.uint8], Places]:
    """The bytes of all texts in a row, and where each begins and the last one ends; a null counts as empty."""
    if not len(texts):
        return np.zeros(0, np.uint8), np.zeros(1, np.int32)
    filled = texts.fill_null("")
    ends = np.frombuffer(filled.buffers()[1], np.int32)[filled.offset : filled.offset + len(filled) + 1]
    data = filled.buffers()[2] or pa.py_buffer(b"")
    return np.frombuffer(data, np.uint8)[ends[0] : ends[-1]], ends - ends[0]
