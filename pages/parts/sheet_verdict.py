"""What was found in each sheet of a file, cell by cell, and what was each column taken for?"""

from __future__ import annotations

import streamlit as st

from analytics import intake
from analytics.acts.sign_in import who
from analytics.intake import Intake
from analytics.verdicts import Column, RuleFound, SheetVerdict
from pages.parts import links, session
from pages.parts.marks import basis_mark
from pages.parts.markup import Safe, join, show, tag

GRAVE = ("error", "warn")
SENT_BACK = "退回的行不会成为记录。请把问题清单发回报送单位，更正后重新交来；收下的行不用重报。"


def show_sheets(one: Intake) -> None:
    """Sheet by sheet: findings with their cells, lines that are no records, columns."""
    for number, each in enumerate(one.sheets):
        _sheet(one, number, each)
    if one.left:
        show(tag("h2", "没有入库的工作表", class_="xj-h2"))
        show(tag("ul", *(tag("li", f"工作表“{name}”：{why}") for name, why in one.left), class_="xj-findings"))


def download(one: Intake) -> None:
    """The whole list of findings, to send back to whoever reported the file."""
    if not one.has_findings:
        return
    # The list is made when it is asked for, outside of any page's run.
    desk, me, token = session.lasting_desk(), session.person(), session.token()
    stem = one.file.rpartition(".")[0] or one.file

    def made() -> bytes:
        # The click comes later than the page: the session must still hold.
        if who(desk, token, session.now()) != me:
            raise PermissionError("请重新登录")
        return intake.findings_csv(desk, me, one.job_id)

    st.download_button(
        "下载问题清单",
        made,
        file_name=f"问题清单_{stem}{'_模拟' if desk.synthetic else ''}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _sheet(one: Intake, number: int, each: SheetVerdict) -> None:
    counted = (
        f"{each.kind_zh} · {each.rows:,} 行，{'收下' if one.landed else '可收下'} {each.accepted:,}，退回 {each.rejected:,}"
    )
    show(tag("h2", each.name, tag("small", "以前已入库，没有改动" if each.already else counted), class_="xj-h2"))
    if one.landed and each.first_row:
        place = tag("span", f"批次 {each.batch_id}", class_="xj-place")
        links.source(f"sheet{number}", each.batch_id, each.first_row, f"看第 {each.first_row} 行入库后的样子", after=place)
    if each.already:
        return
    grave = [found for found in each.found if found.severity in GRAVE]
    if each.rejected and not one.landed:
        show(tag("p", SENT_BACK, class_="xj-detail"))
    if grave:
        show(_rules(one, each, grave))
    else:
        show(tag("p", "没有错误，也没有提醒。", class_="xj-detail"))
    _quiet(number, each)
    if each.columns and st.toggle(f"看认出了哪些列、前几行是什么（{len(each.columns)} 列）", key=f"columns-{number}"):
        show(_columns(each.columns))
    show(tag("p", join(f"依照标准：{each.standard} ", basis_mark("assumption") if each.assumed else None), class_="xj-muted"))


def _rules(one: Intake, sheet: SheetVerdict, found: list[RuleFound]) -> Safe:
    head = tag("thead", tag("tr", *(tag("th", word, scope="col") for word in ("级别", "处数", "问题", "例如"))))
    return tag("table", head, tag("tbody", *(_rule(one, sheet, each) for each in found)), class_="xj-table xj-verdict")


def _rule(one: Intake, sheet: SheetVerdict, each: RuleFound) -> Safe:
    return tag(
        "tr",
        tag(
            "td",
            tag("span", "退回" if each.severity == "error" else "提醒", class_=f"xj-sev xj-sev-{each.severity}"),
            data_label="级别",
        ),
        tag("td", f"{each.count:,}", class_="xj-num", data_label="处数"),
        tag("td", tag("div", each.says, _number(each)), data_label="问题"),
        tag("td", tag("div", *(_example(one, sheet, place, each) for place in range(len(each.examples)))), data_label="例如"),
    )


def _number(each: RuleFound) -> Safe | None:
    """The number a rule has in its catalogue; the product's own rules have a name in the code only."""
    return tag("span", f"（{each.rule}）", class_="xj-muted xj-nb") if each.rule.isupper() else None


def _example(one: Intake, sheet: SheetVerdict, place: int, each: RuleFound) -> Safe:
    cell = each.examples[place]
    where = f"第 {cell.row} 行" if cell.row else "整张表"
    address = f"/source?batch={sheet.batch_id}&row={cell.row}"
    row = tag("a", where, href=address, target="_self") if one.landed and cell.row else where
    value = tag("q", cell.value) if cell.value else "（空）" if cell.row and cell.column else None
    told = cell.message if cell.message != each.says else None
    return tag(
        "span", join(row, f" {cell.column} " if cell.column else " ", value, f"：{told}" if told else ""), class_="xj-example"
    )


def _quiet(number: int, each: SheetVerdict) -> None:
    """What was cleaned or left out, on request."""
    quiet = [found for found in each.found if found.severity not in GRAVE]
    if not quiet:
        return
    if st.toggle(f"看自动整理和说明（{sum(found.count for found in quiet):,} 处）", key=f"quiet-{number}"):
        lines = [
            tag("li", f"{found.says} ", tag("span", f"{found.count:,} 处", _number(found), class_="xj-muted"))
            for found in quiet
        ]
        show(tag("ul", *lines, class_="xj-findings"))


def _columns(columns: tuple[Column, ...]) -> Safe:
    head = tag("thead", tag("tr", *(tag("th", word, scope="col") for word in ("列", "文件里的表头", "认作", "前几行"))))
    return tag("table", head, tag("tbody", *(_column(each) for each in columns)), class_="xj-table xj-cells")


def _column(each: Column) -> Safe:
    known = each.field or tag("span", "标准里没有这一列，只随原始行保存", class_="xj-muted")
    hidden = tag("span", "已掩码", class_="xj-muted") if each.personal else None
    first = [tag("span", text or "（空）", class_="xj-first") for text in each.first]
    return tag(
        "tr",
        tag("td", each.letter, data_label="列"),
        tag("td", each.header or "（空）", data_label="表头"),
        tag("td", tag("div", known, " ", hidden), data_label="认作"),
        tag("td", tag("div", *first), data_label="前几行"),
    )
