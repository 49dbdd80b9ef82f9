"""Which registered scorecards wait for an approval, may this person give it, and who approved what so far? (训练与审批)

Read from the models' files and the events of casework; nothing is computed anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics import intake
from analytics.desk import Desk
from analytics.entry import Person
from analytics.model_card import Approval, Registered, approval, told
from analytics.model_tested import Cell
from data.casework import jobs
from data.casework.approving import approvals, trainings
from data.casework.confirmations import training_confirmation
from data.casework.pairs import names_of
from data.casework.rights import require, roles_with
from data.clock import local_text
from data.errors import BrokenModel
from data.training_rule import load_training_rule
from models.companion import load_companion
from models.registry import RiskModel, content_digest, load_model, registered

PERMISSION, RIGHT, TRAIN = "explore", "approve", jobs.RIGHTS["train"]
#: So many of what waits are shown, and so many approvals.
MOST, MOST_APPROVALS = 5, 10
IN_USE, NEXT, EARLIER = "在用", "下一次更新起用", "不在用"
TESTED = ("方法", "区分能力（AUC）", "检验的日子")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scorecard that nobody approved. `card` None: its file is damaged.

    `sha256`: of the file as it was read. `tested`: rows under TESTED; none where it was not tested out of time. `apart`: the
    model in use was tested on other days. `challenger`: what of the model beside it. `refusal`: why this person may not approve
    it, "" where they may.
    """

    model_id: str
    trained_at: str
    card: Registered | None = None
    sha256: str = ""
    tested: tuple[tuple[Cell, ...], ...] = ()
    apart: bool = False
    challenger: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for an approval, newest training first, at most MOST; how many more; how many are registered in all."""

    shown: tuple[Candidate, ...]
    more: int
    registered: int


@dataclass(frozen=True, slots=True)
class Approved:
    """The approvals, newest first, at most MOST_APPROVALS, each with its state: IN_USE, NEXT or EARLIER; how many more."""

    shown: tuple[tuple[Approval, str], ...]
    more: int


def waiting(desk: Desk, person: Person) -> Waiting:
    """The registered scorecards that nobody approved.

    Raises
    ------
    NotAllowed
        when the role may not explore.
    """
    require(desk.casework, person, PERMISSION)
    given = {one["model_id"] for one in approvals(desk.casework)}
    known, done = registered(desk.home), trainings(desk.casework)
    last = {one["model_id"]: number for number, one in enumerate(done)}
    found = sorted((one for one in known if one not in given), key=lambda one: (-last.get(one, -1), one))
    used = _in_use(desk)
    people = names_of(desk.casework)
    shown = tuple(
        _candidate(desk, person, one, [each for each in done if each["model_id"] == one], used, people) for one in found[:MOST]
    )
    return Waiting(shown, len(found) - len(shown), len(known))


def approved(desk: Desk, person: Person) -> Approved:
    """Who approved what, and which of it scores the published snapshot. Raises NotAllowed when the role may not explore."""
    require(desk.casework, person, PERMISSION)
    people, used = names_of(desk.casework), _in_use(desk)
    rows, held = [], False
    for number, one in enumerate(reversed(approvals(desk.casework))):
        scores = one["model_id"] == used and not held
        held = held or scores
        state = IN_USE if scores else NEXT if number == 0 else EARLIER
        rows.append((approval(one, people), state))
    return Approved(tuple(rows[:MOST_APPROVALS]), max(len(rows) - MOST_APPROVALS, 0))


def switch(desk: Desk) -> str:
    """Whether the next training learns from penalties that are no longer published, and by which confirmation."""
    rule = load_training_rule(desk.data_day)
    if not rule.learn_from_ended:
        return "训练数据的开关是关的：公示期满、已修复、已撤销的处罚，训练也不用。"
    held = training_confirmation(desk.casework, rule)
    if held is None:
        return "训练数据的开关在规则文件里打开了，还没有审批人依文件确认，不算数：公示期满、已修复、已撤销的处罚，训练仍不用。"
    return f"训练数据的开关是开的，{held.sentence}：公示期满、已修复、已撤销的处罚，训练可以用，评分不用。"


def last_training(desk: Desk) -> str:
    """What came of the last training that was asked for on the page; "" when there was none, or it is not done."""
    last = intake.last_asked(desk, "train")
    if last is None or not last.outcome:
        return ""
    model_id, known = last.outcome["model_id"], last.outcome["approved"]
    same = "，与审批过的是同一个：记录、规则和程序都没有变" if known else ""
    return f"上次训练：{last.asked_by}于 {last.asked_at} 发起，得到 {model_id}{same}。"


def _in_use(desk: Desk) -> str | None:
    """The model that scored the published snapshot."""
    rows = desk.snapshot().rows("queries/risk_model")
    return str(rows[0]["model_id"]) if rows else None


def _candidate(
    desk: Desk, person: Person, model_id: str, done: Sequence[Mapping[str, Any]], used: str | None, people: Mapping[str, str]
) -> Candidate:
    at = local_text(done[-1]["trained_at"]) if done else ""
    by = list(dict.fromkeys(each["trained_by"] for each in done))
    try:
        sha256 = content_digest(desk.home, model_id)
        model = load_model(desk.home, model_id)
        tested = _tested(desk, model, used)
        return Candidate(
            model_id,
            at,
            card=Registered(**told(model, [people.get(one, one) for one in by])),
            sha256=sha256,
            tested=tested,
            apart=bool(tested) and tested[-1][-1].value not in ("—", tested[0][-1].value),
            challenger=_challenger(desk, model),
            refusal=_refusal(desk, person, model, by),
        )
    except (BrokenModel, AttributeError, IndexError, KeyError, TypeError, ValueError):
        return Candidate(model_id, at)


def _refusal(desk: Desk, person: Person, model: RiskModel, by: Sequence[str]) -> str:
    """Why the act would refuse, in one sentence; "" where it would not."""
    if not person.may(RIGHT):
        return f"您的岗位“{person.role_zh}”不能审批；可以审批的岗位：{'、'.join(roles_with(desk.casework, RIGHT))}。"
    if not person.city_wide:
        return "风险模型是全市的，县（市、区）的账号不能审批，请由市局有审批权限的人审批。"
    if person.user in by:
        return "这个模型是您自己训练的，不能由您审批，请由另一位有审批权限的人审批。"
    if model.synthetic and not desk.synthetic:
        return "这个模型是用模拟数据训练的，不能用于真实数据；请用本单位的记录训练。"
    return ""


def _tested(desk: Desk, model: RiskModel, used: str | None) -> tuple[tuple[Cell, ...], ...]:
    """This model, last year's count on the same days, and the model in use on its own test days: rows under TESTED."""
    if not model.told["tests"]:
        return ()
    rows = [_row("这个模型", model, "model"), _row("按上一年处罚次数", model, "last_year")]
    if used is None:
        return (*rows, (Cell("在用的模型", "没有"), Cell("—"), Cell("—")))
    try:
        other = load_model(desk.home, used)
    except BrokenModel:
        return (*rows, (Cell("在用的模型", used), Cell("—", "文件坏了，读不出来"), Cell("—")))
    return (*rows, _row("在用的模型", other, "model", used))


