"""What does a person decide on a pair, who may, what does it do to the facts, and is it whole again when undone?"""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import judged, pairs
from analytics.acts.export_pairs import export_pairs
from analytics.acts.judge_pair import dismiss_pair, link_pair
from analytics.acts.merge_subjects import merge_subjects
from analytics.acts.undo_pair import undo_pair
from analytics.pair_sides import compared
from analytics.pairs import Wanted
from analytics.profile import profile
from data.casework import events
from data.casework.merges import active_merges, undo_merge
from data.casework.merges import merge_subjects as merge_ids
from data.city.growth import generate
from data.errors import BadArgument, NotAllowed, NotFound
from data.store import snapshot_path
from tests.data.build.test_patch import differences
from tests.fixtures_city import CITY_SCALE
from tests.fixtures_pairs import MEANT, NEW, OLD, PAIRS_DAY, WRITTEN
from tests.fixtures_village import NOW

WHY = "核对了营业执照副本，注册号已换发为统一社会信用代码"


@pytest.fixture
def clerk_here(pairs_desk, people):
    return people(pairs_desk.casework, "clerk")


def open_pairs(desk, person, **wanted):
    return pairs.candidates(desk, person, Wanted(**wanted)).rows


def ids(desk, person, first: str, second: str) -> tuple[str, str]:
    """The ids of the pair of these names, in the order of the names."""
    (found,) = (one for one in open_pairs(desk, person) if {side.name for side in one.sides} == {first, second})
    by_name = {side.name: side.subject_id for side in found.sides}
    return by_name[first], by_name[second]


def test_both_pairs_are_proposed_each_as_what_it_may_be(pairs_desk, clerk_here):
    found = pairs.candidates(pairs_desk, clerk_here, Wanted())
    told = {one.sort: (one.kind_zh, one.pair.mergeable, {side.name for side in one.sides}) for one in found.rows}
    assert told == {
        "same": ("名称相近", True, {WRITTEN, MEANT}),
        "related": ("疑似换壳或重新登记", False, {NEW, OLD}),
    }
    assert found.tallies == {("enterprise", "same"): 1, ("enterprise", "related"): 1}
    same = next(one for one in found.rows if one.sort == "same")
    lines = {line.label: line.agrees for line in compared(*same.sides)}
    assert (lines["名称"], lines["法定代表人"], lines["统一社会信用代码"]) == (False, True, None)
    assert {piece.subject_id for piece in same.evidence} == {side.subject_id for side in same.sides}


def test_filters_leave_what_fits_and_a_page_beyond_the_last_is_the_last(pairs_desk, clerk_here):
    assert len(open_pairs(pairs_desk, clerk_here, county="永济市")) == 1
    assert len(open_pairs(pairs_desk, clerk_here, sort="related")) == 1
    assert len(open_pairs(pairs_desk, clerk_here, text="铁岭")) == 1
    assert open_pairs(pairs_desk, clerk_here, subject_type="vehicle") == ()
    last = pairs.candidates(pairs_desk, clerk_here, Wanted(), page=99, page_size=1)
    assert (last.page, last.pages, len(last.rows)) == (2, 2, 1)
    with pytest.raises(BadArgument):
        pairs.candidates(pairs_desk, clerk_here, Wanted(sort="x"))


def test_a_merge_moves_the_facts_at_the_next_refresh_and_undone_they_are_as_they_were(
    pairs_desk, pairs_copy, clerk_here, refreshed
):
    stays, goes = ids(pairs_desk, clerk_here, MEANT, WRITTEN)
    before = pairs_desk.about().build_id
    records = profile(pairs_desk, stays).timeline.total
    number = merge_subjects(pairs_desk, clerk_here, stays, goes, WHY, NOW)
    assert [side.name for one in open_pairs(pairs_desk, clerk_here) for side in one.sides] in ([NEW, OLD], [OLD, NEW])
    assert [(one.decision, one.pending) for one in judged.decided(pairs_desk, clerk_here).rows] == [("merged", True)]
    merged = refreshed()
    assert merged != before
    found = profile(pairs_desk, goes)
    assert (found.subject_id, found.timeline.total) == (stays, records + 1)
    assert [(tie.name, tie.number, tie.reason) for tie in found.ties.merged] == [(WRITTEN, "140881600000077", WHY)]
    assert {(one.label, one.value) for one in found.ties.naming} >= {("工商注册号", "140881600000077"), ("名称", WRITTEN)}
    assert not judged.decided(pairs_desk, clerk_here).pending
    undo_pair(pairs_desk, clerk_here, "merged", number, "执照副本看错了", NOW)
    assert judged.decided(pairs_desk, clerk_here).pending == 1
    home = pairs_desk.home
    kept = snapshot_path(home, before).read_bytes()
    assert refreshed() == before
    assert snapshot_path(home, before).read_bytes() == kept
    snapshot_path(home, before).unlink()
    original = pairs_copy / "before.duckdb"
    original.write_bytes(kept)
    assert refreshed() == before
    assert differences(original, snapshot_path(home, before)) == {}
    assert len(open_pairs(pairs_desk, clerk_here)) == 2
    assert judged.decided(pairs_desk, clerk_here).rows[0].undone.endswith("撤销：执照副本看错了")


