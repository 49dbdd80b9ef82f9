"""How are the figures of data quality laid out? Five numbers, the trend, the units, what is wrong, the formulas."""

from __future__ import annotations

import streamlit as st

from analytics import quality_figures
from analytics.acts.export_quality import CAVEAT, LEDGER, STATEMENT, export_ledger, export_statement
from analytics.acts.sign_in import who
from analytics.indicators import QUALITY
from analytics.quality import Line, Quality, Wanted, ordered
from analytics.quality_rates import RATES, Rate
from pages.parts import charts, links, session, trouble
from pages.parts.marks import basis_mark, light_mark
from pages.parts.markup import Safe, join, show, tag

#: Indicator → the word under which the rows that speak against it are listed.
_AGAINST = {"compliance": "没有通过检查", "timely": "没有按期", "complete": "必填项有空", "concealed": "从未报送"}
_HEADS = (*(QUALITY[key].name for key in RATES), QUALITY["correction"].name)
_UNITS = {"compliance": "条", "timely": "件", "complete": "项", "concealed": "件"}


def numbers(seen: Quality) -> None:
    """The five numbers with their change, each one large link to the rows that speak against it."""
    with st.container(key="numbers", gap=None):
        for key in RATES:
            rate = seen.now.rate(key)
            late = f"，{_late(rate)}" if key == "timely" and not rate.small else ""
            note = join(f"{rate.counts} {_UNITS[key]}{late} ", light_mark(rate.light) if rate.light else None)
            change = rate.change(seen.before.rate(key), seen.before_label)
            _number(seen.asked, key, rate.value, change, note, _AGAINST[key])
        mended = seen.correction
        value = f"{mended.days} 天" if mended.days is not None else str(mended.told or "—")
        mended_note = f"已更正 {mended.count:,} 条，尚未更正 {seen.now.rejected - mended.count:,} 条"
        _number(seen.asked, "correction", value, _apart(seen), join(mended_note), "尚未更正")


def _late(rate: Rate) -> str:
    return f"迟报率 {rate.opposite}"


def _apart(seen: Quality) -> str:
    now, before = seen.correction.days, seen.correction_before.days
    if now is None or before is None:
        return ""
    against = f" {seen.before_label} "
    return f"与{against}持平" if now == before else f"较{against}{'+' if now > before else '−'}{abs(now - before)} 天"


def _number(asked: Wanted, key: str, value: str, change: str, note: Safe, what: str) -> None:
    figure, _, unit = value.partition(" ")
    shown = tag("p", figure, tag("small", unit) if unit else None, class_="xj-value")
    said = tag("div", shown, tag("p", change, class_="xj-change") if change else None, tag("p", note, class_="xj-place"))
    links.card(f"number-{key}", "quality_rows", QUALITY[key].name, asked.rows_address(what), after=said)


def standing(seen: Quality) -> None:
    """What the month consists of, and whether it is still open."""
    now = seen.now
    said = [
        ("收到", f"收到 {now.reported:,} 条记录"),
        ("全部决定", f"{now.decisions:,} 个决定，应报 {now.must:,} 件"),
        *([("不予公示", f"不予公示 {now.exempt:,} 件")] if now.exempt else []),
        *([("未到期", f"未到期 {now.waiting:,} 件")] if now.waiting else []),
    ]
    with st.container(key="quality-parts", horizontal=True, gap="small"):
        for what, label in said:
            links.go("quality_rows", label, seen.asked.rows_address(what))
    if seen.open_month:
        show(tag("p", "这个月还有决定没有到截止日，及时率、瞒报率还会变。", class_="xj-stale"))
    if now.provisional:
        show(tag("p", f"{now.provisional:,} 件的截止日落在还没有放假通知的年份，是暂定的。", class_="xj-stale"))


def trend(seen: Quality, key: str) -> None:
    """The chosen rate over 24 months."""
    charts.head(quality_figures.finding(seen, key), quality_figures.measure(seen, key))
    charts.show_chart(quality_figures.figure(seen, key), "quality-trend", quality_figures.alt(seen, key))


