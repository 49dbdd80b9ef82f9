"""How long does the server work on each page, for the role whose page it is? Streamlit's test driver, really signed in."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.child import ROOT
from bench.homes import home_of
from bench.table import Line, within

SECONDS, PROVINCE = 0.15, 16
_SPENT: list[float] = []


def lines(folder: Path, scales: list[float], runs: int) -> list[Line]:
    """Median and 95th percentile of every page of the sitemap on the largest city; each time the whole script."""
    scale = max(scales)
    home = home_of(folder, scale)
    os.environ["XINJIAN_HOME"] = str(home)
    os.chdir(ROOT)
    goal = SECONDS if scale >= PROVINCE else None
    _watch()
    found = []
    for name, (role, page, query) in _visits().items():
        visit = _visitor(role, page, query)
        visit()
        taken = np.array([visit() for _ in range(runs)])
        note = f"岗位 {role}；p95 {np.percentile(taken, 95):.3f} 秒，{runs} 次；规模 {scale:g}"
        found.append(within(f"页面·{name}", float(np.median(taken)), " 秒", goal, note, 3))
    return found


def _watch() -> None:
    """Note what each run of the script takes, its clearing up included; what the test driver does around it is not counted."""
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

    from pages.parts.server import freeze

    own = ScriptRunner._run_script

    def run(self: ScriptRunner, data: Any) -> None:
        started = time.perf_counter()
        own(self, data)
        _SPENT.append(time.perf_counter() - started)

    setattr(ScriptRunner, "_run_script", run)  # noqa: B010  not an assignment, for the type checker's sake
    logging.disable(logging.WARNING)
    freeze()


def _visits() -> dict[str, tuple[str, str, dict[str, str]]]:
    """Title → who opens which page how."""
    from analytics.grading import find_scheme
    from data.casework.alerts import alerts_page
    from pages.parts import session
    from pages.parts.sitemap import PLACES

    desk = session.lasting_desk()
    con = desk.snapshot()._con.cursor()
    worst = con.execute("select subject_id from risk order by scored_on desc, points desc, subject_id limit 1").fetchone()
    told = con.execute("select batch_id, row_no from penalty where subject_id is not null order by fact_id limit 1").fetchone()
    graded = con.execute("select subject_id, scheme from trial order by ordinal desc nulls last, subject_id limit 1").fetchone()
    most = con.execute("select scheme from trial group by scheme order by count(*) desc, scheme limit 1").fetchone()
    assert worst is not None
    assert told is not None
    assert graded is not None
    assert most is not None
    alert = alerts_page(desk.casework, limit=1)[0][0]["alert_id"]
    queries = {
        "profile": {"id": worst[0]},
        "source": {"batch": told[0], "row": str(told[1])},
        "alert": {"id": alert},
        "lookup": {"q": "运输"},
        "records": {"kind": "处罚"},
        "evaluation": {"scheme": find_scheme(most[0]).title},
        "evaluation_sheet": {"id": graded[0], "sheet": graded[1]},
    }
    doors = {"see_overview": "head", "look_up": "inspector", "explore": "analyst", "see_queue": "analyst", "land": "clerk"}
    left = {"handed"}  # the page of one file handed in; there is none here
    return {
        place.title: (doors.get(place.permission, "head"), place.file, queries.get(place.address, {}))
        for place in PLACES
        if place.address not in left
    }


def _visitor(role: str, page: str, query: dict[str, str]) -> Callable[[], float]:
    """Opens the page once, as a reload does, and says how many seconds the script took."""
    from streamlit.testing.v1 import AppTest

    from analytics.founding import password_of
    from pages.parts import session

    token = session.open_session(role, password_of(role))
    overridden: Any = session
    overridden.token = lambda: token
    overridden.refusal = lambda: None

    def visit() -> float:
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        test.switch_page(page)
        for name, value in query.items():
            test.query_params[name] = value
        _SPENT.clear()
        test.run()
        if test.exception:
            raise SystemExit(f"{page} 出错：{test.exception[0].message}")
        return sum(_SPENT)

    return visit
