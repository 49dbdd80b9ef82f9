"""Does an accident stand in the history of the vehicle and the driver in it, and only while it is clear who they are?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data import store
from data.duties import lay_out_duties
from data.history import lay_out_history
from data.repair import lay_out_repair_clocks
from tests.data.build.test_cut import NAMES, PEOPLE, PLATES, USCCS
from tests.data.build.test_facts import built
from tests.landed_factory import kept, land

DAY, LATE = date(2026, 1, 5), date(2026, 6, 1)
FIRM = {"name": NAMES[0], "uscc": USCCS[0], "county": "夏县"}
DRIVER = {"name": "张三", "cert_no_key": PEOPLE[0], "cert_no_mask": "1408****", "employer_name": NAMES[0]}
ACCIDENT = {
    "doc_no": "S1", "happened_at": "2026-02-03 10:00", "liability": "全部责任", "uscc": USCCS[0], "subject_name": NAMES[0],
    "plate": PLATES[0], "driver_cert_no_key": PEOPLE[0],
}  # fmt: skip


def vehicle(colour: str) -> dict[str, Any]:
    return {"plate": PLATES[0], "plate_colour": colour, "owner_name": NAMES[0], "owner_uscc": USCCS[0]}


@pytest.mark.parametrize(
    ("colours", "said", "found"),
    [(["黄"], None, {"enterprise", "vehicle", "practitioner"}), (["黄", "蓝"], None, {"enterprise", "practitioner"}),
     (["黄", "蓝"], "蓝", {"enterprise", "vehicle", "practitioner"})],
)  # fmt: skip
def test_an_accident_is_told_of_firm_driver_and_the_one_vehicle_meant(
    tmp_path: Path, colours: list[str], said: str | None, found: set[str]
) -> None:
    home = kept(tmp_path / "home")
    land(home, "enterprise", [FIRM], DAY)
    land(home, "vehicle", [vehicle(colour) for colour in colours], DAY)
    land(home, "practitioner", [DRIVER], DAY)
    land(home, "accident", [ACCIDENT | {"plate_colour": said}], date(2026, 3, 1))
    con = built(home, LATE)
    lay_out_duties(con, LATE)
    lay_out_history(con, LATE)
    lay_out_repair_clocks(con, LATE)
    told = set()
    for subject_type, subject in con.execute("select subject_type, subject_id from subject").fetchall():
        asked = {"subject_id": subject, "kinds": None, "since": None, "page_size": 50, "first": 0, "as_of": LATE}
        if store.run(con, "queries/profile_timeline", **asked).fetchall():
            told.add(subject_type)
    assert told == found
