from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from analytics.rule_dictionary import render_listing, render_rules
from analytics.scheme_dictionary import render_schemes
from data.casework import open_casework
from data.casework.confirmations import confirm_scheme
from data.casework.rights import Person
from data.home import open_home
from data.listing_rule import load_listing_rule
from data.repair_rule import load_repair_rule
from data.rulebook import load_rulebook
from data.scheme import load_schemes
from data.settings import Settings

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


def rules(*args: str, home: Path) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "cli.py", "rules", *args, "--home", str(home)], cwd=ROOT, capture_output=True, text=True
    )
    return ran.returncode, ran.stdout


def test_rules_lists_every_rule_with_its_basis_and_levels(tmp_path: Path) -> None:
    code, out = rules("--json", home=tmp_path)
    rows = {row["rule"]: row for row in json.loads(out)}
    assert code == 0
    schemes = {scheme.scheme_id for scheme in load_schemes()}
    assert rows.keys() == {rule.rule_id for rule in load_rulebook().rules} | schemes
    assert {name for name, row in rows.items() if row["kind"] == "scheme"} == schemes
    share = rows["overload-enterprise-share"]
    assert (share["basis"], share["effective_from"], share["effective_to"]) == ("law", "2011-07-01", None)
    assert share["citation"] == "《公路安全保护条例》（国务院令第593号）第六十六条"
    assert [(level["level"], level["limit"]) for level in share["levels"]] == [("red", 10)]
    assert rows["penalties-90-days"]["citation"] is None


def test_rules_check_finds_nothing_wrong_with_the_shipped_rules(tmp_path: Path) -> None:
    code, out = rules("check", "--json", home=tmp_path)
    assert (code, json.loads(out)) == (0, {"rules": 7, "schemes": 14, "problems": []})


def test_the_rule_dictionary_in_the_documents_is_the_current_one() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == (
        "\n".join(
            (
                render_rules(load_rulebook(), load_repair_rule()),
                render_listing(load_listing_rule()),
                render_schemes(load_schemes()),
            )
        ).rstrip("\n")
        + "\n"
    )


def test_rules_tells_who_confirmed_a_scheme_where_a_home_knows_it(tmp_path: Path) -> None:
    rows = json.loads(rules("--json", home=tmp_path / "none")[1])
    assert all("confirmed" not in row for row in rows)
    home = open_home(tmp_path / "home", create=True)
    casework = open_casework(Settings.load({}, home.root), NOW)
    told = {"doc_no": "运交运管〔2026〕12号", "issued_on": date(2026, 10, 12), "note": ""}
    approver = Person("deng", "邓审批", "approver", "审批人", "局", None, frozenset({"approve"}))
    confirm_scheme(casework, approver, "road_company_quality_2006", "2006", told, NOW)
    casework.close()
    rows = {row["rule"]: row.get("confirmed", "-") for row in json.loads(rules("--json", home=home.root)[1])}
    assert rows.pop("road_company_quality_2006")["doc_no"] == "运交运管〔2026〕12号"
    assert {rows[scheme.scheme_id] for scheme in load_schemes() if scheme.scheme_id in rows} == {None}
    assert "已由deng依 运交运管〔2026〕12号 确认" in rules(home=home.root)[1]
