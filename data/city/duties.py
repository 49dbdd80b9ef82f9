"""What do the registers say of this year's decisions, and what did the platform answer to those that were reported?

The registers are exported by the systems, a file per unit and month, for all alike a few days after the month. The platform
answers the city once a month, by packages of a unit and month. Nothing here changes a record: decisions that nobody reported
are lines of the registers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from data.city import books, routes
from data.city.books import days, joined, texts, where
from data.city.codes import Ints, padded
from data.city.decisions import Sheet, delivered
from data.city.lines import late_units, lines
from data.city.model import Calendar, Days, Flags
from data.city.profile import units, words
from data.workdays import add_workdays_to

#: A decision is to be reported, and a changed one withdrawn, within so many working days (data/rules of the reporting duty).
TERM, WITHDRAWAL = 7, 3
#: Shares of what was reported: late (of an ordinary unit, of an always late one), returned for good, returned and sent again,
#: never answered; changed or revoked within the month of the decision.
LATE, VERY_LATE, RETURNED, AGAIN, UNANSWERED, CHANGED = 0.05, 0.45, 0.015, 0.02, 0.015, 0.006
_BEHIND, _REGISTER_LAG, _RECEIPT_LAG, _LEAST, _MOST = 9.0, 3, 2, 2, 90
_REASONS = ("统一社会信用代码校验不通过", "决定日期格式错误", "必填项为空", "与已入库记录重复")
_NONE = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Planted:
    """Per line: the day of the platform's answer that was delivered (NaT: none), whether it took the record in, the day of an
    earlier return (NaT: none), the status and its day."""

    answered: Days
    accepted: Flags
    returned: Days
    status: npt.NDArray[np.str_]
    changed: Days


def duties(rng: np.random.Generator, calendar: Calendar, sheets: Mapping[str, Sheet]) -> tuple[dict[str, Sheet], pd.DataFrame]:
    """The registers, the receipts, and the truth: a row per decision with where its reporting stands on the last day."""
    told = lines(rng, calendar, sheets)
    planted = _plant(rng, told, calendar)
    truth = pd.DataFrame(
        {
            "matter_kind": told["matter_kind"].astype(str),
            "unit": np.array(units().names)[told["unit"]],
            "doc_no": told["doc_no"].astype(str),
            "decided_on": told["decided_on"],
            "status": planted.status,
            "state": _states(told, planted, calendar),
        }
    )
    made = {"decision_register": _register(told, planted, calendar), "receipt": _receipts(rng, told, planted, calendar)}
    return made, truth


def _plant(rng: np.random.Generator, told: pd.DataFrame, calendar: Calendar) -> Planted:
    count, decided = len(told), told["decided_on"].to_numpy().astype("datetime64[D]")
    must = ((told["exempt"] == "") & told["recorded"]).to_numpy(bool)
    late = rng.random(count) < np.where(late_units()[told["unit"]], VERY_LATE, LATE)
    after = np.where(late, TERM + 1 + rng.exponential(_BEHIND, count).astype(np.int64), rng.integers(1, TERM + 1, count))
    free = rng.permutation(np.flatnonzero(must))
    gone, silent, changed, again = np.split(
        free, np.cumsum([max(_LEAST, round(share * len(free))) for share in (RETURNED, UNANSWERED, 2 * CHANGED)])
    )
    within = decided[changed] + rng.integers(2, 7, len(changed))
    same = (within.astype("datetime64[M]") == decided[changed].astype("datetime64[M]")) & (within <= calendar.as_of - 6)
    changed, within = changed[same], within[same]
    revoked, altered = changed[::2], changed[1::2]
    status = np.full(count, "正常")
    status[revoked], status[altered] = "撤销", "变更"
    when = np.full(count, _NONE)
    when[changed] = within
    after[altered] = 1
    answered = _after(decided, np.minimum(after, _MOST))
    answered[~must] = answered[silent] = answered[revoked] = _NONE
    accepted = np.ones(count, dtype=bool)
    accepted[gone] = False
    again = again[: round(AGAIN * len(free))]
    returned = np.full(count, _NONE)
    returned[again] = _after(decided[again], np.maximum(np.minimum(after[again], _MOST) - 1, 1))
    returned[_unseen(returned, calendar)] = _NONE
    answered[_unseen(answered, calendar)] = _NONE
    return Planted(answered, accepted, returned, status, when)


def _after(day: Days, workdays: Ints) -> Days:
    """Each day's so-manieth working day after it."""
    found = np.full(len(day), _NONE)
    for number in np.unique(workdays).tolist():
        here = workdays == number
        found[here] = add_workdays_to(day[here], number)
    return found


