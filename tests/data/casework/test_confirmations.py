"""Is a scheme confirmed by whom may, by a document, as its file stands, and is what was not confirmed kept from the printer?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from data import scheme_standing
from data.casework.confirmations import (
    confirm_scheme,
    confirmation_of,
    last_confirmation,
    may_be_printed,
    withdraw_confirmation,
)
from data.casework.events import list_events
from data.errors import BadArgument, NotAllowed, NotFound
from data.scheme import load_schemes
from data.scheme_standing import content_digest, open_parts

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
WHICH = ("road_company_quality_2006", "2006")
TOLD = {"doc_no": "运交运管〔2026〕12号", "issued_on": date(2026, 10, 12), "note": "市局局长办公会通过"}


def test_a_version_is_confirmed_by_one_event_and_open_again_when_that_is_withdrawn(casework, people) -> None:
    approver = people(casework, "approver")
    assert confirmation_of(casework, *WHICH) is None
    confirm_scheme(casework, approver, *WHICH, TOLD, NOW)
    held = confirmation_of(casework, *WHICH)
    assert held is not None
    assert (held.doc_no, held.issued_on, held.note, held.user, held.at) == (
        TOLD["doc_no"], TOLD["issued_on"], TOLD["note"], approver.user, NOW,
    )  # fmt: skip
    assert held.sentence == "已由approver.city于 2026-11-02 依 运交运管〔2026〕12号（2026-10-12）确认"
    withdraw_confirmation(casework, approver, *WHICH, "文件已废止", NOW)
    assert confirmation_of(casework, *WHICH) is None
    assert last_confirmation(casework, *WHICH) is None
    log = list_events(casework, limit=2)
    assert [(one["kind_zh"], one["payload"]["doc_no"]) for one in log] == [
        ("撤回评价方案的确认", TOLD["doc_no"]), ("确认评价方案的依据", TOLD["doc_no"]),
    ]  # fmt: skip


def test_only_whom_the_right_to_approve_was_given_may_confirm_or_take_back(casework, people) -> None:
    for role in ("clerk", "officer", "county_officer", "analyst", "inspector", "admin"):
        with pytest.raises(NotAllowed, match="不能审批"):
            confirm_scheme(casework, people(casework, role), *WHICH, TOLD, NOW)
        with pytest.raises(NotAllowed, match="不能审批"):
            withdraw_confirmation(casework, people(casework, role), *WHICH, "x", NOW)
    assert len(list_events(casework)) == 1


def test_what_is_not_there_confirmed_already_or_never_confirmed_is_refused(casework, people) -> None:
    approver = people(casework, "approver")
    with pytest.raises(NotFound, match="的版本"):
        confirm_scheme(casework, approver, "road_company_quality_2006", "1999", TOLD, NOW)
    with pytest.raises(NotFound, match="没有确认过"):
        withdraw_confirmation(casework, approver, *WHICH, "x", NOW)
    confirm_scheme(casework, approver, *WHICH, TOLD, NOW)
    with pytest.raises(BadArgument, match="已由"):
        confirm_scheme(casework, people(casework, "head"), *WHICH, TOLD, NOW)


@pytest.mark.parametrize("change", ["a number", "a word", "another version"])
def test_a_file_that_says_anything_else_is_not_confirmed_any_more(casework, people, monkeypatch, change: str) -> None:
    confirm_scheme(casework, people(casework, "approver"), *WHICH, TOLD, NOW)
    scheme = next(one for one in load_schemes() if one.scheme_id == WHICH[0])
    (version,) = scheme.versions
    altered = {
        "a number": replace(version, base=version.base - Decimal("0.5")),
        "a word": replace(version, note=f"{version.note}。"),
        "another version": replace(version, version="2027"),
    }[change]
    monkeypatch.setattr(scheme_standing, "load_schemes", lambda: (replace(scheme, versions=(altered,)),))
    assert confirmation_of(casework, WHICH[0], altered.version) is None
    assert not may_be_printed(casework, WHICH[0], altered.version)
    assert (last_confirmation(casework, WHICH[0], altered.version) is None) == (change == "another version")


def test_nothing_of_a_version_with_open_numbers_is_printed_before_it_is_confirmed(casework, people) -> None:
    may, why = may_be_printed(casework, *WHICH)
    assert not may
    assert why.startswith("道路运输企业质量信誉考核办法（试行）（版本 2006）有 ")
    assert "依据待定" in why
    assert "还没有审批人确认" in why
    assert why.count("。") == 0
    confirm_scheme(casework, people(casework, "approver"), *WHICH, TOLD, NOW)
    assert may_be_printed(casework, *WHICH) == (True, "")
    assert may_be_printed(casework, *WHICH)


def test_a_version_whose_every_number_has_a_source_needs_nobody(casework, people, monkeypatch) -> None:
    scheme = next(one for one in load_schemes() if one.scheme_id == "design_2013")
    (version,) = scheme.versions
    sure = [replace(one, stands=replace(one.stands, basis="law")) for one in version.indicators]
    firm = replace(
        version, indicators=tuple(sure), based=replace(version.based, basis="law"),
        grades=tuple(replace(one, stands=replace(one.stands, basis="law")) for one in version.grades),
        conditions=tuple(replace(one, stands=replace(one.stands, basis="law")) for one in version.conditions),
        basis="law", one_step=None, first=None,
    )  # fmt: skip
    assert open_parts(firm) == []
    monkeypatch.setattr(scheme_standing, "load_schemes", lambda: (replace(scheme, versions=(firm,)),))
    assert may_be_printed(casework, "design_2013", "2013")
    with pytest.raises(BadArgument, match="没有依据待定"):
        confirm_scheme(casework, people(casework, "approver"), "design_2013", "2013", TOLD, NOW)


def test_the_digest_is_the_same_for_the_same_text_and_no_two_versions_share_one() -> None:
    pairs = [(scheme, version) for scheme in load_schemes() for version in scheme.versions]
    found = [content_digest(*pair) for pair in pairs]
    assert found == [content_digest(*pair) for pair in pairs]
    assert len(set(found)) == len(found)
    scheme, version = pairs[0]
    assert content_digest(scheme, replace(version, base=Decimal(str(version.base) + ".0"))) == found[0]