def test_two_with_valid_codes_are_never_merged_only_linked_and_each_file_leads_to_the_other(pairs_desk, clerk_here):
    new, old = ids(pairs_desk, clerk_here, NEW, OLD)
    with pytest.raises(NotAllowed, match="法律上是两个主体"):
        merge_subjects(pairs_desk, clerk_here, new, old, WHY, NOW)
    number = link_pair(pairs_desk, clerk_here, new, old, "同一人开办，车辆未过户", NOW)
    assert [tie.name for tie in profile(pairs_desk, new).ties.linked] == [OLD]
    assert [tie.name for tie in profile(pairs_desk, old).ties.linked] == [NEW]
    assert len(open_pairs(pairs_desk, clerk_here)) == 1
    undo_pair(pairs_desk, clerk_here, "linked", number, "误登", NOW)
    assert profile(pairs_desk, new).ties.linked == ()
    assert len(open_pairs(pairs_desk, clerk_here)) == 2


def test_what_was_judged_is_not_proposed_again_until_new_grounds_come(pairs_desk, clerk_here, monkeypatch):
    stays, goes = ids(pairs_desk, clerk_here, MEANT, WRITTEN)
    dismiss_pair(pairs_desk, clerk_here, stays, goes, "两块牌子，两个门脸", NOW)
    assert len(open_pairs(pairs_desk, clerk_here)) == 1
    with pytest.raises(NotAllowed, match="判定：不是同一主体"):
        merge_subjects(pairs_desk, clerk_here, stays, goes, WHY, NOW)
    whole = pairs_desk.snapshot().rows

    def with_new_grounds(name, *given, **more):
        rows = whole(name, *given, **more)
        return [{**row, "grounds": f"{row['grounds']} 0123456789ab"} if "grounds" in row else row for row in rows]

    monkeypatch.setattr(pairs_desk.snapshot(), "rows", with_new_grounds)
    again = next(one for one in open_pairs(pairs_desk, clerk_here) if one.sort == "same")
    assert "曾于 2026-10-31 判定“不是同一主体”" in again.before
    merge_subjects(pairs_desk, clerk_here, stays, goes, WHY, NOW)
    done = judged.decided(pairs_desk, clerk_here).rows
    assert [(one.decision, one.undone is None) for one in done] == [("merged", True), ("dismissed", False)]


def test_every_decision_needs_a_reason_the_right_and_the_county(pairs_desk, clerk_here, people):
    stays, goes = ids(pairs_desk, clerk_here, MEANT, WRITTEN)
    with pytest.raises(BadArgument, match="依据"):
        merge_subjects(pairs_desk, clerk_here, stays, goes, "  ", NOW)
    for act in (merge_subjects, dismiss_pair, link_pair):
        with pytest.raises(NotAllowed, match="数据员"):
            act(pairs_desk, people(pairs_desk.casework, "officer"), stays, goes, WHY, NOW)
        with pytest.raises(NotAllowed, match="属于永济市"):
            act(pairs_desk, people(pairs_desk.casework, "clerk", "盐湖区"), stays, goes, WHY, NOW)
    own, other = (people(pairs_desk.casework, "clerk", county) for county in ("永济市", "盐湖区"))
    assert [len(open_pairs(pairs_desk, person)) for person in (own, other)] == [1, 0]
    number = dismiss_pair(pairs_desk, own, stays, goes, WHY, NOW)
    assert [judged.decided(pairs_desk, person).total for person in (own, other)] == [1, 0]
    with pytest.raises(NotAllowed, match="属于永济市"):
        undo_pair(pairs_desk, other, "dismissed", number, WHY, NOW)
    with pytest.raises(BadArgument, match="撤销要写"):
        undo_pair(pairs_desk, own, "dismissed", number, "", NOW)
    undo_pair(pairs_desk, own, "dismissed", number, WHY, NOW)
    with pytest.raises(NotFound):
        undo_pair(pairs_desk, own, "dismissed", number, WHY, NOW)
    with pytest.raises(NotFound):
        dismiss_pair(pairs_desk, own, stays, "e0000000000000000", WHY, NOW)