def _unseen(answered: Days, calendar: Calendar) -> Flags:
    """Whether an answer came too late to be in any file of the story."""
    able = np.where(np.isnat(answered), calendar.as_of, answered)
    return np.isnat(_receipt_route(calendar, able).received)


def _receipt_route(calendar: Calendar, day: Days) -> routes.Route:
    return routes.by_unit(calendar, np.full(len(day), routes.CITY_UNIT), day, _RECEIPT_LAG)


def _states(told: pd.DataFrame, planted: Planted, calendar: Calendar) -> npt.NDArray[np.str_]:
    """Where each duty stands on the last day, by what was delivered."""
    due = add_workdays_to(told["decided_on"].to_numpy().astype("datetime64[D]"), TERM)
    answer, taken = ~np.isnat(planted.answered), planted.accepted & ~np.isnat(planted.answered)
    later = np.maximum(planted.changed, planted.answered)
    stays = taken & (planted.status != "正常")
    over = np.zeros(len(told), dtype=bool)
    over[stays] = add_workdays_to(later[stays], WITHDRAWAL) < calendar.as_of
    exempt = (told["exempt"] != "").to_numpy(bool) | (planted.status == "撤销")
    cases = [
        (stays & over, "逾期未撤"), (stays, "待撤下"), (exempt, "不予公示"), (taken & (planted.answered <= due), "及时"),
        (taken, "迟报"), (answer | ~np.isnat(planted.returned), "退回"), (calendar.as_of <= due, "待报"),
        (told["recorded"].to_numpy(bool), "未确认"),
    ]  # fmt: skip
    return np.select([case for case, _ in cases], [state for _, state in cases], "逾期未报")


def _register(told: pd.DataFrame, planted: Planted, calendar: Calendar) -> Sheet:
    unit, decided = told["unit"].to_numpy(), told["decided_on"].to_numpy().astype("datetime64[D]")
    name, code = words(units().names, unit), words(units().codes, unit)
    exempt = told["exempt"].to_numpy(dtype=object) != ""
    columns: dict[str, books.Column] = {
        "unit": name,
        "unit_code": code,
        **{each: _text(told, each) for each in ("matter_kind", "doc_no", "subject_name", "subject_category", "uscc")},
        **{each: _text(told, each) for each in ("id_type", "id_no", "procedure")},
        "decided_on": days(decided),
        "publish": where(exempt, "不予公示", "公示"),
        "exempt_reason": _text(told, "exempt"),
        "status": pa.array(planted.status),
        "changed_on": days(planted.changed),
        "authority": name,
        "authority_code": code,
    }
    route = routes.by_unit(calendar, unit, decided, _REGISTER_LAG)
    return delivered("decision_register", "案件许可登记簿", columns, route)


def _receipts(rng: np.random.Generator, told: pd.DataFrame, planted: Planted, calendar: Calendar) -> Sheet:
    """Every answer, an earlier return before the one that counts; by the days."""
    first, last = np.flatnonzero(~np.isnat(planted.returned)), np.flatnonzero(~np.isnat(planted.answered))
    place = np.concatenate([first, last])
    day = np.concatenate([planted.returned[first], planted.answered[last]])
    taken = np.concatenate([np.zeros(len(first), dtype=bool), planted.accepted[last]])
    sent = np.concatenate([np.zeros(len(first), np.int64), np.ones(len(last), np.int64)])
    order = np.lexsort((place, sent, day))
    place, day, taken, sent = place[order], day[order], taken[order], sent[order]
    rows = told.iloc[place]
    unit, month = rows["unit"].to_numpy(), day.astype("datetime64[M]").astype(np.int64)
    package = joined("BS", padded(unit + 1, 2), texts((month // 12 + 1970) * 100 + month % 12 + 1), padded(sent + 1, 2))
    columns: dict[str, books.Column] = {
        "package_no": package,
        **{each: _text(rows, each) for each in ("matter_kind", "doc_no", "subject_name", "uscc")},
        "outcome": where(taken, "入库成功", "退回"),
        "receipt_on": days(day),
        "platform_no": where(taken, joined("XY", padded(np.arange(len(place)) + 1, 10))),
        "reason": where(taken, "", words(_REASONS, rng.integers(len(_REASONS), size=len(place)))),
        "source_unit": words(units().names, unit),
    }
    return delivered("receipt", "平台回执", columns, _receipt_route(calendar, day))


def _text(told: pd.DataFrame, name: str) -> pa.Array:
    return pa.array(told[name].to_numpy(dtype=object), pa.string())
