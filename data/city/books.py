"""What do the events look like as rows of the bureau's own templates? Columns of text under the standards' headers."""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.city.codes import Ints, padded
from data.city.firms import Firms
from data.city.model import Days, Flags
from data.city.profile import COUNTY_NAMES, units, words
from data.standard import load_standard

Column: TypeAlias = pa.Array | str
TEXT = pd.ArrowDtype(pa.string())
CATEGORIES = ("法人及非法人组织", "个体工商户", "自然人")


@cache
def _titles(kind: str) -> dict[str, str]:
    return {each.name: each.title for each in load_standard(kind).fields if not each.derived}


def title(kind: str, name: str) -> str:
    """The header of a field."""
    return _titles(kind)[name]


def sheet(kind: str, rows: int, columns: dict[str, Column]) -> pd.DataFrame:
    """A frame of text columns, titled and ordered as the kind's standard; a plain text is repeated; null becomes empty."""
    titles = _titles(kind)
    unknown = set(columns) - set(titles)
    if unknown:
        raise KeyError(f"no such fields in {kind}: {sorted(unknown)}")
    built = {}
    for name, header in titles.items():
        if name in columns:
            column = columns[name]
            filled = pa.repeat(pa.scalar(column), rows) if isinstance(column, str) else pc.fill_null(column, "")
            built[header] = pd.array(filled, dtype=TEXT)
    return pd.DataFrame(built)


def days(values: Days) -> pa.Array:
    """Days as 2026-10-31; NaT is null."""
    return pa.array(values.astype("datetime64[D]")).cast(pa.string())


def tenths(values: Ints) -> pa.Array:
    """Tenths as a number with one decimal."""
    return joined(texts(values // 10), ".", texts(values % 10))


def texts(values: Ints) -> pa.Array:
    """Whole numbers as text."""
    return pa.array(values).cast(pa.string())


def joined(*parts: Column) -> pa.Array:
    """The texts side by side."""
    return pc.binary_join_element_wise(*parts, "")


def where(mask: Flags, yes: Column, no: Column = "") -> pa.Array:
    """One text or the other."""
    return pc.if_else(pa.array(mask), yes, no)


def document_numbers(prefix: str, when: Days) -> pa.Array:
    """Document numbers of one series, numbered in the order of the rows: 晋运交罚〔2026〕9000001号."""
    year = when.astype("datetime64[Y]").astype(np.int64) + 1970
    return joined(prefix, "〔", texts(year), "〕", padded(9_000_001 + np.arange(len(when)), 7), "号")


def authority(unit: Ints) -> dict[str, Column]:
    """The four columns of who decided and who reports, by unit."""
    name, code = words(units().names, unit), words(units().codes, unit)
    return {"authority": name, "authority_code": code, "source_unit": name, "source_unit_code": code}


def taken(column: pa.Array, places: npt.NDArray[np.int64]) -> pa.Array:
    """The column's values at the places; null where a place is negative."""
    return column.take(pa.array(places, mask=places < 0))


def category(firms: Firms, firm: Ints) -> pa.Array:
    """Whether a subject is an organisation, a trader or (no enterprise) a natural person."""
    place = np.where(firm < 0, 2, firms.trader[np.maximum(firm, 0)].astype(np.int64))
    return words(CATEGORIES, place)


def address(firms: Firms, firm: Ints) -> pa.Array:
    """The operator's address: the same for both enterprises of a re-registered one."""
    county = words(COUNTY_NAMES, firms.county[firm])
    return joined("运城市", county, "模拟路", texts(firms.operator[firm] + 1), "号")
