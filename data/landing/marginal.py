"""Which lines below the header are no records: totals, notes at the foot, the header once more?"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.landing.headers import Header, plain
from data.sheets import Block

TOTAL = "合计行，不是记录"
NOTE = "表尾说明，不是记录"
AGAIN = "重复的表头，不是记录"
#: What stands in a total row where a record has its name, number or day: nothing, or a count.
_COUNT = re.compile(r"([\d,]{1,7}(\.\d+)?(辆|户|人|条|件|个|次|万?元)?)?")
#: A total or a note begins in one of the first columns of the sheet.
LOOKED_AT = 4
_MAYBE = r"^[\s　]*[(（]?(合|总|小|共|累|本页|本表|本月|本年|全年|注|备|说|填|制|审|单位|联系|打印|报送|经办)"
_TOTAL = re.compile(
    r"(本页|本表|本月|本年|全年|累计)?(合|总|小|共|累)计[:(0-9].*|(本页|本表|本月|本年|全年)?(合|总|小|共|累)计|总数:?"
)
_NOTE = re.compile(
    r"\(?(注|备注|说明|填表说明|填表人|制表人|填报人|审核人|填表单位|填报单位|制表单位|报送单位|单位负责人|负责人|经办人|联系人|联系电话|打印日期|填表日期|填报日期|制表日期)[:\d].*"
)


def not_records(block: Block, header: Header) -> dict[int, str]:
    """Position in the block → why the line is no record. Only suspicious lines are looked at one by one."""
    found: dict[int, str] = {}
    for position in np.flatnonzero(_suspicious(block, header)).tolist():
        cells = [column[position].as_py() for column in block.columns]
        why = _why(cells, header)
        if why:
            found[position] = why
    return found


def _suspicious(block: Block, header: Header) -> npt.NDArray[np.bool_]:
    mask = np.zeros(len(block.row_no), dtype=bool)
    for column in block.columns[:LOOKED_AT]:
        mask |= _mask(pc.match_substring_regex(column, _MAYBE))
    anchor = min(header.mapping.values())
    return mask | _mask(pc.equal(pc.utf8_trim_whitespace(block.columns[anchor]), header.texts[anchor].strip()))


def _why(cells: list[str], header: Header) -> str:
    filled = [(place, plain(cell)) for place, cell in enumerate(cells) if cell.strip()]
    if not filled:
        return ""
    place, first = filled[0]
    own = [header.mapping[name] for name in header.standard.identifying if name in header.mapping]
    empty = all(_COUNT.fullmatch(plain(cells[each])) for each in own if each != place)
    if empty and _TOTAL.fullmatch(first):
        return TOTAL
    if empty and len(filled) <= max(3, len(cells) // 3) and _NOTE.fullmatch(first):
        return NOTE
    same = sum(text == plain(header.texts[each]) for each, text in filled)
    return AGAIN if same >= 3 and same * 2 > len(filled) else ""


def _mask(array: pa.Array) -> npt.NDArray[np.bool_]:
    return pc.fill_null(array, False).to_numpy(zero_copy_only=False)
