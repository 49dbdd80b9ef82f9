from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from data import scored, store
from data.build import build_facts, landed_batches
from data.home import Home
from data.rulebook import load_rulebook
from models.features import FILE, load_features
from models.scoring import thin_reasons
from tests.landed_factory import kept, land
from tests.rules.ledger import TABLES, ledger

DAY = date(2025, 6, 30)
SQL = store.compose("risk/features")


def firm(**told: Any) -> dict[str, Any]:
    row = {"subject_id": "e1", "sector": "普通货物运输", "county": "夏县", "status": "营业", "licence_from": date(2020, 1, 1)}
    return {**row, **told}


def features(tables: dict[str, list[dict[str, Any]]], day: date = DAY, subject: str = "e1") -> dict[str, Any]:
    rows = scored.features_on(ledger(tables), day).to_pylist()
    found = [row for row in rows if row["subject_id"] == subject]
    assert len(found) == 1
    return found[0]


def check(day: date, result: str = "合格", subject: str = "e1", **told: Any) -> dict[str, Any]:
    return {"subject_id": subject, "happened_on": day, "result": result, **told}


def test_checks_and_findings_are_counted_within_their_windows() -> None:
    days = [DAY, DAY - timedelta(364), DAY - timedelta(365), DAY - timedelta(729), DAY - timedelta(730), DAY - timedelta(1095)]
    found = features({"enterprise": [firm()], "inspection": [check(day, "责令整改") for day in days]})
    assert (found["checks_365"], found["checks_730"], found["checks_1095"]) == (2, 4, 5)
    assert (found["findings_365"], found["findings_730"], found["findings_1095"]) == (2, 4, 5)
    assert found["days_since_check"] == 0


@pytest.mark.parametrize(
    ("result", "finds"),
    [
        ("合格", 0),
        ("未发现问题", 0),
        ("没有发现违法行为", 0),
        (None, 0),
        ("责令整改", 1),
        ("移送处罚", 1),
        ("不合格", 1),
        ("发现问题", 1),
    ],
)
def test_a_check_finds_something_when_its_result_says_so(result: str | None, finds: int) -> None:
    found = features({"enterprise": [firm()], "inspection": [check(DAY, result)]})  # type: ignore[arg-type]
    assert found["findings_365"] == finds


def test_the_share_of_findings_weighs_the_recent_more_and_few_checks_like_the_peers() -> None:
    def share(day: date, others: str) -> int:
        peers = [firm(subject_id=f"p{n}") for n in range(12)]
        checks = [check(DAY, others, f"p{n}") for n in range(12)]
        return features({"enterprise": [firm(), *peers], "inspection": [check(day, "责令整改"), check(day), *checks]})[
            "finding_share_permille"
        ]

    assert share(DAY - timedelta(10), "合格") > share(DAY - timedelta(1000), "合格")
    assert share(DAY, "责令整改") > share(DAY, "合格")
    assert 0 < share(DAY, "合格") < 500 < share(DAY, "责令整改") < 1000


def test_a_penalty_counts_while_it_is_published_and_not_a_day_longer() -> None:
    row = {"subject_id": "e1", "happened_on": DAY - timedelta(30), "severity_level": "一般"}
    for until, counted in ((None, 1), (DAY + timedelta(1), 1), (DAY, 0), (DAY - timedelta(1), 0)):
        found = features({"enterprise": [firm()], "penalty": [{**row, "publish_until": until}]})
        assert (found["penalties_365"], found["ordinary_365"]) == (counted, counted)


def test_a_repaired_penalty_is_out_from_the_day_of_its_repair() -> None:
    row = {"subject_id": "e1", "happened_on": DAY - timedelta(30), "severity_level": "严重", "until": DAY}
    tables = {"enterprise": [firm()], "penalty": [row]}
    assert features(tables)["penalties_365"] == 0
    assert features(tables, DAY - timedelta(1))["penalties_365"] == 1


def test_an_over_limit_vehicle_counts_for_who_owns_it_on_the_day() -> None:
    fleet = [
        {"subject_id": "v1", "owner_id": "e1", "plate": "晋M1", "until": DAY},
        {"subject_id": "v1", "owner_id": "e2", "plate": "晋M1", "known_on": DAY},
    ]
    tables = {
        "enterprise": [firm(), firm(subject_id="e2")],
        "vehicle": fleet,
        "overload": [{"subject_id": "v1", "happened_on": DAY - timedelta(60), "enterprise_id": "e1"}],
    }
    assert (features(tables)["overloads_365"], features(tables, subject="e2")["overloads_365"]) == (0, 1)
    assert features(tables, DAY - timedelta(1))["overloads_365"] == 1
    assert (features(tables)["vehicles"], features(tables, subject="e2")["goods_vehicles"]) == (0, 1)


