"""Do checks find more or less by who makes them and on which day of the week, beyond chance? (检查人员与日期的漏斗图)

Data to see whether the record is even, for analysts. Persons are marks made with the home's key: no name leaves here, no order
but that of the marks, and nothing of it is a feature of an enterprise.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.desk import Desk
from data.scored import features_of
from data.store import Snapshot
from models.backtest import SIZE_NAMES, SIZES
from models.funnel import expected_rates, funnel

#: The checks of so many days up to the day are looked at.
WINDOW_DAYS = 365
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
NO_HOURS = "检查记录只有日期，没有时刻，一天之内的差别无从计算；以星期几代替"
CAVEAT = "只用来看记录是否均匀，不用于给人排名；标记由本数据目录的密钥算出，认不出是谁"


def funnels(desk: Desk, snapshot: Snapshot, day: date) -> dict[str, Any]:
    """The funnel plots of the year up to `day`: by inspector (a mark), by authority, by day of the week.

    What is expected of a check follows from whom it met, as known before the year: sector, size, found at fault before.
    """
    start = day - timedelta(days=WINDOW_DAYS)
    checks = snapshot.table("backtest/checked_by", as_of=day, start=start, end=day).to_pandas()
    if checks.empty:
        return {"from": start.isoformat(), "to": day.isoformat(), "checks": 0, "hours": None, "note": NO_HOURS}
    strata = _strata(features_of(snapshot, start).to_pandas(), checks)
    expected = expected_rates(checks["found"], strata)
    weekday = pd.to_datetime(checks["happened_on"]).dt.day_of_week
    persons = _persons(desk, checks.assign(expected=expected))
    return {
        "from": (start + timedelta(days=1)).isoformat(),
        "to": day.isoformat(),
        "checks": len(checks),
        "inspectors": funnel(persons["mark"], persons["found"], persons["expected"].to_numpy()),
        "authorities": funnel(checks["authority"], checks["found"], expected),
        "weekdays": funnel(_weekday_names(weekday), checks["found"], expected),
        "hours": None,
        "note": NO_HOURS,
        "caveat": CAVEAT,
    }


def _strata(before: pd.DataFrame, checks: pd.DataFrame) -> pd.Series:
    """Whom each check met: sector, size and found at fault in the year before; the new ones apart."""
    size = np.array(SIZE_NAMES, dtype=object)[np.searchsorted(SIZES, before["vehicles"].to_numpy(), side="right")]
    bad = np.where(before["findings_365"].to_numpy() > 0, "有", "无")
    met = pd.Series(before["sector"].astype(str).to_numpy() + "|" + size + "|" + bad, index=before["subject_id"].to_numpy())
    return checks["subject_id"].map(met).fillna("新登记")


def _persons(desk: Desk, checks: pd.DataFrame) -> pd.DataFrame:
    """One row per check and inspector, a mark in the place of authority and name; checks that name nobody are left out."""
    named = checks.assign(name=checks["inspectors"].str.split(r"[、,，;；/\s]+", regex=True)).explode("name")
    named = named[named["name"].fillna("") != ""]
    whole = named["authority"] + "|" + named["name"]
    marks = {one: f"员{(desk.person_key(one) or '')[:8]}" for one in whole.unique()}
    return named.assign(mark=whole.map(marks))[["mark", "found", "expected"]].reset_index(drop=True)


def _weekday_names(weekday: pd.Series) -> pd.Series:
    return pd.Series([f"{place + 1} {WEEKDAYS[place]}" for place in weekday], index=weekday.index)