def league(seen: Quality, key: str) -> None:
    """The units of the month, the worst first, small ones last; each leads to its own figures."""
    found = ordered(seen.lines, key)
    order = f"按{QUALITY[key].name}由差到好排，样本少的列在最后"
    show(tag("h2", "各单位", tag("small", f"{len(found):,} 个单位，{order}"), class_="xj-h2"))
    if not found:
        trouble.empty("这个月没有收到记录，登记簿里也没有决定", "请换一个月份，或清除上面的条件。")
        return
    heads = tag("div", *(tag("span", head) for head in _HEADS), class_="xj-line-cells xj-unit-cells")
    show(tag("div", tag("span", "单位"), heads, class_="xj-lines-head xj-unit-head xj-wide", aria_hidden="true"))
    for number, line in enumerate(found):
        links.row(f"unit-{number}", "quality", line.unit, seen.asked.address(unit=line.unit), after=_cells(line))


def _cells(line: Line) -> Safe:
    values = [_cell(line.counts.rate(key)) for key in RATES]
    mended = line.correction
    values.append(join(f"{mended.told} 天" if mended.days is not None else mended.told or "—", _count(mended.count)))
    cells = (tag("span", value, data_label=head) for head, value in zip(_HEADS, values, strict=True))
    return tag("div", *cells, class_="xj-line-cells xj-unit-cells")


def _count(count: int) -> Safe | None:
    return tag("small", f"{count:,} 条") if count else None


def _cell(rate: Rate) -> Safe:
    mark = light_mark(rate.light) if rate.light and rate.light != "达标" else None
    return join(rate.value if rate.base else "—", tag("small", rate.counts, " ", mark) if rate.base else None)


def wrong(seen: Quality) -> None:
    """For which reasons most rows did not pass."""
    show(tag("h2", "最常见的问题", tag("small", f"{seen.asked.month} 没有通过检查的记录，同一条可有几个问题"), class_="xj-h2"))
    if not seen.wrong:
        why = "没有留下逐条的检查结果。" if seen.now.rejected else "没有记录因为检查被退回。"
        show(tag("p", why, class_="xj-muted"))
        return
    heads = tag("thead", tag("tr", *(tag("th", word, scope="col") for word in ("问题", "类别", "规则", "条数"))))
    rows = (
        tag(
            "tr", tag("td", each.sentence, data_label="问题"), tag("td", each.kind, data_label="类别"),
            tag("td", each.rule if each.rule[:1].isupper() else "通用检查", data_label="规则"),
            tag("td", f"{each.rows:,}", data_label="条数"),
        )
        for each in seen.wrong
    )  # fmt: skip
    show(tag("table", heads, tag("tbody", *rows), class_="xj-table"))
    links.go("quality_rows", "看没有通过检查的记录", seen.asked.rows_address("没有通过检查"))


def methods() -> None:
    """怎么算的: the formulas, the proposed limits, on what they rest."""
    show(
        tag("h2", "怎么算的", class_="xj-h2"),
        tag("dl", *(tag("div", tag("dt", one.name), tag("dd", one.method)) for one in QUALITY.values()), class_="xj-methods"),
        tag("p", f"{CAVEAT}。“达标、关注、落后”的线是设计建议，不是任何机关的规定。"
            "分母不足 5 的写“样本少”，不算率。决定日期读不出的记录按收到的月份计。 ", basis_mark("assumption"),
            class_="xj-muted"),
    )  # fmt: skip


def downloads(asked: Wanted) -> None:
    """The ledger and the statement of what the page shows; made when asked for."""
    me, desk, token = session.person(), session.desk(), session.token()

    def ledger() -> bytes:
        _still_signed_in()
        return export_ledger(desk, me, asked, session.now())

    def statement() -> bytes:
        _still_signed_in()
        return export_statement(desk, me, asked, session.now())

    def _still_signed_in() -> None:
        # The click comes later than the page: the session must still hold.
        if who(desk, token, session.now()) != me:
            raise PermissionError("请重新登录")

    marked = "_模拟" if desk.about().synthetic else ""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    with st.container(key="quality-downloads", horizontal=True):
        for label, title, made in (("下载工作台账", LEDGER, ledger), ("下载月报表", STATEMENT, statement)):
            name = f"{title}_{asked.month}{marked}.xlsx"
            st.download_button(label, made, name, mime=sheet, key=f"download-{title}", on_click="ignore")