def test_only_enterprises_in_business_are_judged() -> None:
    closed = firm(subject_id="e2", status="注销")
    rows = scored.features_on(ledger({"enterprise": [firm(), closed]}), DAY).to_pylist()
    assert [row["subject_id"] for row in rows] == ["e1"]


def test_a_fact_known_later_changes_no_feature() -> None:
    later = {"known_on": DAY + timedelta(1)}
    tables: dict[str, list[dict[str, Any]]] = {"enterprise": [firm()], "inspection": [check(DAY)]}
    before = features(tables)
    event = {"subject_id": "e1", "happened_on": DAY, **later}
    planted = {
        "complaint": [{**event, "outcome": "属实"}],
        "accident": [{**event, "liability": "全部责任"}],
        "monitoring": [{**event, "alarms": 9, "handled": 1, "overspeed": 3, "vehicles": 2}],
        "rating": [
            {**event, "scheme": "企业信用风险分类", "grade": "D"},
            {**event, "scheme": "水路运输信用评价", "grade": "C"},
        ],
        "commitment": [{**event, "kept": "未履行"}],
        "list_entry": [event],
        "operating_licence": [{**event, "valid_until": DAY}],
        "inspection": [*tables["inspection"], check(DAY, "责令整改", **later)],
        "penalty": [{"subject_id": "e1", "happened_on": DAY, "severity_level": "严重", **later}],
        "vehicle": [{"subject_id": "v1", "owner_id": "e1", "plate": "晋M1", **later}],
        "practitioner": [{"subject_id": "p1", "employer_id": "e1", **later}],
        "enterprise": [firm(), firm(county="永济市", status="注销", **later)],
    }
    assert features({**tables, **planted}) == before


def test_a_column_of_the_future_changes_no_feature() -> None:
    tables = {"enterprise": [firm()], "inspection": [check(DAY)], "penalty": [{"subject_id": "e1", "happened_on": DAY}]}
    con = ledger(tables)
    before = scored.features_on(con, DAY).to_pylist()
    for table in TABLES[:-1]:
        con.execute(f"alter table {table} add column penalised_next boolean default true")
    assert scored.features_on(con, DAY).to_pylist() == before


@pytest.mark.parametrize(
    ("column", "table", "row", "days"),
    [
        ("complaints_730", "complaint", {"outcome": "属实"}, 730),
        ("complaints_730", "complaint", {"outcome": "部分属实"}, 730),
        ("accidents_1095", "accident", {"liability": "同等责任"}, 1095),
        ("broken_1095", "commitment", {"kept": "未履行"}, 1095),
        ("overdue_1095", "inspection", {"result": "责令整改", "rectify_by": date(2020, 1, 1)}, 1095),
        ("clear_checks_1095", "inspection", {"result": "合格"}, 1095),
        ("penalties_1095", "penalty", {"severity_level": "轻微"}, 1095),
        ("alarms_180", "monitoring", {"alarms": 1}, 180),
    ],
)
def test_a_record_counts_from_its_day_to_the_last_of_its_window(
    column: str, table: str, row: dict[str, Any], days: int
) -> None:
    for age, counted in ((-1, 0), (0, 1), (days - 1, 1), (days, 0)):
        day = DAY - timedelta(age)
        event = {"subject_id": "e1", "happened_on": day, "known_on": min(day, DAY), **row}
        assert features({"enterprise": [firm()], table: [event]})[column] == counted, age


@pytest.mark.parametrize(
    ("column", "table", "row"),
    [
        ("complaints_730", "complaint", {"outcome": "不属实"}),
        ("complaints_730", "complaint", {"outcome": "办理中"}),
        ("accidents_1095", "accident", {"liability": "次要责任"}),
        ("accidents_1095", "accident", {"liability": "无责任"}),
        ("broken_1095", "commitment", {"kept": "履行中"}),
        ("overdue_1095", "inspection", {"result": "责令整改", "rectify_by": DAY}),
        ("overdue_1095", "inspection", {"result": "责令整改", "rectify_by": date(2020, 1, 1), "rectify_result": "已整改"}),
        ("lists", "list_entry", {"listed_until": DAY}),
        ("lists", "list_entry", {"removed_on": DAY}),
    ],
)
def test_what_does_not_speak_against_an_enterprise_is_not_counted(column: str, table: str, row: dict[str, Any]) -> None:
    event = {"subject_id": "e1", "happened_on": DAY, **row}
    assert features({"enterprise": [firm()], table: [event]})[column] == 0


