"""How does one proposed pair stand on the page, side by side, and how does a person decide on it?"""

from __future__ import annotations

import streamlit as st

from analytics.acts.judge_pair import dismiss_pair, link_pair
from analytics.acts.merge_subjects import REASON_LENGTH, merge_subjects
from analytics.pair_sides import Line, Side, compared
from analytics.pairs import SORTS, TYPES, Candidate
from pages.parts import done, links, session
from pages.parts.marks import basis_mark
from pages.parts.markup import Safe, join, prose, show, tag

#: From which score on a proposal is strong, and from which it is fair: shape and word of each.
STRENGTHS = ((75, "◆", "把握大", "strong"), (55, "◇", "把握中", "fair"), (0, "○", "把握小", "none"))
#: Does a line agree: sign and word.
AGREEMENT = {True: ("＝", "一致"), False: ("≠", "不同"), None: ("", "")}


def one(found: Candidate) -> None:
    """One pair: what speaks for it, both sides, the rows behind, and the decision."""
    with st.container(key=f"block-{found.key}", gap=None):
        show(_head(found), tag("p", prose(found.sentence), class_="xj-sentence"), _before(found), _table(found.sides))
        for side in found.sides:
            links.row(f"{found.key}-{side.subject_id}", "profile", f"打开档案：{_called(side)}", {"id": side.subject_id})
        if st.toggle(f"看原始记录（{len(found.evidence)} 条）", key=f"rows-{found.key}"):
            for number, piece in enumerate(found.evidence):
                place = tag("span", piece.name, class_="xj-place")
                label = f"{piece.note}，第 {piece.row_no} 行"
                links.source(f"{found.key}-{number}", piece.batch_id, piece.row_no, label, after=place)
        _decide(found)


def _head(found: Candidate) -> Safe:
    shape, word, sort = next((shape, word, sort) for least, shape, word, sort in STRENGTHS if found.score >= least)
    mark = tag("i", shape, aria_hidden="true")
    return tag(
        "div",
        tag("span", mark, f"{word} {found.score}", class_=f"xj-level xj-match-{sort}"),
        tag("span", found.kind_zh, class_="xj-kind"),
        tag("span", f"{TYPES[found.pair.subject_type]} · {SORTS[found.sort]}", class_="xj-muted"),
        class_="xj-line",
    )


def _before(found: Candidate) -> Safe | None:
    return tag("p", prose(found.before), class_="xj-detail xj-noticed") if found.before else None


def _table(sides: tuple[Side, Side]) -> Safe:
    left, right = sides
    head = tag("tr", tag("th", "", scope="col"), *(tag("th", word, scope="col") for word in ("甲", "乙")))
    rows = (_line(line) for line in compared(left, right))
    return tag("table", tag("thead", head), tag("tbody", *rows), class_="xj-beside xj-pair")


def _line(line: Line) -> Safe:
    sign, word = AGREEMENT[line.agrees]
    told = tag("small", tag("i", sign, aria_hidden="true"), word) if word else None
    return tag(
        "tr",
        tag("th", line.label, told, scope="row"),
        tag("td", line.left, data_label="甲"),
        tag("td", line.right, data_label="乙"),
        class_="xj-differs" if line.agrees is False else None,
    )


def _called(side: Side) -> str:
    return f"{side.name}（{side.number or '没有号码'}）"


def _decide(found: Candidate) -> None:
    """The reason, which file stays, and the three ways to decide; two with numbers of their own are never merged."""
    left, right = found.sides
    with st.form(f"judge-{found.key}", border=False):
        stays = left
        if found.pair.mergeable:
            first = 1 if (right.registered, bool(right.number)) > (left.registered, bool(left.number)) else 0
            stays = st.radio("合并后保留哪一份档案", found.sides, first, format_func=_called, key=f"stays-{found.key}")
        reason = st.text_area("核对了什么、凭什么认定（必填）", max_chars=REASON_LENGTH, key=f"reason-{found.key}", height=80)
        with st.container(horizontal=True, key=f"decision-{found.key}"):
            merges = found.pair.mergeable and st.form_submit_button(
                "合并", type="primary" if found.sort == "same" else "secondary", key=f"merge-{found.key}"
            )
            links_them = st.form_submit_button(
                "登记关联", type="primary" if found.sort == "related" else "secondary", key=f"link-{found.key}"
            )
            dismisses = st.form_submit_button(
                "不是同一主体" if found.sort == "same" else "没有关联", key=f"dismiss-{found.key}"
            )
    if not found.pair.mergeable:
        show(tag("p", "双方各有有效的号码，法律上是两个主体，不能合并；一方受到的处罚不转到另一方。", class_="xj-muted"))
    goes = right if stays == left else left
    desk, me, now = session.desk(), session.person(), session.now()
    if merges:
        done.act(lambda: merge_subjects(desk, me, stays.subject_id, goes.subject_id, reason, now), "已登记，下次更新后生效")
    elif links_them:
        done.act(lambda: link_pair(desk, me, left.subject_id, right.subject_id, reason, now), "已登记关联，档案里现在就能看到")
    elif dismisses:
        done.act(lambda: dismiss_pair(desk, me, left.subject_id, right.subject_id, reason, now), "已登记，没有新的依据不再提示")


def method() -> Safe:
    """What the page rests on, in words."""
    told = (
        "每次更新时按数据截至日已知的记录查找。企业：没有有效信用代码的档案，与同县名称相同、注册号或许可证号相同、名称相近"
        "（不计地名和组织形式）或代码只差一位的；登记簿里法定代表人相同、地址相同或车辆先后登记在两家名下的，列为关联线索。"
        "车辆：号牌相同、颜色缺或不同。从业人员：同名同单位、证号不同。各有有效号码的是两个主体，只能登记关联，处罚不转移。"
        "把握满分 100，由依据的种类加减得出，只用来排先后；合并从判定日起算，撤销后事实恢复原样。分值和门槛 "
    )
    return tag("p", join(told, basis_mark("assumption")), class_="xj-muted")