def test_a_merge_never_joins_what_was_judged_to_be_two(pairs_desk, clerk_here):
    stays, goes = ids(pairs_desk, clerk_here, MEANT, WRITTEN)
    pair = pairs.pair_of(pairs_desk, stays, goes)
    other = "e" + "0" * 16
    merge_ids(
        pairs_desk.casework, subject_type="enterprise", from_id=other, to_id=goes, decided_on=PAIRS_DAY, decided_by="li",
        evidence="同", now=NOW,
    )  # fmt: skip
    from dataclasses import replace

    from data.casework.pairs import decide_pair

    apart = replace(pair, left_id=min(other, stays), right_id=max(other, stays))
    decide_pair(pairs_desk.casework, clerk_here, apart, "dismissed", "两家", PAIRS_DAY, NOW)
    with pytest.raises(BadArgument, match="并到一起"):
        merge_subjects(pairs_desk, clerk_here, stays, goes, WHY, NOW)


def test_every_decision_is_an_event_with_what_was_before_and_after(pairs_desk, clerk_here):
    stays, goes = ids(pairs_desk, clerk_here, MEANT, WRITTEN)
    first = dismiss_pair(pairs_desk, clerk_here, stays, goes, WHY, NOW)
    undo_pair(pairs_desk, clerk_here, "dismissed", first, "看错了", NOW)
    number = merge_subjects(pairs_desk, clerk_here, stays, goes, WHY, NOW)
    undo_pair(pairs_desk, clerk_here, "merged", number, "看错了", NOW)
    said = [one for one in reversed(events.list_events(pairs_desk.casework)) if one["actor"] == clerk_here.user]
    assert [one["kind_zh"] for one in said] == ["判定不是同一主体", "撤销判定", "合并主体", "撤销合并"]
    assert said[2]["payload"]["before"]["names"] == [pairs.pair_of(pairs_desk, stays, goes).told["names"][n] for n in (0, 1)]
    assert said[2]["payload"]["after"] == {"stays": stays}
    assert (said[3]["payload"]["before"]["to_id"], said[3]["payload"]["reason"]) == (stays, "看错了")


def test_the_exported_list_says_what_it_is_and_holds_every_open_pair(pairs_desk, clerk_here, people):
    text = export_pairs(pairs_desk, clerk_here, Wanted(), NOW).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][0] == "疑似同一主体清单"
    assert len([line for line in lines if line and line[0].isdigit()]) == 2
    with pytest.raises(NotAllowed):
        export_pairs(pairs_desk, people(pairs_desk.casework, "officer"), Wanted(), NOW)


def test_the_city_s_reregistered_and_wrongly_written_ones_are_found_and_nobody_else_is_strongly_proposed(city_desk):
    truth = generate(CITY_SCALE).truth
    found = pairs.listed(city_desk, Wanted())
    codes = [{side.number for side in one.sides} for one in found if one.sort == "related"]
    planted = [{row.old_uscc, row.new_uscc} for row in truth["reregistration"].itertuples()]
    assert sorted(map(sorted, codes)) == sorted(map(sorted, planted))
    strong = {frozenset(side.number if side.registered else side.name for side in one.sides) for one in found
              if one.sort == "same" and one.score >= 70}  # fmt: skip
    assert strong == {frozenset((row.uscc, row.written)) for row in truth["variant"].itertuples()}


STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3)), max_size=14)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_order_of_merges_and_undos_ends_in_the_same_subjects(fresh_casework, steps):
    """What holds at the end depends on the merges left standing, not on the way there: the build takes nothing else."""
    casework, _ = fresh_casework("sqlite")
    standing: dict[str, tuple[int, str]] = {}
    for makes, one, other in steps:
        a, b = f"e{one}", f"e{other}"
        if not makes and a in standing:
            undo_merge(casework, standing.pop(a)[0], undone_on=PAIRS_DAY, actor="li", now=NOW)
        elif makes:
            try:
                standing[a] = (_merge(casework, a, b), b)
            except BadArgument:
                continue
    straight, _ = fresh_casework("sqlite")
    for a in sorted(standing, reverse=True):
        _merge(straight, a, standing[a][1])
    assert active_merges(casework, PAIRS_DAY) == active_merges(straight, PAIRS_DAY)
    assert active_merges(casework, date(2026, 10, 30)) == {}


def _merge(casework, from_id: str, to_id: str) -> int:
    return merge_ids(
        casework, subject_type="enterprise", from_id=from_id, to_id=to_id, decided_on=PAIRS_DAY, decided_by="li",
        evidence="同一代码", now=NOW,
    )  # fmt: skip


def test_the_command_lists_pairs_and_writes_them(pairs_copy: Path, tmp_path: Path, capsys):
    import json

    from commands import merges

    merges.main(sort="same", to_csv=tmp_path / "pairs.csv", as_json=True, home=pairs_copy)
    (one,) = json.loads(capsys.readouterr().out)
    assert {side["name"] for side in one["sides"]} == {WRITTEN, MEANT}
    assert (one["mergeable"], len(one["evidence"])) == (True, 2)
    assert (tmp_path / "pairs.csv").read_text(encoding="utf-8-sig").count("\n") == 2
