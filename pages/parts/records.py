"""How does one landed row look, cell by cell, beside what was made of it? The pieces of the source page."""

from __future__ import annotations

from analytics.source import Cell, Finding, Meaning, Source
from pages.parts import frame, links
from pages.parts.markup import Safe, join, show, tag


def show_one(found: Source) -> None:
    """The whole page of one row."""
    where = " · ".join(part for part in (f"工作表“{found.sheet}”" if found.sheet else None, f"第 {found.row_no} 行") if part)
    frame.header("这条记录原来是怎么写的？", found.unit or "报送单位不详", over="原始记录")
    show(
        tag("p", found.file, class_="xj-file"),
        tag("p", where, class_="xj-muted"),
        tag("dl", *(_fact(*pair) for pair in _facts(found)), class_="xj-facts"),
    )
    if found.meanings:
        show(tag("h2", "成为了哪条事实", class_="xj-h2"))
    for number, meaning in enumerate(found.meanings):
        _meaning(number, meaning)
    if found.findings:
        show(
            tag("h2", "检查结果", class_="xj-h2"), tag("ul", *(_finding(each) for each in found.findings), class_="xj-findings")
        )
    show(
        tag("h2", "原始单元格", tag("small", f"{len(found.cells)} 列，个人信息已掩码"), class_="xj-h2"),
        tag("table", _head(), tag("tbody", *(_cell(cell) for cell in found.cells)), class_="xj-table xj-cells"),
    )


def _facts(found: Source) -> list[tuple[str, str]]:
    return [
        ("认作", found.kind_zh),
        ("依照标准", found.standard),
        ("收到日", found.received_on.isoformat() + ("（补录历史数据）" if found.backfill else "")),
        ("结论", found.verdict_zh),
        ("批次号", found.batch_id),
    ]


def _fact(label: str, value: str) -> Safe:
    return tag("div", tag("dt", label), tag("dd", value))


def _meaning(number: int, one: Meaning) -> None:
    day = f"{one.happened_on.isoformat()}（{one.happened_basis}）发生" if one.happened_on else None
    known = f"{one.known_on.isoformat()} 得知（{one.known_basis}）"
    after = tag("span", " · ".join(part for part in (one.kind_zh, day, known) if part), class_="xj-place")
    if one.subject_id:
        links.row(f"meaning{number}", "profile", one.name or one.subject_id, {"id": one.subject_id}, after=after)
    else:
        show(tag("p", one.name or "没有对应的主体", class_="xj-sentence"), after)


def _finding(each: Finding) -> Safe:
    place = f"{each.column}：" if each.column else ""
    return tag("li", tag("b", each.severity_zh), f" {place}{each.message}", tag("span", f"（{each.rule}）", class_="xj-muted"))


def _head() -> Safe:
    return tag("thead", tag("tr", *(tag("th", word, scope="col") for word in ("列", "表头", "单元格内容", "认作"))))


def _cell(cell: Cell) -> Safe:
    noticed = join(*(tag("span", each.message, class_="xj-noticed") for each in cell.findings))
    marks = "、".join(word for word, holds in (("已掩码", cell.personal and cell.value), ("隐藏列", cell.hidden)) if holds)
    return tag(
        "tr",
        tag("td", cell.column, data_label="列"),
        tag("td", cell.header or "（空）", data_label="表头"),
        tag("td", tag("span", cell.value or "（空）", class_=None if cell.value else "xj-muted"), noticed, data_label="内容"),
        tag(
            "td",
            cell.field or "不认识这一列",
            tag("span", f" {marks}", class_="xj-muted") if marks else None,
            data_label="认作",
        ),
    )