def test_a_grave_penalty_weighs_more_and_an_old_one_less() -> None:
    def weight(level: str, age: int) -> int:
        row = {"subject_id": "e1", "happened_on": DAY - timedelta(age), "severity_level": level}
        return features({"enterprise": [firm()], "penalty": [row]})["severity_points"]  # type: ignore[no-any-return]

    assert [weight(level, 0) for level in ("轻微", "一般", "较重", "严重")] == [100, 300, 600, 1200]
    assert weight("一般", 0) > weight("一般", 500) > weight("一般", 1094) == 0


def test_the_last_published_grade_is_the_newest_of_its_day_and_the_class_of_the_market_is_apart() -> None:
    rated = [("道路运输企业质量信誉考核", "A", 400), ("道路运输企业质量信誉考核", "AA", 40), ("企业信用风险分类", "C", 10)]
    rows = [{"subject_id": "e1", "happened_on": DAY - timedelta(age), "scheme": s, "grade": g} for s, g, age in rated]
    found = features({"enterprise": [firm()], "rating": rows})
    assert (found["last_grade"], found["market_class"]) == ("道路运输企业质量信誉考核 AA", "C")
    none = features({"enterprise": [firm()]})
    assert (none["last_grade"], none["market_class"]) == ("没有", "没有")


def test_where_there_is_nothing_to_count_of_a_value_of_its_own_says_so() -> None:
    found = features({"enterprise": [firm()]})
    assert [found[one] for one in ("speeding_x100", "unhandled_permille", "vehicles_lapsing_permille")] == [-1, -1, -1]
    assert found["licence_days"] == -9999
    frame = scored.features_on(ledger({"enterprise": [firm()]}), DAY).to_pandas()
    assert load_features()["speeding_x100"].said(frame, ["占 7.0%"]) == ["近 180 天没有动态监控记录（占 7.0%）"]


def test_vehicles_and_certificates_lapse_thirty_days_ahead() -> None:
    fleet = [
        {"subject_id": f"v{n}", "owner_id": "e1", "plate": f"晋M{n}", "inspection_until": DAY + timedelta(days)}
        for n, days in enumerate((-1, 29, 30))
    ]
    people = [
        {"subject_id": f"p{n}", "employer_id": "e1", "valid_until": DAY + timedelta(days), "integrity_grade": "B"}
        for n, days in enumerate((29, 30))
    ]
    found = features({"enterprise": [firm()], "vehicle": fleet, "practitioner": people})
    assert (found["vehicles_lapsing"], found["vehicles_lapsing_permille"]) == (2, 666)
    assert (found["staff_lapsing"], found["staff_lapsing_permille"], found["staff_failed"]) == (1, 500, 2)


def test_a_change_of_name_or_representative_counts_while_it_is_recent() -> None:
    def told(name: str, rep: str, age: int) -> dict[str, Any]:
        return firm(name=name, legal_rep=rep, known_on=DAY - timedelta(age))

    lines = followed([told("甲", "张", 900), told("乙", "张", 800), told("乙", "李", 300), told("乙", "李", 100)])
    assert features({"enterprise": lines})["changes_730"] == 1
    assert features({"enterprise": lines}, DAY - timedelta(80))["changes_730"] == 2


