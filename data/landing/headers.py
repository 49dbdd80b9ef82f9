"""Which row is the header, which kind of record does it announce, and which column is which field?

A header may stand below title lines and may take two rows (groups above, columns below). The kind is the one whose
synonyms cover most columns. A sheet that looks like no kind is left; one that lacks its identifying columns is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import TypeAlias

from data.errors import MissingColumn, UnknownKind
from data.personal import mask_inside
from data.standard import KINDS, Field, Standard, load_standard

#: A header is recognised from this many known columns on.
FEWEST = 3
#: A sheet that has this share of the columns a template needs is that template; what it lacks was forgotten.
TEMPLATE_SHARE = 2 / 3
_UNITS = re.compile(r"^(万?元|元/.*|万元.*|吨|千克|公斤|kg|t|%|‰|年|月|天|日)$", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)\)")
_MARKS = re.compile(r"^[*★●]+|[*★●:]+$|\((必填|选填|必填项|非必填|\*)\)")
_GROUP_MARK = "\x1f"

Row = tuple[int, list[str]]
#: Kind → the field a header text names, and the factor to the field's unit.
Claims: TypeAlias = Mapping[str, tuple[str, Decimal | None]]


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header.

    `mapping` field name → column; `factors` field name → factor to the field's unit; `missing`: fields whose column a
    template has and this header lacks; `lacking`: those for want of which it is refused; `extract`: landed all the same,
    each row judged by what it has.
    """

    standard: Standard
    row: int
    first_row: int
    texts: tuple[str, ...]
    mapping: dict[str, int]
    factors: dict[str, Decimal]
    twice: tuple[int, ...]
    missing: tuple[Field, ...]
    lacking: tuple[Field, ...] = ()
    extract: bool = False

    @property
    def is_most_of_it(self) -> bool:
        """Whether the header has at least half of the kind's columns: then a lacking one was forgotten."""
        return len(self.mapping) * 2 >= len(self.standard.fields)

    @property
    def unmapped(self) -> list[int]:
        """Columns with a header text that no field claims."""
        taken = set(self.mapping.values()) | set(self.twice)
        return [place for place, text in enumerate(self.texts) if text.strip() and place not in taken]


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A header text for comparison: half width, upper case, without blanks and marks of obligation."""
    shrunk = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper().replace("　", "")
    while True:
        less = _MARKS.sub("", shrunk)
        if less == shrunk:
            return shrunk
        shrunk = less


def find_header(head: Sequence[Row], kind: str | None) -> Header | None:
    """The header among the first rows, or None when they look like no known kind (or not like `kind`).

    A header with `lacking` columns must not be landed (`incomplete` is its error).
    """
    best: Header | None = None
    for position in range(len(head)):
        for first, number, texts in _candidates(head, position):
            claims = [_claim(text) for text in texts]
            claimed = Counter(name for _, found in claims if found for name in found)
            for each in [kind] if kind else KINDS:
                if not claimed[each] or (best is not None and claimed[each] < len(best.mapping)):
                    continue
                found = _match(load_standard(each), first, number, claims)
                if best is None or _rank(found) > _rank(best):
                    best = found
    if best is None or not _is_header(best):
        return None
    return _complete(best)


def other_kind(head: Sequence[Row], kind: str, asked: Header | None) -> Standard | None:
    """The kind that a sheet handed in as `kind` is instead; None when it may well be what was said.

    What was said holds unless its columns are not there, or another kind's template is there whole and says more of them.
    """
    found = find_header(head, None)
    if found is None or found.lacking or found.standard.kind == kind:
        return None
    if asked is None or asked.lacking:
        return found.standard
    return found.standard if not found.missing and len(found.mapping) > len(asked.mapping) else None


def wrong_kind(where: str, said: str, found: Standard) -> UnknownKind:
    """The error for a sheet handed in as a kind that it is not."""
    title = load_standard(said).title_zh
    return UnknownKind(
        f"这张表是{found.title_zh}，不是{title}",
        where,
        f"请改指{found.title_zh}（--kind {found.kind}），或不指定种类、由表头判断",
    )


def incomplete(header: Header, where: str) -> MissingColumn:
    """The error for a header that lacks columns without which the sheet is not landed."""
    titles = "、".join(f"“{each.title}”" for each in header.lacking)
    return MissingColumn(
        f"{header.standard.title_zh}的表头缺少 {titles} 列",
        f"{where} 第 {header.row} 行",
        "请补上该列后重新报送，整个文件未入库",
    )


def no_header(where: str, kind: str | None, head: Sequence[Row]) -> UnknownKind:
    """The error for a file in which no sheet was recognised."""
    # A file without a header begins with a record, which may be of a person.
    seen = mask_inside("、".join(text for text in (head[0][1] if head else []) if text.strip()))[:80]
    wanted = f"{load_standard(kind).title_zh}的表头" if kind else "任何一种记录的表头"
    shown = f"，开头是“{seen}”" if seen else ""
    return UnknownKind(f"认不出{wanted}{shown}", where, "请核对表头文字与报送模板一致，或用 --kind 指明种类")


def _candidates(head: Sequence[Row], position: int) -> list[tuple[int, int, list[str]]]:
    number, cells = head[position]
    found = [(number, number, [" ".join(cell.split()) for cell in cells])]
    if position + 1 < len(head):
        lower_number, lower = head[position + 1]
        found.append((number, lower_number, _two_rows(cells, lower)))
    return found


def _two_rows(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Group and column text of a header in two rows, joined by a mark; a group reaches to the next one."""
    texts, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = " ".join(above.split()) or group
        own = " ".join(below.split())
        texts.append(f"{group}{_GROUP_MARK}{own}" if own else " ".join(above.split()))
    return texts


