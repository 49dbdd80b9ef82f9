"""Which subjects fit what was asked, best first, without reading them all?

The index (`data.index`) tells where the pieces of a text stand; the places of the rarest ones are intersected until few are
left, and those subjects are read and compared in the order of their places until the answer is full. Where even the rarest
piece is common, places are taken window by window: such a text fits so often that the first nearly always fills the answer.

Fit: 0 a whole code, plate, licence, certificate or id · 1 the name begins with it · 2 the initials begin with it · 3 it stands
anywhere in the name, a former name, a code or the initials (`subject.search_text`), or in the plate, which is a vehicle's
name. Within one fit the order is: registered, type, length of the name, name, plate, id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from data.grams import COMMON, INITIALS, KEY, NAME, SHORT, Places, end, first_signs, folded, pieces
from data.store import Snapshot

_FIELDS = (
    "subject_type", "subject_id", "name", "uscc", "county", "sector", "plate", "plate_colour", "id_mask", "owner_name",
    "licence_no", "reg_no", "initials", "search_text", "registered",
)  # fmt: skip
#: What `search_text` is made of when `told` leaves it out: there is no former name.
_SEARCHED = ("name", "uscc", "licence_no", "initials")
#: So many pieces of a long text are looked at, and of so many the places are intersected.
_LOOKED_AT, _INTERSECTED = 48, 4
#: A way whose rarest piece stands at more places is read window by window; the first window is to hold so many of them.
_MANY, _WINDOW = 10_000, 1_000
#: A piece so many times as common as the rarest one is left out.
_WORTH = 8
#: So few places need no further piece to sort them out.
_FEW = 40
#: So many subjects are read in one stroke at most.
_STROKE = 2_000
#: How much longer a stroke or a window is than the one before.
_WIDER = 4
_END = 2**31 - 1
_NOWHERE = np.zeros(0, np.int32)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared with what; None fits nothing. `person_key` is a keyed hash; the rest are texts as typed or cleaned.

    `plate` has three signs or more: of one or two, the index knows only the first places.
    """

    code: str | None = None
    digits: str | None = None
    plate: str | None = None
    local_plate: str | None = None
    subject_id: str | None = None
    person_key: str | None = None
    opening: str | None = None
    initials: str | None = None
    fragment: str | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of fitting: pieces that all stand wherever it holds, and the comparison that decides (None: the pieces do)."""

    fit: int
    grams: tuple[int, ...]
    holds: Callable[[Row], bool] | None


@dataclass(frozen=True, slots=True)
class _Common:
    """A piece that very many subjects share: at how many places, the first and the last of them."""

    held: int
    first: int
    last: int


_RARE = _Common(0, 0, _END)
#: A text of more signs is held against the longest that is searched in, before anything is read.
_LONG = 64
_common: WeakKeyDictionary[Snapshot, dict[int, _Common]] = WeakKeyDictionary()
_longest: WeakKeyDictionary[Snapshot, int] = WeakKeyDictionary()


def search(snapshot: Snapshot, asked: Asked, most: int) -> list[Row]:
    """At most `most` (≤ 100) subjects that fit, best first: the columns of `subject` a list shows, and `fit`."""
    if _is_too_long(snapshot, asked):
        return []
    index, shelf = _Index(snapshot, _ways(asked)), _Shelf(snapshot, most)
    found: dict[int, Row] = {}
    for fit in range(4):
        for window in index.windows(fit):
            for place, row in shelf.read(np.unique(np.concatenate([_NOWHERE, *(places for _, places in window)]))):
                if place not in found and any(_holds(way, row, place, places) for way, places in window):
                    found[place] = {**row, "fit": fit}
                    if len(found) == most:
                        return list(found.values())
    return list(found.values())


def _is_too_long(snapshot: Snapshot, asked: Asked) -> bool:
    """Is nothing whole asked, and has the rest more signs than any text that is searched in?"""
    whole = (asked.code, asked.digits, asked.local_plate, asked.subject_id, asked.person_key)
    parts = (asked.opening, asked.initials, asked.fragment, asked.plate)
    shortest = min((len(text) for text in parts if text is not None), default=0)
    if shortest <= _LONG or any(text is not None for text in whole):
        return False
    if snapshot not in _longest:
        _longest[snapshot] = snapshot.rows("queries/lookup_longest")[0]["longest"]
    return shortest > _longest[snapshot]


def _ways(asked: Asked) -> list[_Way]:
    """Every way in which a subject may fit, in any order."""
    whole = (
        (asked.code, ("uscc", "reg_no")),
        (asked.digits, ("licence_no",)),
        (asked.plate, ("plate",)),
        (asked.local_plate, ("plate",)),
        (asked.subject_id, ("subject_id",)),
    )
    ways = [_Way(0, (end(text),), _equals(text, names)) for text, names in whole if text is not None]
    if asked.person_key is not None:
        ways.append(_Way(0, (end(asked.person_key, KEY),), None))
    for fit, kind, text, name in ((1, NAME, asked.opening, "name"), (2, INITIALS, asked.initials, "initials")):
        if text:
            ways.append(_Way(fit, (first_signs(text, kind), *_pieces(text)), _begins(text, name)))
    for text, name in ((asked.fragment, "search_text"), (asked.plate, "plate")):
        if text:
            short = (first_signs(folded(text[:2]), SHORT),)
            ways.append(_Way(3, short if len(text) < 3 else _pieces(text), _contains(text, name)))
    return ways


def _equals(text: str, names: Sequence[str]) -> Callable[[Row], bool]:
    return lambda row: any(row[name] == text for name in names)


def _begins(text: str, name: str) -> Callable[[Row], bool]:
    return lambda row: (row[name] or "").startswith(text)


def _contains(text: str, name: str) -> Callable[[Row], bool]:
    return lambda row: text in (row[name] or "")


def _holds(way: _Way, row: Row, place: int, places: Places) -> bool:
    return way.holds(row) if way.holds else bool((places == place).any())


def _pieces(text: str) -> tuple[int, ...]:
    """The pieces of a text as `search_text` would hold it; of a long text some, from all over it."""
    step = max(1, len(text) // _LOOKED_AT)
    return tuple(
        dict.fromkeys(gram for start in range(0, len(text) - 2, step) for gram in pieces(folded(text[start : start + 3])))
    )


class _Index:
    """Where the pieces of the ways stand: of a way whose rarest piece is rare everywhere, else window by window."""

    def __init__(self, snapshot: Snapshot, ways: Sequence[_Way]) -> None:
        self._snapshot = snapshot
        self._common = _common_pieces(snapshot)
        self._grams = {way: self._chosen(way) for way in ways}
        self._read: dict[tuple[int, int, int], Places] = {}

    def windows(self, fit: int) -> Iterator[list[tuple[_Way, Places]]]:
        """The ways of one fit with their places; every later window lies behind the one before."""
        chosen = {way: grams for way, grams in self._grams.items() if way.fit == fit}
        common = {way: grams for way, grams in chosen.items() if self._is_common(grams)}
        rare = {way: self._meeting(chosen[way], 0, _END) for way in chosen.keys() - common}
        for start, until in self._ranges(common.values()):
            found = {way: self._meeting(grams, start, until) for way, grams in common.items()}
            yield [*found.items(), *((way, each[(each >= start) & (each < until)]) for way, each in rare.items())]

    def _meeting(self, grams: Sequence[int], start: int, until: int) -> Places:
        """Where pieces stand together; once few places are left, the subjects themselves tell sooner than another piece."""
        left = self._places(grams[0], start, until)
        for gram in grams[1:]:
            if len(left) <= _FEW:
                break
            left = _intersection(left, self._places(gram, start, until))
        return left

    def _ranges(self, common: Collection[list[int]]) -> Iterator[tuple[int, int]]:
        """Ranges of places that together are all: one when nothing is common, else as wide as `_WINDOW` of the rarest need."""
        rarest = [self._of(grams[0]) for grams in common]
        start = 0
        if rarest:
            first, last = min(each.first for each in rarest), max(each.last for each in rarest)
            width = 1 + _WINDOW * (last - first) // max(each.held for each in rarest)
            until = first + width
            while until < last:
                yield start, until
                width *= _WIDER
                start, until = until, until + width
        yield start, _END

    def _chosen(self, way: _Way) -> list[int]:
        """The rarest pieces of a way, the rarest first; without those so common that they would hardly sort anything out."""
        rarest = sorted(way.grams, key=lambda gram: self._of(gram).held)[:_INTERSECTED]
        worth = _WORTH * max(self._of(rarest[0]).held, COMMON)
        return [gram for gram in rarest if self._of(gram).held <= worth]

    def _is_common(self, grams: Sequence[int]) -> bool:
        return self._of(grams[0]).held > _MANY

    def _of(self, gram: int) -> _Common:
        return self._common.get(gram, _RARE)

    def _places(self, gram: int, start: int, until: int) -> Places:
        """The sorted places of a piece from `start` to before `until`."""
        asked = (gram, start, until)
        if asked not in self._read:
            places = self._snapshot.numbers("queries/lookup_posting", gram=gram, start=start, until=until)
            self._read[asked] = np.sort(places)
        return self._read[asked]


def _intersection(one: Places, other: Places) -> Places:
    """What stands in both of two sorted lists."""
    less, more = sorted((one, other), key=len)
    return less[more[np.minimum(np.searchsorted(more, less), len(more) - 1)] == less] if len(more) else less


def _common_pieces(snapshot: Snapshot) -> dict[int, _Common]:
    if snapshot not in _common:
        rows = snapshot.rows("queries/lookup_common")
        _common[snapshot] = {row["gram"]: _Common(row["held"], row["first_place"], row["last_place"]) for row in rows}
    return _common[snapshot]


class _Shelf:
    """The subjects at some places; each is read once, a stroke at a time, each stroke longer than the one before."""

    def __init__(self, snapshot: Snapshot, most: int) -> None:
        self._snapshot = snapshot
        self._most = most
        self._read: dict[int, Row] = {}

    def read(self, places: Places) -> Iterator[tuple[int, Row]]:
        """Place and subject, in order of the places."""
        start, step = 0, self._most
        while start < len(places):
            stroke: list[int] = places[start : start + step].tolist()
            new = [place for place in stroke if place not in self._read]
            if new:
                self._read |= {row["place"]: _told(row["told"]) for row in self._snapshot.rows("queries/lookup", places=new)}
            yield from ((place, self._read[place]) for place in stroke)
            start, step = start + step, min(step * _WIDER, _STROKE)


def _told(packed: str) -> Row:
    row: Row = dict(zip(_FIELDS, json.loads(packed), strict=True))
    if row["search_text"] is None:
        row["search_text"] = folded(" ".join(row[name] for name in _SEARCHED if row[name] is not None))
    row["registered"] = row["registered"] is not None
    return row
