"""How risky is an enterprise, why, since when, and what is proposed for the plan of inspections? (风险提示与检查建议)

Everything is read from the published snapshot, as refresh laid it down with the approved scorecard: nothing is computed
here. Class, probability and ranks are a hint for people who plan inspections, never a "credit score".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.desk import Desk
from analytics.words import NO_EVIDENCE
from data import advised
from models.features import load_features

#: Stands under every advice.
CAVEAT = "建议供制定检查计划参考，不替代检查审批"
#: Which violations the probability speaks of, and for how long.
OUTCOME = "未来 180 天受到“一般”及以上处罚的可能"
#: What moves the points between two days, in words (`data.causes.CAUSES`).
CAUSES_ZH = {
    "aged": "时间推移",
    "out": "修复、撤销或公示期满",
    "late": "上月已发生、本月才知晓或更正的记录",
    "new": "本月的新记录",
    "register": "车辆、人员等登记变化",
    "peers": "同类企业和本县的平均水平变化",
}


@dataclass(frozen=True, slots=True)
class RiskReason:
    """One reason: a whole sentence, whether it pushes up (推高) or presses down (压低), and where its records are.

    `kinds`: record kinds of the timeline (penalty, inspection, overload), () for a figure of the register; `window_days`:
    how many days before the data day it looks back over, None when it does not.
    """

    ordinal: int
    feature: str
    title: str
    sentence: str
    direction: str
    points: int
    kinds: tuple[str, ...]
    window_days: int | None


@dataclass(frozen=True, slots=True)
class RiskChange:
    """One part of the change between the two scored days; the parts' points sum to the change of the points exactly."""

    ordinal: int
    feature: str
    title: str
    sentence: str
    points_change: int


@dataclass(frozen=True, slots=True)
class RiskCause:
    """What one thing that happened did to the points (评分卡的点); an enterprise's causes sum to the change of its points."""

    cause: str
    title: str
    points_change: int


@dataclass(frozen=True, slots=True)
class RiskMonth:
    """The class at the end of one past month, from what was known then and by the model in use today; rank 1 = riskiest."""

    month_end: date
    risk_class: str
    points: int | None
    city_rank: int | None
    city_size: int | None


@dataclass(frozen=True, slots=True)
class RiskView:
    """The risk of one enterprise on the data day. Rates and the probability lie between 0 and 1, None without evidence.

    `band_*`: of `band_size` enterprises that had such points on past days, `band_events` were penalised within 180 days;
    without evidence: of those of whom there was as little to say then.
    `peer_group` in words; ranks count from 1 = riskiest, among the sufficiently evidenced. `previous_class` and
    `previous_day` speak of the last day of the month before.
    """

    subject_id: str
    scored_on: date
    risk_class: str
    thin_reason: str | None
    points: int | None
    probability: Decimal | None
    band_rate: Decimal | None
    band_low: Decimal | None
    band_high: Decimal | None
    band_events: int | None
    band_size: int | None
    peer_group: str
    peer_rank: int | None
    peer_size: int | None
    city_rank: int | None
    city_size: int | None
    reasons: tuple[RiskReason, ...]
    previous_class: str | None
    previous_day: date | None
    change: tuple[RiskChange, ...]
    causes: tuple[RiskCause, ...]
    months: tuple[RiskMonth, ...]
    advice: str
    because: str
    caveat: str
    model_id: str | None
    trained_to: date | None
    basis: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """Class and proposal of one enterprise, for a list of hits."""

    risk_class: str
    recommendation: str


def risk_of(desk: Desk, subject_id: str) -> RiskView | None:
    """The risk of one enterprise on the data day; None when it is no registered enterprise in business."""
    snapshot = desk.snapshot()
    rows = snapshot.rows("queries/risk_of", subject_id=subject_id)
    if not rows or rows[0]["scored_on"] != snapshot.as_of:
        return None
    now, before = rows[0], rows[1] if len(rows) > 1 else None
    reasons = snapshot.rows("queries/risk_reasons", subject_id=subject_id)
    changes = snapshot.rows("queries/risk_changes", subject_id=subject_id)
    copied = (
        "subject_id", "scored_on", "risk_class", "thin_reason", "points", "probability", "band_rate", "band_low", "band_high",
        "band_events", "band_size", "peer_group", "peer_rank", "peer_size", "city_rank", "city_size", "model_id",
    )  # fmt: skip
    return RiskView(
        **{name: now[name] for name in copied},
        reasons=tuple(_reason(row) for row in reasons),
        previous_class=before["risk_class"] if before else None,
        previous_day=before["scored_on"] if before else None,
        change=tuple(_change(row) for row in changes),
        months=tuple(RiskMonth(**row) for row in snapshot.rows("queries/risk_months", subject_id=subject_id)),
        causes=tuple(_cause(row) for row in snapshot.rows("queries/risk_causes", subject_id=subject_id)),
        advice=now["recommendation"] or NO_EVIDENCE,
        because=now["because"] or "",
        caveat=CAVEAT,
        trained_to=_trained_to(desk),
        basis="assumption",
        synthetic=snapshot.synthetic,
    )


def advice_of(desk: Desk, ids: Collection[str]) -> dict[str, Advice]:
    """Class and proposal of every enterprise among `ids` that was judged on the data day; others are left out."""
    return {one: Advice(*said) for one, said in advised.advice_of(desk.snapshot(), ids).items()}


def _reason(row: dict[str, Any]) -> RiskReason:
    feature = load_features()[row["feature"]]
    return RiskReason(
        row["ordinal"], row["feature"], feature.title, row["sentence"], row["direction"], row["points"], feature.kinds,
        feature.window_days,
    )  # fmt: skip


def _change(row: dict[str, Any]) -> RiskChange:
    title = load_features()[row["feature"]].title
    return RiskChange(row["ordinal"], row["feature"], title, row["sentence"], row["points_change"])


def _cause(row: dict[str, Any]) -> RiskCause:
    return RiskCause(row["cause"], CAUSES_ZH[row["cause"]], row["points_change"])


def _trained_to(desk: Desk) -> date | None:
    rows = desk.snapshot().rows("queries/risk_model")
    return rows[0]["trained_to"] if rows else None
