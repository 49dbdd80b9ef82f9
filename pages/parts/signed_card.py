"""How does the model in use look to the person who answers for it: who approved what, and the table that was signed?"""

from __future__ import annotations

import streamlit as st

from analytics.acts.export_scorecard import TITLE, export_scorecard
from analytics.acts.sign_in import who
from analytics.model_card import Card, Part, Registered
from analytics.model_tested import Cell
from pages.parts import session, trouble
from pages.parts.fold_table import fold, lines, table
from pages.parts.marks import basis_mark
from pages.parts.markup import Safe, join, prose, show, tag

BINS = ("分箱", "户次", "受罚", "受罚比例", "证据权重（WOE）", "分值")
LEFT = ("变量", "为什么没有用")


def facts(found: Card) -> None:
    """Which model, from what, signed by whom."""
    signed = found.approval
    show(
        fact_list(
            ("在用的模型", tag("code", found.model_id)),
            *ground(found),
            ("审批", f"{signed.by}{f'，{signed.at}' if signed.at else ''}"),
            ("生效", f"数据截至 {signed.effective_from} 起"),
        )
    )
    if found.following is not None:
        later = found.following
        said = (f"{later.by}已于 {later.at} 审批另一个模型 ", tag("code", later.model_id), "，下一次更新起用它。")
        show(tag("p", *said, class_="xj-stale"))


def ground(found: Registered) -> tuple[tuple[str, str], ...]:
    """What it learned from, by whose hand: label → value."""
    return (
        ("学到哪一天", f"{found.trained_to}（{found.days[0]} 起 {len(found.days)} 个季末）"),
        ("学习的行数", f"{found.rows:,} 户次，受罚 {found.positives:,}（{found.positives / found.rows:.1%}）"),
        ("训练", "、".join(found.trained_by) or "没有记下训练人"),
        ("数据", "模拟数据，不能用于真实监管" if found.synthetic else "本市归集的信用数据"),
    )


def fact_list(*told: tuple[str, Safe | str]) -> Safe:
    """Facts beside each other, each under its label."""
    parts = (
        tag("div", tag("dt", label), tag("dd", value if isinstance(value, Safe) else prose(value))) for label, value in told
    )
    return tag("dl", *parts, class_="xj-facts")


def scorecard(found: Card) -> None:
    """The table that was signed, a part per variable, the one that tells most first."""
    show(tag("h2", "签了字的评分卡", tag("small", scale(found)), class_="xj-h2"))
    show(score_table(found))
    _download()


def scale(found: Registered) -> str:
    """How many variables there are, in which order they stand, and what points mean."""
    return f"共 {len(found.parts)} 个变量，信息值（IV）大的在前；分值每高 {found.pdo:g} 分，受罚的胜算翻一番"


def score_table(found: Registered) -> Safe:
    """The base points, and a part per variable, closed until somebody opens it."""
    base = f"每户先有基础分 {found.base_points}，再加各变量所在分箱的分值。点开变量看它的分箱。"
    return join(tag("p", base, class_="xj-muted"), *(_part(one) for one in found.parts))


def _part(one: Part) -> Safe:
    note = f"IV {one.iv:.3f} · {one.direction} · 最高与最低分箱差 {one.reach} 分"
    rows = [
        (
            Cell(each.words), Cell(f"{each.count:,.0f}"), Cell(f"{each.events:,.0f}"),
            Cell("—" if each.event_rate is None else "样本少" if each.events < 5 else f"{each.event_rate:.1%}"),
            Cell(f"{each.woe:+.3f}".replace("-", "−") if each.count else "—"), Cell(_points(each.points)),
        )
        for each in one.bins
    ]  # fmt: skip
    return fold(one.title, note, tag("p", one.meaning, class_="xj-muted"), table(BINS, rows))


def _points(points: int) -> str:
    return f"{points:+d}".replace("-", "−") if points else "0"


def left_out(found: Card) -> None:
    """What was tried and is not in the card, and why; then the text that the approver read."""
    show(dropped(found), card_text(found, "审批时看到的全文"))


def card_text(found: Registered, note: str) -> Safe:
    """The model told in words, line by line."""
    return fold("模型说明", note, lines(found.lines))


def dropped(found: Registered) -> Safe:
    """What was tried and is not in the card, and why."""
    if found.dropped is None:
        left = tag("p", "这个模型登记时没有记下原因；下一次训练的模型会写明。", class_="xj-muted")
        note = "没有记下"
    else:
        left = table(LEFT, [(Cell(title), Cell(why)) for title, why in found.dropped], words=True)
        note = f"{len(found.dropped)} 个，各写明为什么"
    return fold("试过而没有用的变量", note, left)


def none() -> None:
    """No approved model scored this snapshot."""
    trouble.empty(
        "这个快照没有用模型评分：风险提示一律是“证据不足”",
        "请先在“训练与审批”里训练模型，由另一人审批，再更新数据；评分卡会列在这里。",
    )


def method() -> None:
    """What the card rests on."""
    show(
        tag("h2", "怎么算的", class_="xj-h2"),
        tag(
            "p",
            prose(
                "户次是企业 × 季末；受罚指此后 180 天内受到“一般”及以上处罚。"
                "证据权重（WOE）大于零表示这一分箱的受罚比例高于平均；信息值（IV）是整个变量分得开多少。"
                "分值只用来排先后，不是信用分，不替代检查审批。记录太少的企业不排名，写“证据不足”。"
            ),
            " ",
            basis_mark("assumption"),
            class_="xj-detail",
        ),
    )


def _download() -> None:
    """The table as a workbook; nothing where the role may not export."""
    me, desk, token = session.person(), session.desk(), session.token()
    if not me.may("export"):
        return

    def made() -> bytes:
        # The click comes later than the page: the session must still hold.
        if who(desk, token, session.now()) != me:
            raise PermissionError("请重新登录")
        return export_scorecard(desk, me, session.now())

    about = desk.about()
    name = f"{TITLE}_{about.as_of.isoformat()}{'_模拟' if about.synthetic else ''}.xlsx"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    st.download_button("下载评分卡", made, name, mime=sheet, key="download", on_click="ignore")
