"""How is any subject found at once among a million? The build lays out an index of the pieces of what they are called.

`lookup_row` holds the subjects in the one order in which equally good answers are told (`place`, from 0). `lookup_posting`
says at which places a piece (`data.grams`) stands, `lookup_common` which pieces stand at very many. `data.search` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data import store
from data.grams import BLANK, CODE, COMMON, INITIALS, KEY, NAME, PIECE, SHORT, Ints, Places, ends, numbers, utf8

TABLES = ("lookup_row", "lookup_posting", "lookup_common")
#: Of one sign or two in a row only the first places are kept: nobody reads further than twice the longest answer.
SHORT_KEPT = 200
#: So many subjects are cut in one stroke, by so many workers: numpy works beside Python, and the memory stays bounded.
_TEXTS, _WORKERS = 1 << 18, 2
_WHOLE = {CODE: ("uscc", "reg_no", "licence_no", "plate", "subject_id"), KEY: ("id_key", "cert_key")}
Posting = tuple[Ints, Places]


def write_index(con: duckdb.DuckDBPyConnection) -> None:
    """Create and fill `lookup_row`, `lookup_posting` and `lookup_common` from `subject`."""
    for table in TABLES:
        store.run(con, f"tables/{table}")
    _write_from(con, 0)
    store.run(con, "indexes/lookup_row_by_place")


def patch_index(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the three to `subject` as it is now, which differs from before by `subject_new` and `subject_gone`.

    Subjects are cut so many at a time; those that stand before the first that differs are cut as before.
    """
    changed = store.arrow(con, "build/lookup_first")["first_place"][0].as_py()
    first = max((start for start in _starts(con) if start <= changed), default=0)
    for table in ("lookup_row", "lookup_posting"):
        con.execute(f"delete from {table} where place >= $first", {"first": first})
    con.execute("delete from lookup_common")
    _write_from(con, first)


def _starts(con: duckdb.DuckDBPyConnection) -> list[int]:
    """The first place of every cut: the registered subjects and the others, who change every day, are cut apart."""
    ((subjects, registered),) = con.execute("select count(*), count(*) filter (where registered) from subject").fetchall()
    return [*range(0, registered, _TEXTS), *range(registered, subjects, _TEXTS)]


def _write_from(con: duckdb.DuckDBPyConnection, first: int) -> None:
    store.make(con, "lookup_order", "build/lookup_order", temporary=True, first=first)
    texts = store.arrow(con, "build/lookup_text", first=first)
    cuts = [start for start in _starts(con) if start >= first] + [first + len(texts)]
    with ThreadPoolExecutor(_WORKERS) as pool:
        blocks = [pool.submit(_block, texts.slice(at - first, end - at), at) for at, end in pairwise(cuts)]
        store.fill(con, "lookup_row", "build/lookup_row", first=first)
        for block in blocks:
            for gram, place in block.result():
                con.register("given", pa.table({"gram": gram, "place": place}))
                con.execute("insert into lookup_posting by name select * from given")
                con.unregister("given")
    store.fill(con, "lookup_common", "build/lookup_common", common=COMMON)
    con.execute("drop table lookup_order")


def _block(texts: pa.Table, first: int) -> list[Posting]:
    """The postings of some subjects in a row; the first text's place is `first`."""
    return [(gram, place + np.int32(first)) for gram, place in postings(texts)]


def postings(subjects: pa.Table) -> Iterator[Posting]:
    """Which piece stands at which place, each pair once, sorted by both within a kind; `subjects` in order of place, from 0.

    `subjects` has the columns search_text, name, initials and those of `_WHOLE`.
    """
    column = {name: subjects[name].combine_chunks() for name in subjects.column_names}
    yield from _inside(Signs(column["search_text"]))
    for name, kind in (("name", NAME), ("initials", INITIALS)):
        signs = Signs(column[name])
        yield _beginnings(signs, kind)
        yield _threes(signs, kind)
    for kind, names in _WHOLE.items():
        gram, place = (np.concatenate(parts) for parts in zip(*(ends(column[name], kind) for name in names), strict=True))
        order = np.argsort(gram, kind="stable")
        yield gram[order], place[order]


