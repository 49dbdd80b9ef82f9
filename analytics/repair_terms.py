"""How long is a penalty published, and what does that mean on the day? The term of repair in words, wherever a penalty stands.

The profile's history, the list of repairs and the warnings say it alike. (信用修复)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa

from analytics import words
from data.repair_rule import load_repair_rule
from data.store import Snapshot

_ROW = pa.schema([("batch_id", pa.string()), ("row_no", pa.int64())])
#: Batch and row in it.
Row = tuple[str, int]


@dataclass(frozen=True, slots=True)
class RepairTerm:
    """How long one penalty is published: may be repaired from `min_until`, must come down on `max_until`; both None when it is
    not published.

    `order`: the number of the order that judges; `published_until`: the last day that the record itself tells; `basis`:
    法律法规, or 依据待定.
    """

    order: str
    class_name: str
    min_until: date | None
    max_until: date | None
    published_until: date | None
    basis: str
    said: str


@cache
def order_name(version: str) -> str:
    """The number of the order that a version of the repair rule is, as people call it."""
    return next((one.citation.number for one in load_repair_rule().versions if one.version == version), version)


def repair_term(row: dict[str, Any], as_of: date) -> RepairTerm | None:
    """The term in a row that holds a penalty's clock; None where no order was in force."""
    if not row["repair_version"] or not row["repair_class"]:
        return None
    return RepairTerm(
        order=order_name(row["repair_version"]),
        class_name=row["repair_class"],
        min_until=row["min_until"],
        max_until=row["max_until"],
        published_until=row["publish_until"],
        basis=words.BASES[row["repair_basis"]],
        said=repair_words(row["min_until"], row["max_until"], row["publish_until"], as_of),
    )


def repair_words(min_until: date | None, max_until: date | None, published_until: date | None, as_of: date) -> str:
    """What a penalty's term of publication means on the day, in one line."""
    if published_until is not None and published_until <= as_of:
        return f"已于 {published_until} 停止公示（记录所载）"
    if min_until is None or max_until is None:
        return "不公示，无须修复"
    if max_until <= as_of:
        return f"公示期已满，{max_until} 起应撤下"
    may = f"自 {min_until} 起可申请修复" if as_of < min_until else f"已可申请修复（自 {min_until} 起）"
    return f"{may}，应于 {max_until} 前撤下"


def repair_terms(snapshot: Snapshot, subjects: Collection[str], rows: Collection[Row]) -> dict[Row, RepairTerm]:
    """The terms of the penalties among landed rows of these subjects; one query, however many rows."""
    if not rows:
        return {}
    asked = pa.Table.from_pylist([{"batch_id": batch, "row_no": row} for batch, row in sorted(rows)], _ROW)
    found = snapshot.rows("queries/repair_terms", lent={"asked": asked}, ids=sorted(subjects))
    terms = {(row["batch_id"], row["row_no"]): repair_term(row, snapshot.as_of) for row in found}
    return {row: term for row, term in terms.items() if term is not None}


def repair_summary(terms: Sequence[RepairTerm], as_of: date) -> str | None:
    """The terms of several penalties in one line, the first ones first; None where no publication of any is known to run."""
    standing = [one for one in terms if one.max_until and not (one.published_until and one.published_until <= as_of)]
    if not standing:
        return None
    if len(standing) == 1:
        return f"处罚的公示：{standing[0].said}"
    over = [one for one in standing if one.max_until and one.max_until <= as_of]
    running = [one for one in standing if one not in over]
    may = min((one.min_until for one in running if one.min_until), default=None)
    must = min((one.max_until for one in running if one.max_until), default=None)
    parts = [f"{len(over)} 件公示期已满，应撤下"] if over else []
    if may and must:
        first = f"最早自 {may} 起可申请修复" if as_of < may else f"最早的已可申请修复（自 {may} 起）"
        parts += [first, f"最早应于 {must} 前撤下"]
    return f"{len(standing)} 件处罚的公示：{'，'.join(parts)}"