def followed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Versions of one line as the build leaves them: each ends when the next becomes known."""
    ends = [{"until": one["known_on"], "until_reason": "corrected"} for one in lines[1:]]
    return [{**line, **end} for line, end in zip(lines, [*ends, {}], strict=True)]


def test_a_renewed_licence_makes_nobody_new() -> None:
    lines = [
        firm(licence_from=DAY - timedelta(days), licence_until=DAY + timedelta(1500), known_on=DAY - timedelta(days - 10))
        for days in (3000, 1500, 40)
    ]
    assert features({"enterprise": followed(lines)})["age_days"] == 3000
    assert features({"enterprise": followed(lines)}, DAY - timedelta(1500))["age_days"] == 1500
    mistaken = {**lines[0], "until": DAY - timedelta(2000), "until_reason": "withdrawn"}
    assert features({"enterprise": [mistaken, *followed(lines[1:])]})["age_days"] == 1500


def test_who_inspected_and_which_authority_acted_is_never_read() -> None:
    assert not re.search(r"inspectors|authority|source_unit|penalty_category", SQL)


def test_features_of_a_day_do_not_depend_on_the_day_of_the_build(tmp_path: Any) -> None:
    home: Home = kept(tmp_path / "home")
    code = "91140881XJ5830387N"
    land(
        home, "enterprise", [{"uscc": code, "name": "甲运输有限公司", "sector": "客运班线", "county": "夏县"}], date(2024, 1, 9)
    )
    for number, day in enumerate((date(2024, 5, 2), date(2025, 5, 2), date(2025, 9, 2))):
        row = {"uscc": code, "subject_name": "甲", "doc_no": str(number), "inspected_on": day, "result": "责令整改"}
        land(home, "inspection", [row], day + timedelta(9))
    seen = []
    for as_of in (DAY, date(2026, 10, 31)):
        con = store.connect()
        build_facts(con, landed_batches(home), as_of, load_rulebook().severity)
        seen.append(scored.features_on(con, DAY).to_pylist())
    assert seen[0] == seen[1]
    assert seen[0][0]["findings_730"] == 2


def test_every_feature_is_a_column_and_so_is_every_figure_of_its_sentences() -> None:
    columns = set(scored.features_on(ledger({"enterprise": [firm()]}), DAY).column_names)
    named = set(re.findall(r"\{(?:was_)?([a-z0-9_]+)\}", FILE.read_text(encoding="utf-8"))) - {"where"}
    assert named | set(load_features()) | {each.count for each in load_features().values()} <= columns


def test_a_sentence_tells_count_window_and_the_figure_of_the_peers() -> None:
    peers = [firm(subject_id=f"p{n}") for n in range(9)]
    told = {"enterprise": [firm(), *peers], "inspection": [check(DAY, "责令整改"), check(DAY), check(DAY, "合格", "p1")]}
    frame = scored.features_on(ledger(told), DAY).to_pandas()
    frame = frame[frame["subject_id"] == "e1"]
    said = load_features()["finding_share_permille"].said(frame, [""])
    assert said == ["近 36 个月检查 2 次，其中 1 次发现问题（同类企业平均每 10 次 3.33 次）"]
    assert load_features()["vehicles"].said(frame, [""]) == ["没有在册车辆（全市平均 0 辆）"]
    assert load_features()["sector"].said(frame, ["占 7.0%"]) == ["行业为普通货物运输（占 7.0%）"]


def test_too_little_to_say_is_said_and_why() -> None:
    from data.risk_classes import load_risk_classes

    classes = load_risk_classes(DAY)
    young = firm(subject_id="e2", licence_from=None, known_on=DAY - timedelta(179))
    old = check(DAY - timedelta(730))
    told = {
        "enterprise": [firm(), young, firm(subject_id="e3")],
        "inspection": [old, check(DAY, subject="e2"), check(DAY, subject="e3")],
    }
    frame = scored.features_on(ledger(told), DAY).to_pandas()
    assert thin_reasons(frame, classes).tolist() == ["近 24 个月没有检查、处罚、超限记录", "登记不足 180 天", None]


@pytest.mark.parametrize(
    ("name", "row", "up", "said"),
    [
        ("vehicles", {"vehicles": 4, "city_vehicles_x100": 409}, True, "在册车辆 4 辆（占 7.0%）"),
        ("vehicles", {"vehicles": 4, "city_vehicles_x100": 409}, False, "在册车辆 4 辆（全市平均 4.09 辆）"),
        ("vehicles", {"vehicles": 4, "city_vehicles_x100": 400}, True, "在册车辆 4 辆（全市平均 4 辆）"),
        ("vehicles", {"vehicles": 5, "city_vehicles_x100": 409}, False, "在册车辆 5 辆（占 7.0%）"),
        (
            "finding_share_permille",
            {"checks_1095": 10, "findings_1095": 2, "peer_share_x100": 247, "peer_checks_x100": 900},
            True,
            "近 36 个月检查 10 次，其中 2 次发现问题（占 7.0%）",
        ),
        (
            "finding_share_permille",
            {"checks_1095": 10, "findings_1095": 3, "peer_share_x100": 247, "peer_checks_x100": 900},
            True,
            "近 36 个月检查 10 次，其中 3 次发现问题（同类企业平均每 10 次 2.47 次）",
        ),
        (
            "overload_percent",
            {"goods_vehicles": 20, "overloads_1095": 3, "peer_overloads_x100": 160},
            True,
            "近 36 个月 20 辆货运车辆超限 3 次（占 7.0%）",
        ),
        ("sector", {"sector": "普通货物运输"}, True, "行业为普通货物运输（占 7.0%）"),
    ],
)
def test_the_average_a_reason_quotes_never_speaks_against_its_direction(
    name: str, row: dict[str, Any], up: bool, said: str
) -> None:
    import pandas as pd

    assert load_features()[name].said(pd.DataFrame([row]), ["占 7.0%"], [up]) == [said]