class Signs:
    """The signs of many texts one after the other: `ids`, numbers in the sorted `alphabet` (0 is the blank), `place` of the
    text each belongs to, `start` of each text and the end of the last."""

    def __init__(self, texts: pa.StringArray) -> None:
        marks, ends = utf8(texts)
        points = np.frombuffer(marks.tobytes().decode("utf-8").encode("utf-32-le"), np.uint32)
        before = np.zeros(len(marks) + 1, np.int32)
        np.cumsum((marks & 0xC0) != 0x80, dtype=np.int32, out=before[1:])
        self.start = before[ends]
        self.place = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(self.start))
        seen = np.zeros(0x110000, dtype=bool)
        seen[points] = True
        seen[ord(BLANK)] = False
        self.alphabet = np.concatenate([[ord(BLANK)], np.flatnonzero(seen)]).astype(np.uint32)
        number = np.zeros(0x110000, np.int32)
        number[self.alphabet[1:]] = np.arange(1, len(self.alphabet), dtype=np.int32)
        self.ids = number[points]
        self.bits = int(len(self.alphabet) - 1).bit_length() or 1

    def after(self, ids: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """The next sign's entry of `ids` for every sign, 0 after the last one of a text."""
        moved = np.zeros_like(ids)
        moved[:-1] = ids[1:]
        moved[self.start[1:][np.diff(self.start) > 0] - 1] = 0
        return moved


def _inside(signs: Signs) -> Iterator[Posting]:
    """Every piece of three signs, and the first places of every one and two; in runs of texts that fit into one number."""
    bits, room = signs.bits, 63 - 3 * signs.bits
    texts = min(1 << room, _TEXTS)  # a rich alphabet leaves less room for places
    second = signs.after(signs.ids)
    third = signs.after(second)
    for first in range(0, len(signs.start) - 1, texts):
        run = slice(signs.start[first], signs.start[min(first + texts, len(signs.start) - 1)])
        key = signs.ids[run].astype(np.int64)
        for following in (second, third):
            key <<= bits
            key |= following[run]
        key <<= room
        key |= signs.place[run] - np.int32(first)
        yield from _kinds(signs, *_unique(key[signs.ids[run] != 0], room), np.int32(first))


def _kinds(signs: Signs, value: Ints, place: Places, base: np.int32) -> Iterator[Posting]:
    """The postings of three, two and one signs, from sorted windows of three (0 where a text ends or has a blank)."""
    mask = (1 << signs.bits) - 1
    heads = np.flatnonzero(_changes(value))
    three = [signs.alphabet[value[heads] >> shift & mask] for shift in (2 * signs.bits, signs.bits, 0)]
    gram = np.repeat(numbers(PIECE, *three), np.diff(heads, append=len(value)))
    whole = (value & mask != 0) & (value >> signs.bits & mask != 0)
    yield gram[whole], place[whole] + base
    value, place = _firsts(value, place)
    for length in (2, 1):
        value, place = _firsts(*_unique(_packed(signs, value >> signs.bits, place), 63 - 2 * signs.bits))
        chosen = value & mask != 0 if length == 2 else slice(None)
        first, last = (value >> signs.bits, value) if length == 2 else (value, np.zeros_like(value))
        yield numbers(SHORT, signs.alphabet[first[chosen]], signs.alphabet[last[chosen] & mask]), place[chosen] + base


def _beginnings(signs: Signs, kind: int) -> Posting:
    """The first sign, and the first two, of every text."""
    filled = np.flatnonzero(np.diff(signs.start)).astype(np.int32)
    begin = signs.start[filled]
    one = signs.ids[begin].astype(np.int64) << signs.bits
    two = one | signs.after(signs.ids)[begin]
    packed = _packed(signs, np.concatenate([one, two]), np.concatenate([filled, filled]))
    value, place = _unique(packed, 63 - 2 * signs.bits)
    return numbers(kind, signs.alphabet[value >> signs.bits], signs.alphabet[value & ((1 << signs.bits) - 1)]), place


def _threes(signs: Signs, kind: int) -> Posting:
    """The first three signs of every text that has them."""
    place = np.flatnonzero(np.diff(signs.start) > 2).astype(np.int32)
    begin = signs.start[place]
    gram = numbers(kind, *(signs.alphabet[signs.ids[begin + step]] for step in range(3)))
    order = np.argsort(gram, kind="stable")
    return gram[order], place[order]


def _packed(signs: Signs, value: Ints, place: Places) -> Ints:
    return value << 63 - 2 * signs.bits | place


def _firsts(value: Ints, place: Places) -> Posting:
    """Of sorted pairs, the first `SHORT_KEPT` of each value."""
    heads = np.flatnonzero(_changes(value))
    rank = np.arange(len(value)) - np.repeat(heads, np.diff(heads, append=len(value)))
    near = rank < SHORT_KEPT
    return value[near], place[near]


def _unique(key: Ints, room: int) -> Posting:
    """Value and place of packed pairs, sorted, each once; the place has the lowest `room` bits."""
    key.sort()
    key = key[_changes(key)]
    return key >> room, (key & ((1 << room) - 1)).astype(np.int32)


def _changes(sorted_values: Ints) -> npt.NDArray[np.bool_]:
    """Where a value differs from the one before it."""
    differs = np.ones(len(sorted_values), dtype=bool)
    np.not_equal(sorted_values[1:], sorted_values[:-1], out=differs[1:])
    return differs
