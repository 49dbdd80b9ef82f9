"""What can be read from a notice that was never made for us, and what must a clerk add before it counts?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.landing.amounts import fine_in, in_wan
from data.landing.block import Rows

#: What a person wants to know first, in this order; the fields differ by kind.
_TOLD = ("authority", "subject_name", "name", "plate", "violation_type", "item", "legal_basis", "content", "doc_no")


def tell_extract(rows: Rows) -> None:
    """One `info` finding per row: what was understood (a fine as a suggestion in 万元), and what is missing."""
    if not rows.header.extract:
        return
    told = [name for name in _TOLD if name in rows.header.mapping]
    parts = [pa.repeat(pa.scalar("读出：", pa.string()), len(rows))]
    for name in told:
        label = pa.scalar(f"{rows.spec(name).title} ", pa.string())
        parts.append(pc.fill_null(pc.binary_join_element_wise(label, rows.text[name], "；", ""), ""))
    if "content" in told:
        parts.append(_amounts(rows.text["content"]))
    lacking = [each for each in rows.header.standard.fields if each.required or each.column]
    parts.append(pa.repeat(pa.scalar("须补：", pa.string()), len(rows)))
    for each in lacking:
        title = pa.scalar(f"{each.title} ", pa.string())
        parts.append(pc.if_else(pc.is_null(rows.value[each.name]), title, ""))
    subject = "subject_name" if "subject_name" in rows.header.mapping else told[0]
    rows.find(np.ones(len(rows), dtype=bool), subject, "extract", "info", pc.binary_join_element_wise(*parts, ""))


def _amounts(texts: pa.Array) -> pa.Array:
    encoded = texts.dictionary_encode()
    said = []
    for text in encoded.dictionary.to_pylist():
        yuan = fine_in(text)
        said.append("" if yuan is None else f"罚款金额（建议值，待核）{in_wan(yuan)} 万元；")
    return pc.fill_null(pa.array(said, pa.string()).take(encoded.indices), "")
