"""How does a new risk model come about on the page: who trains it, what does the approver read, who approved what?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from analytics import model_candidates
from analytics.acts.approve_model import approve_model
from analytics.entry import roles_that_may
from analytics.model_candidates import TESTED, Approved, Candidate, Waiting
from analytics.model_card import Approval
from analytics.model_tested import Cell
from pages.parts import alone, done, session, signed_card, trouble
from pages.parts.fold_table import fold, table
from pages.parts.markup import Safe, prose, show, tag

APART = "检验的日子不同，数字不能直接相减；要在同样的日子上比，做一次回看。"
APPROVALS = ("模型", "谁审批", "什么时候", "自哪个数据日起", "现在")


def training() -> None:
    """How far a training is and what came of the last one; the button for whoever may train, who that is for the others."""
    show(tag("h2", "训练新模型", class_="xj-h2"))
    if not alone.goes_on("train"):
        said = "用已发布的数据从头学一个模型，要几分钟，不妨碍别人使用；训练好的要由另一人审批，此后的更新才用它评分。"
        last = model_candidates.last_training(session.desk())
        show(tag("p", said, class_="xj-detail"), tag("p", prose(last), class_="xj-detail") if last else None)
        alone.offer("train", "训练新模型")
        if not alone.may("train"):
            able = "、".join(roles_that_may(session.desk(), model_candidates.TRAIN))
            show(tag("p", f"能训练的岗位：管全市的{able}；需要新模型时请联系他们。", class_="xj-muted"))
    show(tag("p", prose(model_candidates.switch(session.desk())), class_="xj-muted"))


def waiting(found: Waiting) -> None:
    """Each scorecard that nobody approved, newest training first, with the form for whoever may approve it."""
    number = len(found.shown) + found.more
    note = tag("small", f"{number:,} 个，新训练的在前") if number else None
    show(tag("h2", "等待审批的模型", note, class_="xj-h2"))
    if not number:
        why = "登记的模型都审批过了" if found.registered else "还没有登记过模型"
        trouble.empty(f"没有等待审批的模型：{why}", "训练出新的模型后会列在这里。")
    for one in found.shown:
        with st.container(key=f"candidate-{one.model_id}"):
            _candidate(one, opened=one is found.shown[0])
    if found.more:
        show(tag("p", f"还有 {found.more:,} 个更早训练的没有列出。", class_="xj-muted"))


def _candidate(one: Candidate, opened: bool) -> None:
    if one.card is None:
        what = f"模型 {one.model_id} 的文件坏了或不全，读不出来，不能审批"
        trouble.error_box(what, f"{one.trained_at} 训练" if one.trained_at else "", "请管理员从备份恢复这个文件，或重新训练。")
        return
    card = one.card
    tested = table(TESTED, one.tested) if one.tested else tag("p", "历史太短，没有跨期检验，好坏不知道。", class_="xj-stale")
    show(
        fold(
            tag("code", one.model_id),
            f"学到 {card.trained_to}{f'，{one.trained_at} 训练' if one.trained_at else ''}",
            signed_card.fact_list(*signed_card.ground(card)),
            tested,
            tag("p", f"{APART if one.apart else ''}{one.challenger}", class_="xj-muted"),
            signed_card.card_text(card, "审批前请读完"),
            fold("评分表", signed_card.scale(card), signed_card.score_table(card)),
            signed_card.dropped(card),
            opened=opened,
        )
    )
    if one.refusal:
        show(tag("p", one.refusal, class_="xj-muted"))
    else:
        _form(one)


def _form(one: Candidate) -> None:
    """The approval. A file that changes meanwhile is another form: nobody approves what they have not read."""
    key = f"approve-{one.model_id}-{one.sha256[:8]}"
    with st.form(key, border=False):
        read = st.checkbox("我已读过模型说明和评分表", key=f"{key}-read")
        sent = st.form_submit_button("批准这个模型", type="primary")
    if not sent:
        return
    if not read:
        trouble.error_box("还没有勾选“我已读过模型说明和评分表”", "", "请读过再批准。")
        return
    agree = partial(approve_model, session.desk(), session.person(), one.model_id, session.now(), seen=one.sha256)
    done.act(agree, "已批准，下一次更新起用它评分")


def approved(found: Approved) -> None:
    """Who approved what, when, from which day on, and which of it scores now."""
    show(tag("h2", "审批过的模型", tag("small", "新的在前"), class_="xj-h2"))
    if not found.shown:
        trouble.empty("还没有人审批过模型", "在此之前，风险提示一律是“证据不足”。")
        return
    last, state = found.shown[0]
    if state == model_candidates.NEXT:
        said = (f"{last.by}已于 {last.at} 审批 ", tag("code", last.model_id), "，下一次更新起用它评分。")
        show(tag("p", *said, class_="xj-stale"))
    show(table(APPROVALS, [_approval(*row) for row in found.shown], words=True))
    if found.more:
        show(tag("p", f"更早的还有 {found.more:,} 次，见操作日志。", class_="xj-muted"))


def _approval(given: Approval, state: str) -> tuple[Cell | Safe, ...]:
    mark = tag("strong", state) if state == model_candidates.IN_USE else Cell(state)
    code, day = tag("code", given.model_id), tag("span", given.effective_from, class_="xj-nb")
    return (code, Cell(given.by), Cell(given.at), day, mark)
