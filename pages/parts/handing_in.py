"""Where does the clerk put a file, and what became of the last ones? The list side of the intake page."""

from __future__ import annotations

import streamlit as st

from analytics import intake, jobs
from analytics.entry import XinjianError
from analytics.intake import Intake
from pages.parts import frame, links, session, trouble
from pages.parts.markup import Safe, join, show, tag

#: How often a page looks while something is going on, in seconds.
LOOKS_EVERY = 1.0
#: The look of each state: (shape, class of its colour); the word stands beside it.
MARKS = {
    "waiting": ("○", "none"),
    "running": ("◐", "going"),
    "asking": ("◆", "yellow"),
    "done": ("■", "done"),
    "failed": ("●", "red"),
    "cancelled": ("○", "none"),
}


def look_after() -> None:
    """What a visit of the page does for the jobs first: nothing lost is left standing, nothing stale is kept."""
    jobs.tidy(session.desk(), session.now())
    jobs.tend(session.desk(), session.now())


def header(question: str, over: str | None = None) -> None:
    """The header of every page, and a plain one while nothing has been published: the first files are landed before that."""
    me = session.person()
    try:
        frame.header(question, me.unit, over=over)
    except XinjianError:
        above = tag("p", over, class_="xj-over") if over else None
        show(above, tag("h1", question, class_="xj-title"), tag("p", f"{me.unit} · 还没有发布过数据", class_="xj-scope"))


def drop_zone() -> None:
    """The place for files. static/hand-in.js sends them to the server itself; the button is for it and for people."""
    show(
        tag(
            "section",
            tag("p", "把文件拖到这里", class_="xj-drop-words"),
            tag("label", "选择文件", for_="xj-files", class_="xj-button xj-drop-choose"),
            Safe('<input id="xj-files" type="file" multiple accept=".xlsx,.xls,.csv,.txt" class="xj-unseen">'),
            tag("p", "xlsx、xls 或 csv（UTF-8、GB18030 都可以），每个不超过 200 MB，可以一次选多个。", class_="xj-muted"),
            tag("p", "先检查，看过结果再由您确认入库；确认之前什么都不会改动。", class_="xj-muted"),
            tag("ul", class_="xj-drop-list"),
            class_="xj-drop",
            aria_label="上传文件",
        )
    )
    st.button("刷新清单", key="arrived")


def last_ones() -> None:
    """The last files with what is going on; looks again by itself while something is."""
    going = any(each.live for each in intake.last_intakes(session.desk(), session.person()))
    st.fragment(_list, run_every=LOOKS_EVERY if going else None)(going)


def _list(was_going: bool) -> None:
    if session.visitor() is None:
        st.rerun()
    jobs.tend(session.desk(), session.now())
    found = intake.last_intakes(session.desk(), session.person())
    if was_going and not any(each.live for each in found):
        st.rerun()
    show(tag("h2", "最近交来的文件", tag("small", "新的在前，点开看检查结果"), class_="xj-h2"))
    if not found:
        trouble.empty("还没有交来过文件", "把双公示、五类信息、治超抄告或登记簿的文件拖到上面的框里，就会列在这里。")
    for each in found:
        after = tag("div", _told(each), tag("span", f"{each.asked_by} · {each.asked_at} · {each.size}", class_="xj-place"))
        links.card(each.job_id, "handed", each.file, {"job": each.job_id}, before=mark(each), after=after)


def mark(one: Intake) -> Safe:
    """What is going on: shape, colour and word."""
    shape, colour = MARKS[one.state]
    return tag("span", tag("i", shape, aria_hidden="true"), one.phase, class_=f"xj-level xj-{colour}")


def _told(one: Intake) -> Safe:
    """The one line under a file's name."""
    if one.live:
        return progress(one)
    if one.error:
        return tag("p", f"{one.error[0]}。{one.error[2]}", class_="xj-detail")
    return tag("p", figures_line(one), class_="xj-detail")


def figures_line(one: Intake) -> str:
    """What was found, in one line."""
    if not one.sheets:
        return ""
    already = "，以前已入库，没有改动" if all(each.already for each in one.sheets) else ""
    taken = "收下" if one.landed else "可收下"
    counted = "" if already else f"，{taken} {one.figure('accepted'):,}，退回 {one.figure('rejected'):,}"
    return f"{'、'.join(dict.fromkeys(each.kind_zh for each in one.sheets))} {one.figure('rows'):,} 行{counted}{already}"


def progress(one: Intake) -> Safe:
    """How far it is: a count, and a bar that knows its end where the end is known."""
    if one.state == "waiting":
        said = f"排在“{one.ahead}”之后" if one.ahead else "正在启动，很快开始"
    elif one.unit_word == "步":
        said = f"第 {one.done} 步，共 {one.total} 步：{one.message}"
    else:
        said = f"已处理 {one.done:,}" + (f" / {one.total:,} 行" if one.total else " 行") if one.done else "正在读文件"
    known = {} if one.share is None or one.state == "waiting" else {"value": f"{one.share:.3f}", "max": "1"}
    bar = tag("progress", aria_label=f"{one.file}：{said}", class_="xj-progress", **known)
    return join(bar, tag("p", said, class_="xj-detail", role="status"))
