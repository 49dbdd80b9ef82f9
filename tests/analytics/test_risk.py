"""What does the small city's snapshot say of a risk, in which classes, with which advice, and does it add up?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analytics.desk import Desk
from analytics.risk import CAVEAT, advice_of, risk_of
from data import store
from data.home import Home
from models.features import load_features
from tests.fixtures_city import CITY_DAY


@pytest.fixture(scope="module")
def con(city_home: Any) -> Any:
    home = Home(city_home)
    found = store.connect(store.snapshot_path(home, str(store.current_build(home))), read_only=True)
    yield found
    found.close()


def ask(con: Any, question: str) -> list[tuple[Any, ...]]:
    return con.execute(question).fetchall()


def test_every_enterprise_in_business_is_scored_counted_and_advised_once(con: Any) -> None:
    for table in ("advice", "enterprise_count", "(from risk where scored_on = date '2026-10-31')"):
        assert ask(con, f"select count(*) = count(distinct subject_id) from {table}") == [(True,)]
    assert (
        ask(con, "select subject_id from risk where scored_on = date '2026-10-31' except select subject_id from advice") == []
    )
    assert ask(con, "select distinct scored_on from risk order by 1") == [(CITY_DAY.replace(month=9, day=30),), (CITY_DAY,)]
    business = "select count(*) from subject where subject_type = 'enterprise' and registered and status = '营业'"
    assert ask(con, business) == ask(con, "select count(*) from advice")


def test_the_classes_are_shares_of_the_evidenced(con: Any) -> None:
    counted = dict(ask(con, "select risk_class, count(*) from risk where scored_on = date '2026-10-31' group by 1"))
    [(size,)] = ask(con, "select distinct city_size from risk where scored_on = date '2026-10-31' and city_size is not null")
    assert size == sum(counted.values()) - counted["证据不足"]
    assert counted["高"] / size == pytest.approx(0.05, abs=0.01)
    assert counted["较高"] / size == pytest.approx(0.15, abs=0.02)
    assert counted["低"] / size == pytest.approx(0.40, abs=0.03)


def test_thin_data_is_a_class_of_its_own_with_a_reason_and_without_a_figure(con: Any) -> None:
    thin = "select count(*) from risk where risk_class = '证据不足'"
    assert ask(con, thin)[0][0] > 20
    assert ask(con, f"{thin} and (thin_reason is null or points is not null or probability is not null)") == [(0,)]
    assert ask(con, "select count(*) from risk where risk_class <> '证据不足' and (points is null or probability is null)") == [
        (0,)
    ]
    assert ask(con, "select count(*) from risk r join advice a using (subject_id) where r.scored_on = date '2026-10-31' and "
                    "risk_class = '证据不足' and recommendation = '降低频次'") == [(0,)]  # fmt: skip


def test_the_parts_of_every_change_sum_to_it(con: Any) -> None:
    assert ask(con, "select count(*) from risk_change")[0][0] > 50
    off = (
        "select subject_id from risk_change group by subject_id "
        "having sum(points_change) <> max(to_points) - max(from_points) or min(to_points) <> max(to_points)"
    )
    assert ask(con, off) == []
    silent = (
        "select n.subject_id from risk n join risk b using (subject_id) where n.scored_on = date '2026-10-31' "
        "and b.scored_on = date '2026-09-30' and n.points <> b.points except select subject_id from risk_change"
    )
    assert ask(con, silent) == []


def test_the_causes_of_every_change_sum_to_it(con: Any) -> None:
    assert ask(con, "select count(distinct cause) from risk_cause")[0][0] >= 4
    off = (
        "select n.subject_id from risk n join risk b using (subject_id) "
        "left join (select subject_id, sum(points_change) as moved from risk_cause group by 1) c using (subject_id) "
        "where n.scored_on = date '2026-10-31' and b.scored_on = date '2026-09-30' "
        "and n.points is not null and b.points is not null and n.points - b.points <> coalesce(c.moved, 0)"
    )
    assert ask(con, off) == []
    assert ask(con, "select subject_id from risk_cause except select subject_id from risk where points is not null") == []


def test_the_advice_follows_from_class_warnings_and_checks(con: Any) -> None:
    rows = ask(
        con,
        "select a.recommendation, r.risk_class, coalesce(w.red, 0) as red, coalesce(w.orange, 0) as orange, "
        "c.checks_730 - c.findings_730 as clean, a.because from advice a join risk r using (subject_id) "
        "join enterprise_count c using (subject_id) left join (select subject_id, count(*) filter (level = 'red') as red, "
        "count(*) filter (level = 'orange') as orange from condition where subject_type = 'enterprise' group by 1) w "
        "using (subject_id) where r.scored_on = date '2026-10-31'",
    )
    for recommendation, risk_class, red, orange, clean, because in rows:
        if risk_class == "高" or red:
            wanted = "优先列入计划"
        elif risk_class == "证据不足":
            wanted = "证据不足"
        else:
            calm = not orange and "车辆、从业人员有" not in because
            wanted = "降低频次" if risk_class == "低" and calm and clean else "按计划抽查"
        assert recommendation == wanted
        assert because
        assert because.startswith(f"有 {red} 条红色预警未结束") == bool(red)
    assert {row[0] for row in rows} == {"优先列入计划", "按计划抽查", "降低频次", "证据不足"}


def test_a_red_warning_of_a_vehicle_or_a_person_never_goes_with_fewer_inspections(con: Any) -> None:
    below = (
        "select s.owner_id, count(*) from condition c join subject s using (subject_type, subject_id) "
        "where c.level = 'red' and c.subject_type <> 'enterprise' and s.owner_id is not null group by 1"
    )
    rows = ask(
        con,
        f"select recommendation, risk_class, because, red from ({below}) as w(subject_id, red) "
        "join advice using (subject_id) join risk r using (subject_id) where r.scored_on = date '2026-10-31'",
    )
    assert "低" in {row[1] for row in rows}
    assert "降低频次" not in {row[0] for row in rows}
    assert all(f"车辆、从业人员有 {red} 条红色预警未结束" in because for _, _, because, red in rows)


def test_the_riskiest_twentieth_is_warned_of_with_the_records_behind(con: Any) -> None:
    warned = ask(con, "select subject_id, sentence, basis from condition where rule_id = 'risk-highest' order by 1")
    assert [row[0] for row in warned] == [
        row[0]
        for row in ask(con, "select subject_id from risk where scored_on = date '2026-10-31' and risk_class = '高' order by 1")
    ]
    assert all("在最高的 5% 之内（" in sentence and basis == "assumption" for _, sentence, basis in warned)
    assert ask(con, "select min(n) > 0 from (select count(*) as n from condition_evidence where rule_id = 'risk-highest' "
                    "group by subject_id)") == [(True,)]  # fmt: skip


def test_the_view_of_one_enterprise_says_all_of_it(city_desk: Desk, con: Any) -> None:
    [(subject,)] = ask(con, "select subject_id from risk where city_rank = 1 and scored_on = date '2026-10-31' limit 1")
    view = risk_of(city_desk, subject)
    assert view is not None
    assert (view.risk_class, view.advice, view.caveat) == ("高", "优先列入计划", CAVEAT)
    assert (view.synthetic, view.basis, view.city_rank, view.scored_on) == (True, "assumption", 1, CITY_DAY)
    assert view.band_low <= view.probability <= view.band_high
    assert view.trained_to is not None
    assert view.trained_to < CITY_DAY
    assert view.reasons[0].sentence
    assert {each.feature for each in view.reasons} <= load_features().keys()
    assert [each.ordinal for each in view.reasons] == list(range(1, len(view.reasons) + 1))
    assert view.previous_day == CITY_DAY.replace(month=9, day=30)


def test_who_is_no_enterprise_in_business_has_no_risk(city_desk: Desk, con: Any) -> None:
    [(vehicle,)] = ask(con, "select min(subject_id) from subject where subject_type = 'vehicle'")
    [(closed,)] = ask(con, "select min(subject_id) from subject where subject_type = 'enterprise' and status = '注销'")
    assert risk_of(city_desk, vehicle) is None
    assert risk_of(city_desk, closed) is None
    assert risk_of(city_desk, "e0000000000000000") is None
    assert advice_of(city_desk, [vehicle, closed]) == {}
    assert advice_of(city_desk, []) == {}


def test_the_advice_of_several_is_the_advice_of_each(city_desk: Desk, con: Any) -> None:
    ids = [row[0] for row in ask(con, "select subject_id from advice order by 1 limit 20")]
    found = advice_of(city_desk, ids)
    assert list(found) == ids
    for subject in ids:
        view = risk_of(city_desk, subject)
        assert view is not None
        assert (found[subject].risk_class, found[subject].recommendation) == (view.risk_class, view.advice)


def test_every_month_stands_as_if_that_were_the_day(con: Any, city_desk: Any) -> None:
    assert ask(con, "select count(distinct month_end), min(month_end), max(month_end) from risk_month") == [
        (24, date(2024, 10, 31), date(2026, 9, 30))
    ]
    differ = (
        "select subject_id, risk_class, points, city_rank from risk where scored_on = date '2026-09-30' except "
        "select subject_id, risk_class, points, city_rank from risk_month where month_end = date '2026-09-30'"
    )
    assert ask(con, differ) == []
    assert ask(con, "select count(*) from risk_month where (points is null) <> (risk_class = '证据不足')") == [(0,)]


def test_months_taken_over_are_those_made_anew(city_copy: Any) -> None:
    from analytics.refresh import refresh
    from data import store
    from data.home import open_home
    from data.settings import Settings
    from tests.fixtures_city import CITY_NOW

    settings, home = Settings.load({}, city_copy), open_home(city_copy)
    told = []
    for forget in (False, True):
        if forget:
            for path in home.build.iterdir():
                path.unlink()
        refresh(settings, date(2026, 11, 1), CITY_NOW, "test")
        build = store.current_build(home)
        assert build is not None
        snapshot = store.open_snapshot(home, build)
        told.append(snapshot._con.execute("select * from risk_month order by all").fetchall())
        snapshot.close()
    assert told[0] == told[1] != []
