"""How far does the challenger in the shadow agree with the signed scorecard, and what is it? (影子运行)

Read from the snapshot's table `risk_shadow`, which nothing else reads, and from the challenger's own file. It decides nothing:
classes, lists, warnings and advice come from the scorecard alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.desk import Desk
from analytics.entry import Person
from data.casework.approving import approvals
from data.casework.rights import require
from data.errors import BrokenModel
from models.companion import load_companion
from models.registry import load_model

PERMISSION = "explore"
#: Whom a model "names": the first so many percent of the ranked enterprises.
PERCENT = 5
DECIDES_NOTHING = "挑战模型在旁边计算，不决定任何一户的档次、名单、预警和检查建议。"
NEVER, UNREAD = "在用的模型登记时没有挑战模型；下一次训练会一并登记。", "这个快照里没有挑战模型的结果；下一次更新会补上。"


@dataclass(frozen=True, slots=True)
class Agreement:
    """The two rankings of the sufficiently evidenced beside each other. `spearman` is None where there is nothing to rank."""

    enterprises: int
    spearman: float | None
    card_names: int
    other_names: int
    both_name: int

    @property
    def added(self) -> int:
        """Whom the challenger would name and the scorecard does not."""
        return self.other_names - self.both_name

    @property
    def share(self) -> float | None:
        """Of those whom the scorecard names, how many both name."""
        return self.both_name / self.card_names if self.card_names else None


@dataclass(frozen=True, slots=True)
class Beside:
    """The challenger of the model in use: its id and card, how it agrees; `why` there is no agreement to show, else ""."""

    model_id: str | None
    lines: tuple[str, ...]
    agreement: Agreement | None
    why: str


def beside(desk: Desk, person: Person) -> Beside | None:
    """The challenger beside the model that scored the published snapshot; None where no approved model did.

    Raises
    ------
    NotAllowed
        when the role may not explore.
    BrokenModel
        when the scorecard's file is gone, or no longer the one that was approved.
    """
    require(desk.casework, person, PERMISSION)
    snapshot = desk.snapshot()
    rows = snapshot.rows("queries/risk_model")
    if not rows:
        return None
    given = {one["model_id"]: one["sha256"] for one in approvals(desk.casework)}
    named = load_model(desk.home, rows[0]["model_id"], given.get(rows[0]["model_id"])).told.get("challenger")
    if not named:
        return Beside(None, (), None, NEVER)
    try:
        told = load_companion(desk.home, named).told
    except BrokenModel as broken:
        return Beside(named["model_id"], (), None, f"{broken.what}；{broken.todo}。")
    found = snapshot.rows("queries/risk_shadow", percent=PERCENT)
    return Beside(named["model_id"], tuple(told["card"]), _agreement(found[0]) if found else None, "" if found else UNREAD)


def _agreement(row: dict[str, Any]) -> Agreement:
    spearman = row["spearman"]
    counts = (int(row[key]) for key in ("card_names", "other_names", "both_name"))
    return Agreement(int(row["enterprises"]), None if spearman is None else float(spearman), *counts)
