"""Is what a score row enters a fact of its scheme in that year, may it have this value, and had the year begun?

What rows name is worked out once for each distinct wording of a block. A row that names a fact is kept under the scheme's own
code and title for it, so that one fact is one fact however an office writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import inf

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.landing.block import Rows
from data.scheme import Scheme, load_schemes
from data.scheme_facts import most_of, range_of
from data.scheme_items import ScoreItem, items_of
from data.standard import Check

_JOINT = "\x1f"
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording: what is meant, what its value may be, why it is nothing, and whether its title is another's.

    All empty where another check speaks: an unknown scheme, no year, no item at all.
    """

    item: ScoreItem | None = None
    most: float = inf
    range: str = ""
    why: str = ""
    unlike: bool = False


def scheme_item(rows: Rows, each: Check) -> None:
    """The row names nothing that its scheme asks for; where it does, code and title are kept as the scheme writes them."""
    code, title = each.params["field"], each.params["title_field"]
    said, places = _asked(rows, each, code, title)
    _find(rows, each, [one.why and f"{each.says}：{one.why}" for one in said], places)
    for name, told in ((code, lambda item: item.code or None), (title, lambda item: item.title)):
        meant = _taken([told(one.item) if one.item else None for one in said], places)
        known = pa.array(np.array([one.item is not None for one in said], dtype=bool)[places])
        rows.value[name] = pc.if_else(known, meant, rows.value[name])


def scheme_item_title(rows: Rows, each: Check) -> None:
    """The title beside a code is that of another item, or of none."""
    title = each.params["field"]
    said, places = _asked(rows, each, each.params["code_field"], title)
    _find(rows, each, [(one.item and one.unlike and f"{each.says}：编号指{one.item.title}") or "" for one in said], places)


def scheme_value(rows: Rows, each: Check) -> None:
    """The value is less than nought, more than the fact can have, or no whole number where things are counted."""
    said, places = _asked(rows, each, each.params["code_field"], each.params["title_field"])
    whole = np.array([one.item is not None and one.item.fact.kind in ("count", "flag") for one in said], dtype=bool)[places]
    most = np.array([one.most for one in said], float)[places]
    name = each.params["field"]
    numbers = rows.value[name].cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False)
    known = np.array([one.item is not None for one in said], dtype=bool)[places]
    wrong = (numbers < 0) | (numbers > most) | (whole & (numbers != np.floor(numbers)))
    told = [f"{each.says}：{one.item.title}应为 {one.range}" if one.item else "" for one in said]
    rows.find(wrong & known & ~rows.blank(name), name, each.rule, each.severity, _taken(told, places))


def year_begun(rows: Rows, each: Check) -> None:
    """The year is before the first that can be, or begins after the day."""
    name = each.params["field"]
    years = pc.year(rows.value[name].cast(pa.date32()))
    days = pc.year(rows.value[each.params["day_field"]].cast(pa.date32()))
    first = date.fromisoformat(each.params["not_before"]).year
    wrong = pc.or_kleene(pc.less(years, pa.scalar(first, pa.int64())), pc.greater(years, days))
    rows.find(pc.fill_null(wrong, False).to_numpy(zero_copy_only=False), name, each.rule, each.severity, each.says)


def _asked(rows: Rows, each: Check, code: str, title: str) -> tuple[list[Asked], Places]:
    """The distinct wordings of the block, and which of them each row has."""
    columns = [rows.text[each.params["scheme_field"]], rows.value[each.params["year_field"]].cast(pa.date32())]
    columns += [rows.text[code], rows.text[title]]
    joined = pc.binary_join_element_wise(*[pc.fill_null(one.cast(pa.string()), "") for one in columns], _JOINT)
    encoded = joined.dictionary_encode()
    said = [_read(*text.split(_JOINT)) for text in encoded.dictionary.to_pylist()]
    return said, encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


@lru_cache(maxsize=8192)
def _read(scheme_title: str, year: str, code: str, title: str) -> Asked:
    scheme = _schemes().get(scheme_title)
    if scheme is None or not year or not (code or title):
        return Asked()
    version = scheme.in_force(date.fromisoformat(year))
    if version is None:
        return Asked(why=f"这个方案自 {scheme.versions[0].effective_from} 起施行，{year[:4]} 年度还没有它")
    items = items_of(scheme.scheme_id, version.version)
    item = items.named(code, title)
    if item is None:
        return Asked(why=items.instead(code, title))
    unlike = bool(code and title) and not item.called(title)
    return Asked(item, float(most_of(version, item.fact)), range_of(version, item.fact), unlike=unlike)


@lru_cache(maxsize=1)
def _schemes() -> dict[str, Scheme]:
    return {scheme.title: scheme for scheme in load_schemes()}


def _find(rows: Rows, each: Check, messages: list[str], places: Places) -> None:
    wrong = np.array([bool(text) for text in messages], dtype=bool)[places]
    rows.find(wrong, each.params["field"], each.rule, each.severity, _taken(messages, places))


def _taken(texts: list[str] | list[str | None], places: Places) -> pa.Array:
    return pa.array(texts, pa.string()).take(pa.array(places))
