"""How does a table of figures stand: to the right, intervals under them, a list on a phone, and closed until opened?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.model_tested import Cell
from pages.parts.markup import Safe, tag


def table(heads: Sequence[str], rows: Iterable[Sequence[Cell | Safe]], words: bool = False) -> Safe:
    """A table whose first column names the row; the others stand to the right, or to the left where they are `words`."""
    head = tag("thead", tag("tr", *(tag("th", one, scope="col") for one in heads)))
    return tag(
        "table",
        head,
        tag("tbody", *(_row(heads, row) for row in rows)),
        class_=f"xj-table xj-measured{' xj-worded' if words else ''}",
    )


def _row(heads: Sequence[str], row: Sequence[Cell | Safe]) -> Safe:
    (first, *rest), (head, *others) = row, heads
    cells = (tag("td", tag("span", _cell(one)), data_label=each) for each, one in zip(others, rest, strict=True))
    return tag("tr", tag("th", tag("span", _cell(first)), scope="row", data_label=head), *cells)


def _cell(one: Cell | Safe) -> Safe:
    if isinstance(one, Safe):
        return one
    return tag("span", one.value, tag("small", one.note) if one.note else None)


def fold(title: Safe | str, note: str, *inside: Safe, opened: bool = False) -> Safe:
    """A part that is closed until somebody opens it (unless `opened`), by click or by key; works without any script."""
    told = tag("summary", tag("strong", title), tag("span", note, class_="xj-muted") if note else None)
    return tag("details", told, *inside, class_="xj-fold", open="" if opened else None)


def lines(told: Iterable[str]) -> Safe:
    """Sentences, each on its own."""
    return Safe("".join(tag("p", one, class_="xj-detail") for one in told))


def head(title: str, note: str = "") -> Safe:
    """The finding of a part, and what is measured."""
    small = tag("p", note, class_="xj-muted") if note else None
    return Safe(tag("h2", title, class_="xj-h2 xj-finding") + (small or ""))
