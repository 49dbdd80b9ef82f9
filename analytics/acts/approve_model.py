"""Who answers for this risk model? The approval by a person who holds the right, kept for ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from analytics.jobs import HasHome
from data.casework import approving
from data.casework.rights import Person
from data.clock import day_of
from data.errors import BadArgument, BrokenModel
from data.synthetic import present_day, read_marker
from models.companion import companion_path
from models.registry import content_digest, load_model, model_path


def approve_model(
    desk: HasHome,
    person: Person,
    model_id: str,
    now: datetime,
    run_id: str | None = None,
    *,
    effective_from: date | None = None,
    seen: str | None = None,
) -> dict[str, Any]:
    """Approve the model as its file stands; the next refresh scores with it. Returns what was written.

    `effective_from`: from which data day on, by default today, but in a made-up home the day its story was told for.
    `seen`: the SHA-256 of the file that the person read, where that is known.

    Raises
    ------
    NotAllowed
        when the person may not approve, or trained this model.
    BadArgument
        when the id is that of a challenger, which decides nothing.
    BrokenModel
        when there is no such model, its file cannot be read, or is no longer the one seen, or it learned from made-up data
        and the home is a real one.
    """
    told = _checked(desk, model_id, seen)
    start = effective_from or present_day(desk.home, day_of(now))
    return approving.approve_model(desk.casework, person, told, now, start, run_id)


def _checked(desk: HasHome, model_id: str, seen: str | None) -> dict[str, Any]:
    """What is written of a model that may be approved. Raises BadArgument and BrokenModel as `approve_model` says."""
    home = desk.home
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
    found = content_digest(home, model_id)
    if seen is not None and found != seen:
        raise BrokenModel(f"模型 {model_id} 的文件刚刚被改动过，没有审批", str(model_path(home, model_id)), "请重新读过再审批")
    return {
        "model_id": model_id,
        "sha256": found,
        "trained_to": model.trained_to.isoformat(),
        "synthetic": model.synthetic,
    }
