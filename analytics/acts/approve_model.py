"""Who answers for this risk model? The approval by a person who holds the right, kept for ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from analytics.acts.place import HasCasework
from data.casework import approving
from data.casework.rights import Person
from data.errors import BadArgument, BrokenModel
from data.home import Home
from data.synthetic import read_marker
from models.companion import companion_path
from models.registry import content_digest, load_model, model_path


def approve_model(
    desk: HasCasework,
    home: Home,
    person: Person,
    model_id: str,
    now: datetime,
    effective_from: date | None = None,
    run_id: str | None = None,
) -> dict[str, Any]:
    """Approve the model as its file stands; the next refresh scores with it. Returns what was written.

    Raises
    ------
    NotAllowed
        when the person may not approve.
    BadArgument
        when the id is that of a challenger, which decides nothing.
    BrokenModel
        when there is no such model, its file cannot be read, or it learned from made-up data and the home is a real one.
    """
    if companion_path(home, model_id).is_file():
        raise BadArgument(
            f"{model_id} 是挑战模型，只在旁边对照，不评分，不需要审批", "模型", "请审批同一次训练的评分卡，运行 model list 查看"
        )
    model = load_model(home, model_id)
    if model.synthetic and read_marker(home) is None:
        raise BrokenModel(
            f"模型 {model_id} 是用模拟数据训练的，不能用于真实数据",
            str(model_path(home, model_id)),
            "请用本单位的记录运行 train，再审批",
        )
    told = {
        "model_id": model_id,
        "sha256": content_digest(home, model_id),
        "trained_to": model.trained_to.isoformat(),
        "synthetic": model.synthetic,
    }
    return approving.approve_model(desk.casework, person, told, now, effective_from, run_id)
