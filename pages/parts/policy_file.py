"""How does one document look? What it is, its versions, and which rules, standards and violations stand on it."""

from __future__ import annotations

from datetime import date

from analytics.policies import TEXT_MISSING, VAGUE, Detail, VersionLine
from pages.parts import links
from pages.parts.markup import Safe, prose, show, tag


def facts(found: Detail) -> None:
    """Number, who issued it, how it stands, where it is named, where its official text is."""
    policy = found.line.policy
    address = next((one.text_url for one in reversed(found.versions) if one.text_url), "")
    text = tag("a", "打开官方原文", href=address, target="_blank", rel="noopener") if address else TEXT_MISSING
    told = (
        ("文号", policy.number or "待查"),
        ("制定机关", policy.issuer or "见文号"),
        ("现在", _now(found)),
        ("在通知里", policy.named_in or "没有点名"),
        ("官方原文", text),
    )
    parts = [tag("div", tag("dt", label), tag("dd", value)) for label, value in told]
    show(tag("dl", *parts, class_="xj-facts"))


def versions(found: Detail) -> None:
    """Every version, the latest first."""
    show(tag("h2", "各个版本", class_="xj-h2"))
    rows = [_version(one) for one in reversed(found.versions)]
    show(table(("版本", "文号", "施行", "失效", "状态", "文号、日期的出处"), rows))


def standing(found: Detail) -> None:
    """What cites it, as read out of the rules themselves."""
    policy = found.line.policy
    count = f"{found.line.cited} 处" if found.line.cited else "没有"
    show(tag("h2", "立在它上面的", tag("small", count), class_="xj-h2"))
    if not found.line.cited:
        show(tag("p", "还没有规则、记录标准或违法行为引用它。", class_="xj-muted"))
        return
    rows = [
        tag(
            "tr",
            tag("td", tag("span", tag("span", one.sort, class_="xj-kind")), data_label="种类"),
            tag("td", one.title, data_label="名称"),
            tag("td", one.version, data_label="版本"),
            tag("td", tag("span", prose(_span(one.effective_from, one.effective_to))), data_label="期间"),
            tag("td", one.article or "文中提到", data_label="条款"),
        )
        for one in policy.standings
    ]
    if rows:
        show(table(("种类", "名称", "版本", "期间", "条款"), rows))
    if policy.violations:
        show(tag("p", f"违法行为目录里有 {policy.violations:,} 种行为以它为依据。", class_="xj-detail"))


def way_back() -> None:
    """The list again."""
    links.go("policies", "‹ 全部政策文件", {})


def table(heads: tuple[str, ...], rows: list[Safe]) -> Safe:
    """A table whose rows become lists on a phone; every cell carries its head in `data_label`."""
    head = tag("thead", tag("tr", *(tag("th", one, scope="col") for one in heads)))
    return tag("table", head, tag("tbody", *rows), class_="xj-table xj-days")


def _version(one: VersionLine) -> Safe:
    state = _doubtful(one.state, one.state == VAGUE)
    known = one.confidence if one.confidence == one.dates else f"文号{one.confidence}，日期{one.dates}"
    note = tag("span", one.note, class_="xj-place") if one.note else None
    return tag(
        "tr",
        tag("td", one.label, data_label="版本"),
        tag("td", one.number or "待查", data_label="文号"),
        tag("td", one.effective_from or "—", data_label="施行", class_="xj-num"),
        tag("td", one.effective_to or "—", data_label="失效", class_="xj-num"),
        tag("td", tag("span", state), data_label="状态"),
        tag("td", tag("span", _doubtful(known, not one.sure), note), data_label="出处"),
    )


def _now(found: Detail) -> object:
    """How it stands; marked where that rests on a day without a source."""
    state = found.line.state
    return state if found.line.sure else _doubtful(state if state == VAGUE else f"{state}，日期待核", True)


def _doubtful(text: str, doubt: bool) -> object:
    return tag("span", text, class_="xj-assumed") if doubt else text


def _span(start: date | None, end: date | None) -> str:
    if start is None:
        return "—"
    return f"{start} 至 {end}" if end else f"{start} 起"