def _match(standard: Standard, first: int, number: int, claims: Sequence[tuple[str, Claims]]) -> Header:
    mapping: dict[str, int] = {}
    factors: dict[str, Decimal] = {}
    twice: list[int] = []
    for place, (_, found) in enumerate(claims):
        if standard.kind not in found:
            continue
        name, factor = found[standard.kind]
        if name in mapping:
            twice.append(place)
        else:
            mapping[name] = place
            if factor is not None:
                factors[name] = factor
    shown = tuple(text for text, _ in claims)
    missing = tuple(each for each in standard.needed if each.name not in mapping)
    return Header(standard, number, first, shown, mapping, factors, tuple(twice), missing)


@lru_cache(maxsize=8192)
def _claim(text: str) -> tuple[str, Claims]:
    """The header text as a person may read it (numbers of persons masked), and the field it names, by kind."""
    group, mark, own = text.partition(_GROUP_MARK)
    if not mark:
        return mask_inside(text), _meanings(text)
    return mask_inside(own), {**_meanings(own), **_meanings(group + own)}


@lru_cache(maxsize=8192)
def _meanings(text: str) -> Claims:
    """Which field of which kind the text names: as it stands, else without its bracket, else by what the bracket says."""
    if not any(map(str.isalpha, text)):  # a number or a date is nobody's name
        return {}
    wanted = plain(text)
    found = _names().get(wanted, {})
    bracket = _BRACKET.search(wanted)
    if bracket and not _UNITS.match(bracket.group(1)):
        return {**_names().get(bracket.group(1), {}), **_names().get(_BRACKET.sub("", wanted), {}), **found}
    return found


@cache
def _names() -> dict[str, dict[str, tuple[str, Decimal | None]]]:
    """Every header text of the standards, in its plain form: kind → field and factor."""
    names: dict[str, dict[str, tuple[str, Decimal | None]]] = {}
    for kind in KINDS:
        for each in load_standard(kind).fields:
            if each.derived:
                continue
            for text in (each.title, *each.synonyms, each.name):
                names.setdefault(plain(text), {}).setdefault(kind, (each.name, None))
            for text, factor in each.scaled.items():
                names.setdefault(plain(text), {}).setdefault(kind, (each.name, Decimal(factor)))
    return names


def _rank(header: Header) -> tuple[int, int, int, int, int]:
    own = sum(name in header.mapping for name in header.standard.identifying)
    return (
        len(header.mapping),
        own,
        -len(header.missing),
        -(header.row - header.first_row),
        -header.row,
    )


def _is_header(header: Header) -> bool:
    filled = sum(bool(text.strip()) for text in header.texts)
    known = len(header.mapping)
    enough = known >= FEWEST or (known >= 2 and known == filled)
    own = [name in header.mapping for name in header.standard.identifying]
    return enough and any(own) and (all(own) or known * 3 >= filled or known >= 2 * FEWEST)


def _complete(header: Header) -> Header:
    """The header with `lacking` and `extract` decided (decision 0003)."""
    standard = header.standard
    unnamed = [standard.field(name) for name in standard.identifying if name not in header.mapping]
    share = 1 - len(header.missing) / max(len(standard.needed), 1)
    lacking = (
        unnamed if share < TEMPLATE_SHARE else [*header.missing, *(each for each in unnamed if each not in header.missing)]
    )
    return replace(header, lacking=tuple(lacking), extract=bool(header.missing))
