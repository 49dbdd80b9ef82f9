"""What is proposed for this enterprise, how risky is it, why, since when? The head of the profile, before everything else."""

from __future__ import annotations

import streamlit as st

from analytics import words
from analytics.profile import Profile
from analytics.risk import OUTCOME, RiskReason, RiskView
from pages.parts import links
from pages.parts.marks import advice_mark, basis_mark, class_mark
from pages.parts.markup import Safe, join, prose, show, tag
from pages.parts.risk_months import months

MOST_REASONS = 3
#: direction → its arrow; the word stands beside it
ARROWS = {"推高": "↑", "压低": "↓"}


def head(found: Profile) -> None:
    """The proposal, the risk with its reasons and what changed; for anything but an enterprise that there is none."""
    risk = found.risk
    if risk is None:
        show(tag("p", _why_none(found), class_="xj-muted"))
        return
    with st.container(key="verdict", gap=None):
        show(_proposal(risk), _figures(risk))
        for reason in risk.reasons[:MOST_REASONS]:
            _reason(found, reason)
        show(_change(risk), months(risk.months), _method(risk))


def _why_none(found: Profile) -> str:
    if found.subject_type != "enterprise":
        return f"风险提示和检查建议只对企业给出，{found.subject_type_zh}没有；请看预警、证照和记录。"
    return "这一户没有登记为在营企业，不作风险提示，也不提检查建议。"


def _proposal(risk: RiskView) -> Safe:
    """The recommendation with its reasons, and what it never replaces."""
    return tag(
        "div",
        tag("span", "检查建议", class_="xj-label"),
        advice_mark(risk.advice, large=True),
        tag("p", prose(risk.because), class_="xj-because") if risk.because else None,
        tag("p", f"{risk.caveat}。", class_="xj-caveat"),
        class_="xj-proposal",
    )


def _figures(risk: RiskView) -> Safe:
    """Class, place among its peers, how likely, in words; without evidence why there is none."""
    if risk.probability is None or risk.peer_rank is None:
        unsaid = _figure(OUTCOME, "说不准", _band(risk, "往日同样情形的企业")) if risk.band_low is not None else None
        return tag(
            "dl", _figure("风险提示", class_mark(risk.risk_class), risk.thin_reason), unsaid, class_="xj-risk xj-risk-thin"
        )
    return tag(
        "dl",
        _figure("风险提示", class_mark(risk.risk_class), f"{risk.peer_group}中"),
        _figure("同类企业", f"第 {risk.peer_rank:,} / {risk.peer_size:,} 位", "第 1 位风险最高"),
        _figure(OUTCOME, words.chance(risk.probability), _band(risk, "同分段历史")),
        class_="xj-risk",
    )


def _band(risk: RiskView, who: str) -> str | None:
    if risk.band_low is None or risk.band_high is None:
        return None
    span = f"{words.chance(risk.band_low)}–{words.chance(risk.band_high)}"
    return f"{who} {span}，{risk.band_events:,}/{risk.band_size:,}"


def _figure(label: str, value: object, note: object) -> Safe:
    return tag("div", tag("dt", label), tag("dd", value), tag("dd", note, class_="xj-note") if note else None)


def _reason(found: Profile, reason: RiskReason) -> None:
    """One reason; where it rests on records, a line that leads to them."""
    pushed = join(tag("i", ARROWS.get(reason.direction, ""), aria_hidden="true"), reason.direction)
    mark = tag("span", pushed, class_=f"xj-push xj-push-{'up' if reason.direction == '推高' else 'down'}")
    if not reason.kinds:
        with st.container(key=f"plain-{reason.feature}", gap=None):
            show(tag("p", mark, reason.sentence, class_="xj-reason"))
        return
    links.row(f"why-{reason.feature}", "profile", reason.sentence, {"id": found.subject_id, "why": reason.feature}, before=mark)


def _change(risk: RiskView) -> Safe | None:
    """What became of it since the end of the month before."""
    if risk.previous_day is None or risk.previous_class is None:
        return None
    day = risk.previous_day.isoformat()
    if risk.previous_class == risk.risk_class and not risk.change:
        return tag("p", prose(f"与 {day} 相比：仍为“{risk.risk_class}”，没有变化。"), class_="xj-since")
    moved = (
        f"仍为“{risk.risk_class}”" if risk.previous_class == risk.risk_class else f"{risk.previous_class} → {risk.risk_class}"
    )
    why = "；".join(each.sentence for each in risk.change[:MOST_REASONS])
    told = "。".join(part for part in (f"与 {day} 相比：{moved}", why, _causes(risk)) if part)
    return tag("p", prose(told), class_="xj-since")


def _causes(risk: RiskView) -> str:
    """What happened, with what it did to the points; the parts sum to the whole."""
    if not risk.causes:
        return ""
    whole = sum(each.points_change for each in risk.causes)
    parts = "，".join(f"{each.title} {each.points_change:+d}" for each in risk.causes)
    return f"评分卡点数 {whole:+d}，其中：{parts}".replace("-", "−")


def _method(risk: RiskView) -> Safe:
    """What it rests on: model, how far it has learnt, made up or not, and that the basis is open."""
    said = [
        f"模型 {risk.model_id}" if risk.model_id else None,
        f"学到 {risk.trained_to.isoformat()}" if risk.trained_to else None,
        "模拟" if risk.synthetic else None,
    ]
    text = " · ".join(part for part in said if part)
    return tag("p", "怎么算的：", prose(text), " ", basis_mark(risk.basis), class_="xj-muted xj-how")
