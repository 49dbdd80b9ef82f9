"""What does a warning about the risk model itself show, and how does the model's page lead to it? (治理预警)"""

from __future__ import annotations

from analytics import alerts, model_card, model_even
from analytics.alerts import Alert
from pages.parts import links, session, unseen
from pages.parts.backtest import DRIFT
from pages.parts.markup import prose, show, tag


def why(alert: Alert) -> None:
    """The way to the model's page, and what the last refresh found of it; of an earlier model only its sentence."""
    desk, me = session.desk(), session.person()
    links.row("model", "model", "打开风险模型的监测", {"aspect": DRIFT})
    found = model_card.watched(desk, me)
    if alert.status == "closed" or alerts.of_model(desk, me) is None:
        show(tag("p", "这个模型现在没有要看的变化，或已换用别的模型；上面是当时的说法。", class_="xj-muted"))
        return
    show(tag("h2", model_even.drift_finding(found), tag("small", "最近一次更新时与学习的行相比"), class_="xj-h2"))
    unseen.watched(found)


def beside() -> None:
    """On the model's page: the live warning about the model, where there is one and it is for this person."""
    found = alerts.of_model(session.desk(), session.person())
    if found is not None:
        links.card(
            found.alert_id, "alert", "在用的模型有一条预警", {"id": found.alert_id},
            after=tag("p", prose(found.present_sentence), class_="xj-detail"),
        )  # fmt: skip