def _row(title: str, model: RiskModel, method: str, note: str = "") -> tuple[Cell, ...]:
    tests = model.told["tests"]
    if not tests:
        return (Cell(title, note), Cell("—", "没有跨期检验"), Cell("—"))
    measure, days = tests[-1][method], [one["day"] for one in tests[:-1]]
    interval = f"{measure['low']:.3f} 至 {measure['high']:.3f}"
    rows = f"{len(days)} 个季末，{tests[-1]['rows']:,} 户次"
    return (Cell(title, note), Cell(f"{measure['auc']:.3f}", interval), Cell(f"{days[0]} 至 {days[-1]}", rows))


def _challenger(desk: Desk, model: RiskModel) -> str:
    """One line on the challenger that was trained beside it."""
    named = model.told.get("challenger")
    if not named:
        return "登记时没有挑战模型。"
    try:
        load_companion(desk.home, named)
    except BrokenModel:
        return f"挑战模型 {named['model_id']} 的文件坏了或不在；评分卡照常可以审批，只少了对照。"
    one = model.told["tests"][-1]["challenger"] if model.told["tests"] else None
    worth = f"同样的检验日 AUC {one['auc']:.3f}（{one['low']:.3f} 至 {one['high']:.3f}），" if one else ""
    return f"挑战模型 {named['model_id']}：{worth}只在旁边对照，不评分，不需要审批。"
